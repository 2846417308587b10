/** What whoever reads SQL with a scanner is told of it. Judges nothing. */

import type { Statement } from './statement.js';

/** Whoever reads with a scanner. */
export interface Sink {
  /** A statement has ended; it holds its text. */
  statement(statement: Statement): void;
  /** Statements that repeat one that was left out stood here; this is the last. */
  repeated?(statement: Statement): void;
  /** A line that the client reads itself, and the statement that stands open before it; rows of data may follow. */
  line(bytes: Uint8Array, open: Statement, readsData: boolean): void;
  /** From here on the text is not understood well enough for anything to be left out; `open` stands before it. */
  rest(bytes: Uint8Array, open?: Statement): void;
}
