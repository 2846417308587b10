/** What is known of the text that `$(…)` stands for. Runs no command. */

import { type SimpleCommand, uncertain } from './command.js';
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

/** `$(pwd)`: the builtin and nothing else, where the directory is known. */
export function saysDirectory({ commands, exact }: Sink, { directory }: State): boolean {
  const [command, ...others] = commands;
  if (!exact || !command || others.length > 0 || command.redirects.length > 0) return false;
  const [name, ...options] = command.words;
  const isPwd = name?.certain === true && name.text === 'pwd';
  return isPwd && directory.certain && options.every(word => word.certain && /^-[LP]+$/.test(word.text));
}
