/** The grammar of cpio. Says how words are read, never judges. */

import { type Grammar, styles } from '../grammar.js';

export const cpio: Grammar = {
  tool: 'cpio',
  source: 'cpio --help, GNU 2.15 (Debian)',
  style: styles.getopt,
  options: `
    -i, --extract
    -o, --create
    -p, --pass-through
    -t, --list
        --block-size <size>
    -B
    -c
    -C, --io-size <number>
    -D, --directory <dir>
        --force-local
    -H, --format <format>
        --quiet
    -R, --owner <owner>
    -v, --verbose
    -V, --dot
    -W, --warning <flag>
    -F, --file <file>
    -M, --message <string>
        --rsh-command <command>
    -b, --swap
    -f, --nonmatching
    -I <file>
    -n, --numeric-uid-gid
    -r, --rename
    -s, --swap-bytes
    -S, --swap-halfwords
        --to-stdout
    -E, --pattern-file <file>
        --only-verify-crc
    -A, --append
        --device-independent, --reproducible
        --ignore-devno
    -O <file>
        --renumber-inodes
    -l, --link
        --absolute-filenames
        --no-absolute-filenames
    -0, --null
    -a, --reset-access-time
    -L, --dereference
    -d, --make-directories
    -m, --preserve-modification-time
        --no-preserve-owner
        --sparse
    -u, --unconditional
    -?, --help
        --usage
        --version
  `,
};
