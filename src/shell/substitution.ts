/** What is known of the text that `$(…)` stands for. Runs no command. */

import { certain, type Input, type SimpleCommand, uncertain, type Word } from './command.js';
import type { Sink } from './reading.js';
import type { State } from './state.js';

/** Among the commands of a word: which of the others run, and how often, is not known. */
const SOME_OF_THESE: SimpleCommand = {
  words: [uncertain()],
  assignments: [],
  exported: [],
  redirects: [],
  input: { from: 'inherited' },
  directory: uncertain(),
};

/** The commands that write it. */
export function written({ commands, exact }: Sink): readonly SimpleCommand[] {
  return exact ? commands : [...commands, SOME_OF_THESE];
}

/**
 * The text, where one builtin alone writes it and nothing else can be meant: `$(pwd)`, `$(echo main)`, `$(printf '%s' x)`.
 * The newlines at its end are gone, as from every substitution.
 */
export function saidBy({ commands, exact }: Sink, { directory }: State): Word | undefined {
  const [command, ...others] = commands;
  if (!exact || !command || others.length > 0 || command.redirects.length > 0) return undefined;
  const [name, ...args] = command.words;
  if (!name?.certain || !args.every(word => word.certain && word.splits !== true)) return undefined;
  const texts = args.map(word => word.text);
  if (name.text === 'pwd') return texts.every(text => /^-[LP]+$/.test(text)) ? known(directory) : undefined;
  if (name.text === 'echo') return plain(texts[0] === '-n' ? texts.slice(1) : texts, ' ');
  if (name.text !== 'printf') return undefined;
  const [format = '', ...values] = texts[0] === '--' ? texts.slice(1) : texts;
  if (/^%s(\\n)?$/.test(format)) return certain(trimmed(values.join(format === '%s' ? '' : '\n')));
  return values.length === 0 && !format.includes('%') ? plain([format.replace(/\\n$/, '')], '') : undefined;
}

/** Longest input that is followed line by line. */
const MAX_TEXT = 64 * 1024;

/** The lines of an input of which all is known: of a here-document, or what `echo`, `printf` or `cat <<EOF` says. */
export function linesOf(input: Input, state: State): readonly string[] | undefined {
  const text =
    input.from === 'text' ? input.text : input.from === 'pipe' ? piped(input.commands, state) : undefined;
  if (!text?.certain || text.text.length > MAX_TEXT) return undefined;
  const lines = text.text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function piped(commands: readonly SimpleCommand[], state: State): Word | undefined {
  const [command, ...others] = commands;
  const isCopied = others.length === 0 && command?.words.length === 1 && command.words[0]!.text === 'cat';
  if (isCopied && command.input.from === 'text') return command.input.text;
  return saidBy({ commands: [...commands], exact: true }, state);
}

/** Words as they are; options of `echo` and escapes, which shells read in different ways, are not. */
function plain(texts: readonly string[], between: string): Word | undefined {
  if (/^-[neE]+$/.test(texts[0] ?? '') || texts.some(text => text.includes('\\'))) return undefined;
  return certain(trimmed(texts.join(between)));
}

function known(word: Word): Word | undefined {
  return word.certain ? word : undefined;
}

function trimmed(text: string): string {
  return text.replace(/\n+$/, '');
}
