/** What a `find` prints, as words that stand for it. Judges nothing. */

import { readFindArguments } from '../../invocation/find-expression.js';
import { foundBy } from '../../invocation/grammars/find.js';
import { baseName } from '../../paths.js';
import type { SimpleCommand, Word } from '../../shell/command.js';

/** The words that stand for what a command prints; `undefined` where that cannot be told. */
export function printedBy(command: SimpleCommand): readonly Word[] | undefined {
  if (baseName(command.words[0]?.text ?? '') !== 'find') return undefined;
  const reading = readFindArguments(command.words);
  // -printf writes what it likes, and so may a command that find runs.
  const printsElse = reading.primaries.some(({ name }) => /^-(printf|ls|exec|ok)/.test(name));
  return reading.moreStarts || printsElse ? undefined : foundBy(reading, reading.printed);
}
