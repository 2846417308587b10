/** How gsutil reads its arguments: global options, then a command with its own letters. Judges nothing. */

import { type Grammar, styles } from '../grammar.js';

export const gsutil: Grammar = {
  tool: 'gsutil',
  source: 'cloud.google.com/storage/docs/gsutil/commands; gsutil help rsync, rm, cp, mv (5.30)',
  style: styles.prefix,
  options: '-D\n-DD\n-h <header>\n-i <account>\n-m\n-o <setting>\n-q\n-u <project>',
  subcommands: {
    rsync: {
      style: styles.clap,
      options:
        '-a <acl>\n-c\n-C\n-d\n-e\n-i\n-j <extensions>\n-J\n-n\n-p\n-P\n-r\n-R\n-u\n-U\n-x <pattern>\n-y <pattern>',
    },
    rm: { style: styles.clap, options: '-a\n-f\n-I\n-r\n-R' },
    mv: { style: styles.clap, options: '-p\n-P\n-n' },
    iam: { style: styles.clap, options: '-a\n-d\n-e <etag>\n-f\n-r\n-R' },
    rb: { style: styles.clap, options: '-f' },
  },
};
