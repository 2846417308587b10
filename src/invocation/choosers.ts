/** Programs that print some of the lines they read, each as it was. Knows what they are called; runs and judges nothing. */

import type { SimpleCommand } from '../shell/command.js';

/** With the options that keep each line as it was. */
const CHOOSERS: Readonly<Record<string, RegExp>> = {
  grep: /^-[vEFGPiwxz]+$/,
  egrep: /^-[viwxz]+$/,
  fgrep: /^-[viwxz]+$/,
  head: /^-(n?\d+|n|z)$/,
  tail: /^-(n?\d+|n|z)$/,
  sort: /^-[urfnVz]+$/,
  uniq: /^-[uiz]+$/,
};

/** The command at the other end of the pipe whose lines these are: `find` of `find … | grep x | sort`. */
export function printerOf(command: SimpleCommand): SimpleCommand {
  const { input } = command;
  const before = input.from === 'pipe' ? input.commands.at(-1) : undefined;
  return before && onlyChooses(command) ? printerOf(before) : command;
}

function onlyChooses({ words }: SimpleCommand): boolean {
  const [program, ...rest] = words;
  const options =
    program?.certain && Object.hasOwn(CHOOSERS, program.text) ? CHOOSERS[program.text] : undefined;
  if (!options || rest.some(word => !word.certain)) return false;
  const others = rest.filter(({ text }) => !options.test(text));
  // grep's pattern, the count of `head -n 5`; one more would be a file to read instead.
  return (
    others.every(({ text }) => !text.startsWith('-')) &&
    others.length <= (/grep|head|tail/.test(program!.text) ? 1 : 0)
  );
}
