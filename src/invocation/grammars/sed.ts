/** The grammar of sed. Says how words are read, never judges; perl -i and its like are read from their argv. */

import { type Grammar, styles } from '../grammar.js';

export const sed: Grammar = {
  tool: 'sed',
  names: ['gsed'],
  source: 'sed --help, GNU sed 4.9; -i of macOS takes the next word, which may be empty',
  style: styles.getopt,
  options: `
    -n, --quiet, --silent
        --debug
    -e, --expression <script>
    -f, --file <script-file>
        --follow-symlinks
    -i, --in-place[=<suffix>]
    -l, --line-length <n>
        --posix
    -E, -r, --regexp-extended
    -s, --separate
        --sandbox
    -u, --unbuffered
    -z, --null-data
        --help
        --version
  `,
};
