/** What the words of a text, outside of strings and comments, may mean. Judges nothing. */

import { type DialectName, dialectOf } from './dialect.js';
import { Scanner } from './scanner.js';
import type { Statement } from './statement.js';
import { Meaning } from './vocabulary.js';

/** `effect`: some statement may have one. `state`: some may change how others count. */
export interface MeaningOfText {
  readonly effect: boolean;
  readonly state: boolean;
}

/** Reads a query string as the server gets it. `names`: functions that may have effects when called. */
export function meaningOf(text: string, dialect: DialectName, names: Iterable<string> = []): MeaningOfText {
  let meaning = 0;
  let isOdd = false;
  const note = (statement: Statement | undefined) => {
    meaning |= statement?.meaning ?? 0;
    isOdd ||= statement?.isOdd ?? true;
  };
  const sink = { statement: note, line: () => note(undefined), rest: () => note(undefined) };
  const scanner = new Scanner(dialectOf(dialect), sink, 'query');
  scanner.vocabulary = scanner.vocabulary.with(names);
  scanner.push(new TextEncoder().encode(text));
  scanner.finish();
  return {
    effect: isOdd || (meaning & (Meaning.effect | Meaning.effectAtStart)) !== 0,
    state: isOdd || (meaning & (Meaning.state | Meaning.stateAtStart)) !== 0,
  };
}

/** Is nothing open at the end of what a client has read so far: no statement, string or comment? */
export function isBetween(text: string, dialect: DialectName): boolean {
  let last: Statement | undefined;
  const sink = {
    statement: (statement: Statement) => {
      last = statement;
    },
    line: () => {},
    rest: () => {
      last = undefined;
    },
  };
  const scanner = new Scanner(dialectOf(dialect), sink, { hasVariables: false });
  scanner.push(new TextEncoder().encode(text));
  scanner.finish();
  return last?.isEmpty === true && scanner.skip === undefined;
}
