/**
 * SQL of any size → the statements in it that could have an effect, in order, as text: what is left out can change nothing
 * about what the rest would do. Reads chunks of bytes in bounded memory. Judges nothing.
 */

import type { Reading } from '../../port.js';
import { type DialectName, dialectOf } from './dialect.js';
import { startsWith } from './inside.js';
import type { Holes } from './repeats.js';
import { Scanner } from './scanner.js';
import { shapeOf, valuesOf } from './shape.js';
import type { Sink } from './sink.js';
import type { Statement } from './statement.js';
import { Meaning } from './vocabulary.js';

/** Bytes of SQL that matters, of one input; where there is more it is not understood. */
const CONDENSED_LIMIT = 4 * 1024 * 1024;
const ARCHIVE = new TextEncoder().encode('PGDMP');
const MAX_SHAPES = 20_000;

const BEGIN = /^\s*(?:begin|start\s+transaction)(?:\s+work|\s+transaction)?\s*;\s*$/i;
const COMMIT = /^\s*(?:commit|end)(?:\s+work|\s+transaction)?\s*;\s*$/i;
const ROWS = new Set(['insert', 'update', 'delete', 'replace']);
/** Encodings in which a byte of a letter may look like a quote or a backslash. */
const AMBIGUOUS = /sjis|shift_?jis|cp932|big5|gbk|gb18030|uhc|johab|mskanji|win(?:dows)?-?9(?:32|36|49|50)/i;

/** The text that is left; `complete` is false where it had to be cut. */
export interface Condensed {
  readonly text: string;
  readonly complete: boolean;
}

/** One reading of one input. `variables`: psql has some from elsewhere. */
export class Condenser implements Sink, Reading<Condensed> {
  readonly #scanner: Scanner;
  readonly #decoder = new TextDecoder();
  #text = '';
  #complete = true;
  #isFirst = true;
  /** The statement that was left out last: psql's `\g` sends it again. */
  #last: Statement | undefined;
  /** A `BEGIN` of which nothing is known yet but that it stands outside of a transaction. */
  #begin = '';
  /** Where one is: inside or outside of a transaction, or nobody knows. */
  #place: 'unknown' | 'outside' | 'inside' = 'unknown';
  /** Shapes of statements that stand in the text: those that last, and those that the transaction may take back. */
  #lasting = new Set<string>();
  #pending = new Set<string>();

  constructor(dialect: DialectName, variables = false) {
    this.#scanner = new Scanner(dialectOf(dialect), this, { hasVariables: variables });
  }

  take(chunk: Uint8Array): boolean {
    if (this.#isFirst && this.#scanner.dialect.name === 'postgres' && startsWith(chunk, 0, ARCHIVE)) {
      // psql refuses an archive of pg_dump's.
      this.#text = 'PGDMP';
      return false;
    }
    this.#isFirst = false;
    this.#scanner.push(chunk);
    this.#last?.own();
    return this.#complete;
  }

  end(): Condensed {
    if (this.#complete) this.#scanner.finish();
    return { text: this.#text, complete: this.#complete };
  }

  statement(statement: Statement): void {
    if (!this.#complete) return;
    if (statement.setsReading && this.#changesReading(statement)) return;
    if (!statement.matters) {
      this.#leaveOut(statement, text => valuesOf(text, this.#scanner.dialect));
      return;
    }
    if (statement.isTooLong) {
      this.#complete = false;
      return;
    }
    const text = this.#decoder.decode(statement.bytes());
    if (statement.defines !== undefined) {
      this.#scanner.vocabulary = this.#scanner.vocabulary.with([statement.defines]);
      this.#scanner.repeats.clear();
    }
    const isState = (statement.meaning & (Meaning.state | Meaning.stateAtStart)) !== 0;
    if (this.#isTransaction(text)) return;
    const shape =
      statement.isOdd || isState || !ROWS.has(statement.first ?? '')
        ? undefined
        : shapeOf(text, this.#scanner.dialect);
    if (shape === undefined) this.#forget();
    else if (this.#lasting.has(shape.text) || this.#pending.has(shape.text)) {
      this.#leaveOut(statement, () => shape.holes);
      return;
    } else this.#remember(shape.text);
    // What follows a statement that is left out on its line stands at the start of none.
    const isBehind = this.#last !== undefined && this.#scanner.dialect.name !== 'postgres';
    this.#put(isBehind ? `;${text}` : text);
    if (statement.readsData) this.#put('\n\\.\n');
  }

  repeated(statement: Statement): void {
    this.#last = statement;
  }

  line(bytes: Uint8Array, open: Statement, readsData: boolean): void {
    if (this.#last) this.#put(this.#decoder.decode(this.#last.bytes()));
    this.#forget();
    if (open.isTooLong) this.#complete = false;
    const line = this.#decoder.decode(bytes);
    const before =
      this.#text === '' || this.#text.endsWith('\n') || this.#scanner.dialect.name === 'postgres' ? '' : '\n';
    this.#put(before + this.#decoder.decode(open.bytes()) + line + (line.endsWith('\n') ? '' : '\n'));
    if (readsData) this.#put('\\.\n');
  }

  rest(bytes: Uint8Array, open?: Statement): void {
    if (open) {
      if (this.#last) this.#put(this.#decoder.decode(this.#last.bytes()));
      this.#forget();
      if (open.isTooLong) this.#complete = false;
      this.#put(this.#decoder.decode(open.bytes()));
    }
    this.#put(this.#decoder.decode(bytes, { stream: true }));
  }

  /** Sets of how strings or letters are read from here on: what can hide a quote is not looked through. */
  #changesReading(statement: Statement): boolean {
    const text = this.#decoder.decode(statement.bytes());
    const isStandard = !/standard_conforming_strings/i.test(text) || /(?:=|\bto\b)\s*'?on\b/i.test(text);
    if (statement.isTooLong || (isStandard && !AMBIGUOUS.test(text))) return false;
    this.#scanner.statement = statement;
    this.#scanner.giveUp();
    return true;
  }

  /** A plain BEGIN or COMMIT; an empty transaction behind another is left out. */
  #isTransaction(text: string): boolean {
    if (BEGIN.test(text)) {
      if (this.#place === 'outside') this.#begin = text;
      else this.#put(text);
      this.#place = 'inside';
      this.#last = undefined;
      return true;
    }
    if (!COMMIT.test(text)) return false;
    if (this.#begin === '') this.#put(text);
    this.#begin = '';
    for (const shape of this.#pending) this.#lasting.add(shape);
    this.#pending.clear();
    this.#place = 'outside';
    this.#last = undefined;
    return true;
  }

  #remember(shape: string): void {
    const shapes = this.#place === 'outside' ? this.#lasting : this.#pending;
    if (shapes.size < MAX_SHAPES) shapes.add(shape);
  }

  /** Something else stands between: whatever follows may mean something else than before. */
  #forget(): void {
    this.#lasting.clear();
    this.#pending.clear();
    this.#scanner.repeats.clear();
    this.#place = 'unknown';
  }

  /** What repeats it but for these values need not be looked at. */
  #leaveOut(statement: Statement, holes: (text: string) => Holes | undefined): void {
    this.#last = statement;
    if (!ROWS.has(statement.first ?? '') || statement.isWhole !== true) return;
    const bytes = statement.bytes();
    const text = this.#decoder.decode(bytes);
    this.#scanner.repeats.add(text, bytes.length, () => holes(text));
  }

  #put(text: string): void {
    this.#last = undefined;
    this.#text += this.#begin + text;
    this.#begin = '';
    if (this.#text.length > CONDENSED_LIMIT) this.#complete = false;
  }
}
