/** Builtins that run text: `eval`, `source`, `.`, `trap`, `mapfile -C`. */

import { codeInFile, codeInInput, codeInWord } from '../code.js';
import { type Grammar, type Inner, styles } from '../grammar.js';
import { placeOf, readInput, STDIN } from '../input.js';
import { type Invocation, lastValue } from '../invocation.js';
import { joinWords } from '../words.js';

const evaluate: Grammar = {
  tool: 'eval',
  source: 'bash(1) 5.2, eval: the arguments joined by spaces',
  style: styles.prefix,
  builtin: true,
  transparent: true,
  unwrap(invocation, world) {
    if (invocation.operands.length === 0) return { inner: [] };
    return codeInWord(
      joinWords(invocation.operands, ' '),
      { via: 'eval', ...ownVariables(invocation), openEnded: false },
      world,
    );
  },
};

const source: Grammar = {
  tool: 'source',
  names: ['.'],
  source: 'bash(1) 5.2, source; zsh and ksh alike',
  style: styles.prefix,
  builtin: true,
  unwrap(invocation, world) {
    const [file, ...values] = invocation.operands;
    if (!file) return { inner: [] };
    if (placeOf(file, invocation.directory) === STDIN) {
      const read = readInput(invocation.input, invocation.directory, world);
      return read
        ? codeInInput(read, { via: 'source', ...ownVariables(invocation), openEnded: false })
        : { inner: [] };
    }
    // Without arguments the file sees those of the shell around it.
    const positional = values.length > 0 ? { positional: values } : {};
    return codeInFile(
      file,
      invocation,
      { ...positional, ...ownVariables(invocation), openEnded: false },
      world,
    );
  },
};

const trap: Grammar = {
  tool: 'trap',
  source: 'bash(1) 5.2, trap [-lp] [[arg] sigspec …]: one operand or - resets',
  style: styles.prefix,
  options: '-l\n-p\n-P',
  builtin: true,
  unwrap(invocation, world) {
    const [code] = invocation.operands;
    if (!code || invocation.operands.length < 2 || code.text === '-' || invocation.options.length > 0) {
      return { inner: [] };
    }
    return codeInWord(code, { via: 'trap', ...ownVariables(invocation), openEnded: false }, world);
  },
};

const mapfile: Grammar = {
  tool: 'mapfile',
  names: ['readarray'],
  source: 'bash(1) 5.2, mapfile: -C is evaluated every -c lines, the index and the line behind it',
  style: styles.prefix,
  options: '-d <delimiter>\n-n <count>\n-O <origin>\n-s <count>\n-t\n-u <fd>\n-C <callback>\n-c <quantum>',
  builtin: true,
  unwrap(invocation, world) {
    const callback = lastValue(invocation, '-C');
    if (!callback) return { inner: [] };
    return codeInWord(callback, { via: 'mapfile -C', ...ownVariables(invocation), openEnded: false }, world);
  },
};

export const codeBuiltins: readonly Grammar[] = [evaluate, source, trap, mapfile];

/** The text is run by the very shell around it, which knows what it has not exported. */
function ownVariables({ variables }: Invocation): Pick<Inner, 'variables'> {
  return variables ? { variables } : {};
}
