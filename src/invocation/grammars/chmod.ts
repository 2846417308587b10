/** The grammars of chmod, chown and chgrp. Says how words are read, never judges. */

import { type Grammar, styles } from '../grammar.js';

/** GNU chmod gets modes like `-x` and `-rw` past getopt by declaring their letters as options with a value. */
const DASHED_MODES = [...'rwxXstugoa+01234567'].map(letter => `-${letter}[=<mode>]`).join('\n');

export const chmod: Grammar = {
  tool: 'chmod',
  source: 'GNU coreutils 9.1 `chmod --help` and src/chmod.c (modes that begin with a dash)',
  style: styles.getopt,
  options: `
    -c, --changes
    -f, --silent, --quiet
    -v, --verbose
        --no-preserve-root
        --preserve-root
        --reference <file>
    -R, --recursive
        --help
        --version
    ${DASHED_MODES}
  `,
};

const OWNERS = `
    -c, --changes
    -f, --silent, --quiet
    -v, --verbose
        --dereference
    -h, --no-dereference
        --from <owner>
        --no-preserve-root
        --preserve-root
        --reference <file>
    -R, --recursive
    -H
    -L
    -P
        --help
        --version
`;

export const chown: Grammar = {
  tool: 'chown',
  source: 'GNU coreutils 9.1 `chown --help`',
  style: styles.getopt,
  options: `${OWNERS}
    -n
    -x
  `,
};

export const chgrp: Grammar = {
  tool: 'chgrp',
  source: 'GNU coreutils 9.1 `chgrp --help` (it has no --from)',
  style: styles.getopt,
  options: OWNERS,
};

export const permissions: readonly Grammar[] = [chmod, chown, chgrp];
