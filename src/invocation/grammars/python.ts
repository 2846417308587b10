/** Python: `-c CODE`, `-m MODULE`, a file, or a program on standard input. */

import type { Word } from '../../shell/command.js';
import { type Program, unwrapPrograms } from '../code/programs.js';
import { type Grammar, type Reading, styles } from '../grammar.js';
import type { Invocation, OptionUse } from '../invocation.js';
import { projectCommand } from '../project-command.js';

const VERSIONS = Array.from({ length: 20 }, (_, minor) => `python3.${minor}`);

/** Letters that take a word: the rest of the bundle, or the next argument (Modules/main.c, getopt.c). */
const VALUED = 'WX';
/** Letters that end the options: what follows belongs to the program. */
const ENDING = 'cm';

export const python: Grammar = {
  tool: 'python',
  names: ['python3', 'python2', 'python2.7', 'py', 'pypy', 'pypy3', ...VERSIONS],
  source: 'python3 --help, 3.11: [option] ... [-c cmd | -m mod | file | -] [arg] ...',
  style: styles.prefix,
  read,
  plain: '= -V, -VV',
  unwrap(invocation, world) {
    const words = projectCommand(invocation);
    if (words.length > 0) return { inner: [{ via: 'python', words }] };
    return unwrapPrograms(invocation, programsOf(invocation), world);
  },
};

function read(argv: readonly Word[]): Reading {
  const options: OptionUse[] = [];
  let at = 1;
  let isEnded = false;
  for (; at < argv.length && !isEnded; at += 1) {
    const { text } = argv[at]!;
    if (text === '-' || !text.startsWith('-')) break;
    if (text === '--') {
      at += 1;
      break;
    }
    const named = at;
    if (text.startsWith('--')) {
      options.push({ name: text, negated: false, at });
      if (text === '--check-hash-based-pycs') at += 1;
      continue;
    }
    for (let i = 1; i < text.length; i += 1) {
      const letter = text[i]!;
      if (!VALUED.includes(letter) && !ENDING.includes(letter)) {
        options.push({ name: `-${letter}`, negated: false, at: named });
        continue;
      }
      const rest = text.slice(i + 1);
      if (rest === '') at += 1;
      const value = rest === '' ? argv[at] : { ...argv[named]!, text: rest };
      options.push({ name: `-${letter}`, ...(value && { value }), negated: false, at: named });
      isEnded = ENDING.includes(letter);
      break;
    }
  }
  const operands = argv.slice(at);
  return { subcommand: [], options, operands, operandsBeforeDashes: operands.length, unknown: [] };
}

function programsOf(invocation: Invocation): readonly Program[] {
  const { options, operands } = invocation;
  const code = options.find(use => use.name === '-c');
  const language = 'python';
  if (code) {
    return code.value
      ? [{ language, via: 'python -c', from: { text: code.value }, arguments: operands }]
      : [];
  }
  const asks = ['-m', '-h', '-V', '-?', '--help', '--version', '--help-all', '--help-env'];
  if (options.some(use => asks.includes(use.name))) return [];
  const [file, ...rest] = operands;
  if (!file || file.text === '-') return [{ language, via: 'python -', from: 'input', arguments: rest }];
  return [{ language, via: 'python', from: { file }, arguments: rest }];
}
