/** What `find` and `ls` print, as words that stand for it. Judges nothing. */

import { printerOf } from '../../invocation/choosers.js';
import { readFindArguments } from '../../invocation/find-expression.js';
import { foundBy } from '../../invocation/grammars/find.js';
import { baseName } from '../../paths.js';
import type { SimpleCommand, Word } from '../../shell/command.js';

/** The words that stand for what a command prints; `undefined` where that cannot be told. */
export function printedBy(command: SimpleCommand): readonly Word[] | undefined {
  const { words } = printerOf(command);
  const program = baseName(words[0]?.text ?? '');
  if (program === 'ls') return listed(words.slice(1));
  if (program !== 'find') return undefined;
  const reading = readFindArguments(words);
  // -printf writes what it likes, and so may a command that find runs.
  const printsElse = reading.primaries.some(({ name }) => /^-(printf|ls|exec|ok)/.test(name));
  return reading.moreStarts || printsElse ? undefined : foundBy(reading, reading.printed);
}

/** `ls *.log`: the files that are named. Of a directory it prints what is in it, by bare names. */
function listed(words: readonly Word[]): readonly Word[] | undefined {
  const names = words.filter(({ text }) => !text.startsWith('-'));
  const isPlain = words.every(word => !word.text.startsWith('-') || /^-[1dtrSUa]+$/.test(word.text));
  const areFiles = names.every(({ text }) => /\.\w+$/.test(text));
  return isPlain && areFiles && names.length > 0 ? names : undefined;
}
