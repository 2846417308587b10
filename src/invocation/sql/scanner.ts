/**
 * Reads SQL in chunks of bytes, in memory that does not grow with it: finds where statements end, and what words each
 * holds outside of strings and comments. As psql's scanner does, or as `effects/sql/dialects/tokens.ts`. Judges nothing.
 */

import { ClientLines } from './client-lines.js';
import { type Dialect, Kind } from './dialect.js';
import { BYTE_ORDER_MARK, pastLiterals, Quoted, Rows, type Skip, startsWith } from './inside.js';
import { Marks } from './marks.js';
import { Repeats } from './repeats.js';
import type { Sink } from './sink.js';
import { Statement } from './statement.js';
import { Meaning, mixed, type Vocabulary } from './vocabulary.js';

/** Bytes that must follow a place for what stands there to be told; none at the end of the text. */
const LOOKAHEAD = 80;
/** Longest word, line or tag that waits for its end in the next chunk. */
const MAX_TOKEN = 64 * 1024;

export class Scanner {
  readonly dialect: Dialect;
  vocabulary: Vocabulary;
  readonly lines: ClientLines;
  readonly isQuery: boolean;
  readonly repeats: Repeats;
  readonly #sink: Sink;
  readonly #marks: Marks;
  buffer = new Uint8Array(0);
  /** How much of the buffer is text. */
  end = 0;
  isLast = false;
  statement = new Statement();
  skip: Skip | undefined;
  #at = 0;
  /** Where the text begins that the statement has not taken yet. */
  #from = 0;
  #isRaw = false;
  #isStarted = false;

  /** `query`: a text as the server gets it, in which nothing is the client's. */
  constructor(dialect: Dialect, sink: Sink, from: 'query' | { readonly hasVariables: boolean }) {
    this.dialect = dialect;
    this.vocabulary = dialect.vocabulary;
    this.isQuery = from === 'query';
    this.repeats = new Repeats(dialect);
    this.lines = new ClientLines(dialect.name, from !== 'query' && from.hasVariables);
    this.#sink = sink;
    this.#marks = new Marks(this);
  }

  push(chunk: Uint8Array): void {
    if (this.#isRaw) {
      this.#sink.rest(chunk);
      return;
    }
    this.#append(chunk);
    this.#run(this.end - LOOKAHEAD);
    if (this.#isRaw) return;
    if (this.end - this.#at > MAX_TOKEN) this.giveUp();
    else if (this.skip instanceof Rows) this.#from = this.#at;
    else {
      this.#take(this.#at);
      this.statement.own();
    }
  }

  finish(): void {
    if (this.#isRaw) return;
    this.#append(new Uint8Array(0));
    this.isLast = true;
    this.#run(this.end);
    if (!this.#isRaw) this.endStatement(this.end);
  }

  /** The statement's text ends at `at`. */
  endStatement(at: number): void {
    this.#take(at);
    const { statement } = this;
    if (this.lines.delimiter) statement.isOdd = true;
    this.statement = new Statement();
    this.#sink.statement(statement);
  }

  /** A line of the client's, from `start` up to `next`. What was typed of a statement is done with, or goes with it. */
  clientLine(start: number, next: number, readsData = false): void {
    this.#take(start);
    this.#sink.line(this.buffer.subarray(start, Math.min(next, this.end)), this.statement, readsData);
    this.statement = new Statement();
    this.#from = Math.min(next, this.end);
  }

  /** Rows of data stand on the lines from `at` on. */
  readRows(at: number): void {
    this.#from = Math.min(at, this.end);
    this.skip = new Rows();
  }

  /** Text of the statement up to `at` is kept, or left out. */
  cut(at: number, isKept: boolean): void {
    if (isKept) {
      this.#take(at);
      this.statement.settle();
    } else {
      this.statement.leaveOut();
      this.#from = at;
    }
  }

  /** All that the statement holds, and all that follows, is passed on as it is. */
  giveUp(): void {
    this.#isRaw = true;
    this.#take(this.end);
    this.#sink.rest(new Uint8Array(0), this.statement);
    this.buffer = new Uint8Array(0);
  }

  #take(at: number): void {
    this.statement.keep(this.buffer.subarray(this.#from, Math.min(at, this.end)));
    this.#from = at;
  }

  /** What was not read yet, and the chunk behind it; zeros after that. */
  #append(chunk: Uint8Array): void {
    const left = this.end - this.#at;
    const needed = left + chunk.length + LOOKAHEAD;
    const before = this.buffer;
    if (needed > before.length) this.buffer = new Uint8Array(needed);
    this.buffer.set(before.subarray(this.#at, this.end));
    this.buffer.set(chunk, left);
    this.end = left + chunk.length;
    this.buffer.fill(0, this.end, this.end + LOOKAHEAD);
    this.#at = 0;
    this.#from = 0;
  }

  /** Reads the tokens that begin before `limit`. */
  #run(limit: number): void {
    let at = this.#at;
    if (!this.#isStarted) {
      at = limit > 0 || this.isLast ? this.#start() : -1;
      if (at < 0) return;
      this.#isStarted = true;
    }
    while (at < limit) {
      if (this.skip) {
        at = this.skip.to(this.buffer, at, this.end, limit);
        if (!this.skip.isOver) continue;
        if (this.skip instanceof Rows) this.#from = at;
        this.skip = undefined;
        continue;
      }
      const next = this.#token(at, limit);
      // It cannot be told before more has come, or not at all.
      if (next < 0 || this.#isRaw) break;
      // A statement has just ended where its text does.
      at =
        next === this.#from && this.statement.isEmpty && !this.skip ? this.#pastRepeats(next, limit) : next;
    }
    this.#at = Math.min(at, this.end);
  }

  /** Reads on to the end of a token, past what only stands between tokens; -1 where it cannot be told yet. */
  #token(from: number, limit: number): number {
    const { kinds } = this.dialect;
    const { buffer, statement } = this;
    let at = statement.isRow ? pastLiterals(buffer, from, limit, this.dialect) : from;
    if (at >= limit) return at;
    let kind = kinds[buffer[at]!]!;
    if (this.lines.delimiter) {
      if (this.#marks.atDelimiter(at)) return at + this.lines.delimiter.length;
      if (kind < Kind.newline) return this.#marks.read(kind, at);
    } else {
      let isSign = false;
      for (; kind <= Kind.digit; kind = kinds[buffer[at]!]!) {
        if (kind >= Kind.operator) isSign = true;
        at += 1;
      }
      if (isSign) statement.sign();
      if (at >= limit) return Math.min(at, this.end);
    }
    if (kind === Kind.word) return this.#word(at);
    if (kind === Kind.string) return this.#string(at);
    // Where a mark waits for more, what was read before it is read again: it only says that something stands there.
    return this.#marks.read(kind, at);
  }

  /** The statement that begins here may repeat one that was left out, and so may those behind it. */
  #pastRepeats(at: number, limit: number): number {
    this.#from = this.repeats.past(this.buffer, at, limit);
    if (this.#from === at) return at;
    this.#sink.repeated?.(Statement.of(this.buffer.subarray(this.repeats.lastStart, this.#from)));
    return this.#from;
  }

  /** Past a mark of the byte order, which clients leave out; a client's line may be the first. */
  #start(): number {
    this.#from = startsWith(this.buffer, 0, BYTE_ORDER_MARK) ? 3 : 0;
    return this.#marks.lineStart(this.#from);
  }

  #word(at: number): number {
    const { buffer, end, statement, dialect } = this;
    const { inWord } = dialect;
    let next = at;
    let hash = 0;
    let bits = 0;
    do {
      const byte = buffer[next]!;
      hash = mixed(hash, byte);
      bits |= byte;
      next += 1;
    } while (inWord[buffer[next]!] === 1);
    if (next >= end && !this.isLast) return -1;
    if (next === at + 1 && (bits | 0x20) === 101 && buffer[next] === 39 && dialect.name === 'postgres') {
      statement.sign();
      this.skip = new Quoted(39, true);
      return next + 1;
    }
    const entry = this.vocabulary.find(buffer, at, next, hash);
    // Blanks and look-alikes beyond ASCII may be read otherwise.
    if (bits >= 128) statement.meaning |= Meaning.effect;
    statement.word(entry, dialect);
    if (statement.isDefining && !entry?.meaning) this.#name(at, next);
    return next;
  }

  /** The last name before the parenthesis is the function's. */
  #name(at: number, next: number): void {
    this.statement.defines = new TextDecoder().decode(this.buffer.subarray(at, next)).toLowerCase();
  }

  /** A string: short ones at once, the others by a `Skip`. */
  #string(at: number): number {
    const { buffer, statement } = this;
    const close = buffer[at]!;
    const { escapes } = this.dialect;
    statement.sign();
    for (let next = at + 1; next < at + LOOKAHEAD; next += 1) {
      const byte = buffer[next]!;
      if (byte === close && next < this.end && !escapes) return next + 1;
      if (escapes && (byte === close || byte === 92)) {
        if (byte === close && buffer[next + 1] !== close && next < this.end) return next + 1;
        break;
      }
    }
    this.skip = new Quoted(close, escapes);
    return at + 1;
  }
}
