/** The grammar of sed. Says how words are read, never judges; perl -i and its like are read from their argv. */

import { codeInWord } from '../code.js';
import { type Grammar, styles } from '../grammar.js';
import { isOn, valuesOf } from '../invocation.js';
import { combine } from './shells.js';

/** `e CMD` runs a command line; an address may stand in front. */
const EXECUTES =
  /(?:^|[;{\n])\s*(?:(?:\d+|\$|\/(?:\\.|[^/\n])*\/)(?:\s*,\s*(?:\+?\d+|\$|\/(?:\\.|[^/\n])*\/))?)?\s*!?\s*e[ \t]+([^\n]+)/g;

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
  unwrap(invocation, world) {
    if (isOn(invocation, '--sandbox', '--posix', '--help', '--version')) return { inner: [] };
    const given = valuesOf(invocation, '--expression');
    const scripts = given.length > 0 ? given : invocation.operands.slice(0, 1);
    const code = scripts.flatMap(word =>
      [...word.text.matchAll(EXECUTES)].map(([, text = '']) => ({ text, certain: word.certain })),
    );
    return combine(code.map(word => codeInWord(word, { via: 'sed e', openEnded: false }, world)));
  },
};
