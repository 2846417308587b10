/** The grammar of sed. Says how words are read, never judges; perl -i and its like are read from their argv. */

import type { Word } from '../../shell/command.js';
import { codeInWord } from '../code.js';
import { type Grammar, styles } from '../grammar.js';
import { type Invocation, isOn, valuesOf } from '../invocation.js';
import { combine } from './shells.js';

/** `e CMD` runs a command line; an address may stand in front. */
const EXECUTES =
  /(?:^|[;{\n])\s*(?:(?:\d+|\$|\/(?:\\.|[^/\n])*\/)(?:\s*,\s*(?:\+?\d+|\$|\/(?:\\.|[^/\n])*\/))?)?\s*!?\s*e[ \t]+([^\n]+)/g;

/** `s/…/CMD/e` runs what it makes of the line. */
const SUBSTITUTES = /(?:^|[;{\n\d$/])\s*s([/|#,@!])(?:\\.|(?!\1).)*\1((?:\\.|(?!\1).)*)\1[gpiIm\d]*e/g;

/** `w FILE`, and the flag of `s///w FILE`: up to the end of the line. */
const WRITES = /(?:^|[;{}\n\d$/]|\/[gpiImM\d]*)\s*w[ \t]+([^\n]+)/g;
/** Scripts that leave nothing of a file, or nothing of any line; and with -n, those that print nothing. */
const EMPTIES =
  /^\s*(?:(?:1\s*,\s*\$|\/(?:\^|\$|\^?\.\*\$?)\/)?\s*d|s([/|#,!@])\^?\.(?:\*|\\?\+)\$?\1\1[gm]*)\s*;?\s*$/;
const SILENT = /^[\s\d,$;dq]*$/;

function scriptsOf(invocation: Invocation): readonly Word[] {
  const given = valuesOf(invocation, '--expression');
  // macOS: `sed -i '' s/a/b/ file`.
  const operands = invocation.operands.filter(word => word.text !== '' || !word.certain);
  return given.length > 0 || isOn(invocation, '--file') ? given : operands.slice(0, 1);
}

/** The files that a script's own commands write. */
export function filesWritten(invocation: Invocation): readonly Word[] {
  return scriptsOf(invocation).flatMap(({ text, certain }) =>
    [...text.matchAll(WRITES)].map(([, file = '']) => ({ text: file.trim(), certain })),
  );
}

/** Does `-i` leave its files empty? */
export function emptiesFiles(invocation: Invocation): boolean {
  const scripts = scriptsOf(invocation);
  if (scripts.some(word => word.certain && EMPTIES.test(word.text))) return true;
  const isQuiet = isOn(invocation, '--quiet') && !isOn(invocation, '--file');
  return isQuiet && scripts.length > 0 && scripts.every(word => word.certain && SILENT.test(word.text));
}

/** Lines that are printed or left out by their numbers: no command of such a script writes or runs anything. */
export const NUMBERED = `
  = --version
  -n ?[0123456789,pqd=] : --in-place, --expression, --file
  ?[0123456789,pqd=] : --in-place, --expression, --file
`;

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
  plain: NUMBERED,
  unwrap(invocation, world) {
    if (isOn(invocation, '--sandbox', '--posix', '--help', '--version')) return { inner: [] };
    const code = scriptsOf(invocation).flatMap(word =>
      [
        ...[...word.text.matchAll(EXECUTES)].map(([, text = '']) => text),
        ...[...word.text.matchAll(SUBSTITUTES)].map(([, , text = '']) => text),
      ].map(text => ({ text, certain: word.certain })),
    );
    return combine(code.map(word => codeInWord(word, { via: 'sed e', openEnded: false }, world)));
  },
};
