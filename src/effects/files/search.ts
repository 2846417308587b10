/** What a `find` prints, as words that stand for it. Judges nothing. */

import { foundBy } from '../../invocation/grammars/find.js';
import { readFindArguments } from '../../invocation/grammars/find-expression.js';
import { baseName } from '../../paths.js';
import type { SimpleCommand, Word } from '../../shell/command.js';

/** The words that stand for what a command prints; `undefined` where it is no `find` or takes its starts from a file. */
export function printedBy(command: SimpleCommand): readonly Word[] | undefined {
  if (baseName(command.words[0]?.text ?? '') !== 'find') return undefined;
  const reading = readFindArguments(command.words);
  return reading.moreStarts ? undefined : foundBy(reading, reading.printed);
}
