/** The grammars of truncate, tee, sponge and dd: what writes over a named file. Says how words are read, never judges. */

import type { Word } from '../../shell/command.js';
import { type Grammar, type Reading, styles } from '../grammar.js';
import type { OptionUse } from '../invocation.js';

export const truncate: Grammar = {
  tool: 'truncate',
  source: 'GNU coreutils 9.1 `truncate --help`',
  style: styles.getopt,
  options: `
    -c, --no-create
    -o, --io-blocks
    -r, --reference <file>
    -s, --size <size>
        --help
        --version
  `,
};

export const tee: Grammar = {
  tool: 'tee',
  source: 'GNU coreutils 9.1 `tee --help`',
  style: styles.getopt,
  options: `
    -a, --append
    -i, --ignore-interrupts
    -p
        --output-error[=<mode>]
        --help
        --version
  `,
};

/** Takes all of its input before it writes. */
const sponge: Grammar = {
  tool: 'sponge',
  source: 'moreutils 0.67 sponge(1)',
  style: styles.getopt,
  options: '-a, --append',
};

export const dd: Grammar = {
  tool: 'dd',
  names: ['dcfldd', 'dc3dd'],
  source: 'GNU coreutils 9.1 `dd --help`: NAME=VALUE operands',
  style: styles.getopt,
  read: readDd,
};

/** `of=x` is recorded as an option `of`; a word without a name is an operand (dd refuses it). */
function readDd(argv: readonly Word[]): Reading {
  const options: OptionUse[] = [];
  const operands: Word[] = [];
  const unknown: Word[] = [];
  for (const [at, word] of argv.entries()) {
    if (at === 0 || (word.text === '--' && word.certain)) continue;
    const name = /^([a-z]+)=/.exec(word.text)?.[1];
    if (name !== undefined) {
      options.push({ name, value: behind(word, name.length + 1), negated: false, at });
    } else if (/^--(help|version)$/.test(word.text)) {
      options.push({ name: word.text, negated: false, at });
    } else if (word.text.startsWith('-')) unknown.push(word);
    else operands.push(word);
  }
  return { subcommand: [], options, operands, operandsBeforeDashes: operands.length, unknown };
}

function behind(word: Word, from: number): Word {
  const holes = word.holes?.map(hole => hole - from).filter(hole => hole >= 0);
  return { ...word, text: word.text.slice(from), ...(holes && { holes }) };
}

export const writers: readonly Grammar[] = [truncate, tee, sponge, dd];
