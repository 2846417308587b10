/** The signs of SQL that are more than themselves: quotes of names, comments, parentheses, ends, and what clients read. Judges nothing. */

import { Kind } from './dialect.js';
import { Comment, Dollar, Line, Quoted, type Skip } from './inside.js';
import type { Scanner } from './scanner.js';
import { Meaning, mixed } from './vocabulary.js';

const NEWLINE = 10;
/** Longest name in quotes that is compared with words, and longest tag of a dollar quote. */
const LONGEST_NAME = 63;

export class Marks {
  readonly #scanner: Scanner;
  /** Inside `/*!50000 … *​/` of MySQL. */
  #isExecutable = false;

  constructor(scanner: Scanner) {
    this.#scanner = scanner;
  }

  /** Reads what stands at `at`; returns the place behind it, or -1 where more must come first, or nothing more is to be read. */
  read(kind: number, at: number): number {
    const scanner = this.#scanner;
    const { statement, buffer, dialect } = scanner;
    const following = buffer[at + 1]!;
    switch (kind) {
      case Kind.newline:
        return this.lineStart(at + 1);
      case Kind.open:
        statement.open();
        return at + 1;
      case Kind.close: {
        const meant = statement.close();
        if (meant !== 'nothing') scanner.cut(at + 1, meant === 'keep');
        return at + 1;
      }
      case Kind.end:
        return this.#semicolon(at);
      case Kind.name:
        return this.#name(at);
      case Kind.dash: {
        const isComment = following === 45 && (dialect.name !== 'mysql' || isBlank(buffer[at + 2]!));
        return isComment ? this.#skip(new Line(), at) : this.#sign(at);
      }
      case Kind.hash:
        return this.#skip(new Line(), at);
      case Kind.slash:
        return following === 42 ? this.#comment(at) : this.#sign(at);
      case Kind.star:
        if (!this.#isExecutable || following !== 47) return this.#sign(at);
        this.#isExecutable = false;
        return at + 2;
      case Kind.dollar:
        return this.#dollar(at);
      case Kind.colon:
        return this.#colon(at);
      case Kind.backslash:
        return this.#backslash(at);
      case Kind.nul:
        statement.isOdd = true;
        statement.noLiteral();
        return this.#sign(at);
      default:
        return this.#sign(at);
    }
  }

  /** Ends the statement where another delimiter than `;` stands. */
  atDelimiter(at: number): boolean {
    const { lines, buffer } = this.#scanner;
    if (!lines.isDelimiter(buffer, at)) return false;
    this.#scanner.endStatement(at + (lines.delimiter?.length ?? 0));
    return true;
  }

  #sign(at: number): number {
    this.#scanner.statement.sign();
    return at + 1;
  }

  #skip(skip: Skip, at: number): number {
    this.#scanner.skip = skip;
    return at;
  }

  /** The start of a line, or the line feed behind a client's line that stands there. -1: its end is not there yet. */
  lineStart(start: number): number {
    const { lines, buffer, statement, isLast } = this.#scanner;
    let at = start;
    while (buffer[at] === 32 || buffer[at] === 9) at += 1;
    if (!lines.mayBegin(buffer[at]!, buffer[at + 1]!)) return start;
    const end = this.#lineEnd(at);
    if (end < 0 && !isLast) return -1;
    const line = lines.at(buffer, start, end < 0 ? this.#scanner.end : end, statement.isEmpty);
    if (!line) return start;
    if (line.what === 'end') this.#scanner.endStatement(line.next);
    else {
      if (!statement.isEmpty) this.#scanner.endStatement(start);
      this.#scanner.clientLine(start, line.next);
    }
    return line.next - 1;
  }

  #lineEnd(at: number): number {
    const end = this.#scanner.buffer.indexOf(NEWLINE, at);
    return end < this.#scanner.end ? end : -1;
  }

  #semicolon(at: number): number {
    const scanner = this.#scanner;
    const { statement, lines, dialect } = scanner;
    if (lines.delimiter || !statement.endsAtSemicolon(dialect)) return this.#sign(at);
    if (dialect.name !== 'postgres' || scanner.isQuery || !statement.readsData) {
      scanner.endStatement(at + 1);
      return at + 1;
    }
    return this.#dataBehind(at + 1);
  }

  /** Rows begin on the next line. What stands behind the `;` on this one would be read after them. */
  #dataBehind(at: number): number {
    const scanner = this.#scanner;
    const end = this.#lineEnd(at);
    if (end < 0 && !scanner.isLast) return -1;
    const next = end < 0 ? scanner.end : end + 1;
    for (let i = at; i < next; i += 1) if (!isBlank(scanner.buffer[i]!)) return this.#giveUp();
    scanner.endStatement(at);
    scanner.readRows(next);
    return next;
  }

  #giveUp(): number {
    this.#scanner.giveUp();
    return -1;
  }

  /** A name in quotes: a function can be called by it. */
  #name(at: number): number {
    const { buffer, statement, dialect, end, vocabulary } = this.#scanner;
    const close = buffer[at] === 91 ? 93 : buffer[at]!;
    statement.sign();
    statement.noLiteral();
    if (dialect.name === 'postgres') {
      let hash = 0;
      let next = at + 1;
      for (; next < end && next - at <= LONGEST_NAME && buffer[next] !== close; next += 1)
        hash = mixed(hash, buffer[next]!);
      if (buffer[next] === close) {
        const entry = vocabulary.find(buffer, at + 1, next, hash);
        statement.meaning |= (entry?.meaning ?? 0) & Meaning.effect;
        if (statement.isDefining)
          statement.defines = new TextDecoder().decode(buffer.subarray(at + 1, next)).toLowerCase();
      }
      // `U&"…"` may spell any name.
      if (at > 0 && buffer[at - 1] === 38) statement.meaning |= Meaning.effect;
    }
    this.#scanner.skip = new Quoted(close, dialect.escapes && close !== 96);
    return at + 1;
  }

  #comment(at: number): number {
    const { buffer, statement, dialect } = this.#scanner;
    if (dialect.name === 'mysql') {
      const mark = buffer[at + 2] === 77 ? at + 3 : at + 2;
      if (buffer[mark] === 33) {
        this.#isExecutable = true;
        statement.isOdd = true;
        let next = mark + 1;
        while (buffer[next]! >= 48 && buffer[next]! <= 57) next += 1;
        return next;
      }
    }
    return this.#skip(new Comment(dialect.nestedComments), at);
  }

  #dollar(at: number): number {
    const { buffer, dialect, statement, end, isLast } = this.#scanner;
    let next = at + 1;
    while (dialect.inWord[buffer[next]!] === 1 && buffer[next] !== 36) next += 1;
    if (next >= end && !isLast) return -1;
    const isTag = buffer[next] === 36 && !(buffer[at + 1]! >= 48 && buffer[at + 1]! <= 57);
    if (!isTag) return this.#sign(at);
    if (next - at > LONGEST_NAME) return this.#giveUp();
    statement.sign();
    this.#scanner.skip = new Dollar(buffer.slice(at, next + 1));
    return next + 1;
  }

  /** psql's `:name`, `:'name'`, `:"name"`, `:{?name}`; not `::` and `:=`. */
  #colon(at: number): number {
    const { buffer, statement, dialect, lines } = this.#scanner;
    const following = buffer[at + 1]!;
    if (following === 58 || following === 61) {
      statement.sign();
      return at + 2;
    }
    if (this.#scanner.isQuery) return this.#sign(at);
    const isVariable =
      dialect.inWord[following] === 1 || following === 39 || following === 34 || following === 123;
    if (!isVariable) return this.#sign(at);
    if (lines.hasVariables) return this.#giveUp();
    statement.isOdd = true;
    statement.noLiteral();
    return this.#sign(at);
  }

  #backslash(at: number): number {
    const scanner = this.#scanner;
    const { buffer, statement, lines, dialect, isLast } = scanner;
    const following = buffer[at + 1]!;
    if (scanner.isQuery) return this.#sign(at);
    if (dialect.name === 'mysql') {
      if (following === 103 || following === 71) {
        scanner.endStatement(at + 2);
        return at + 2;
      }
      statement.isOdd = true;
      statement.noLiteral();
      return this.#sign(at);
    }
    if (following === 59 || following === 58) {
      statement.isOdd = true;
      statement.noLiteral();
      if (following === 59) statement.startAnother();
      return at + 2;
    }
    const end = this.#lineEnd(at);
    if (end < 0 && !isLast) return -1;
    const isBetween = statement.isEmpty && statement.parentheses === 0;
    const line = lines.backslash(buffer, at, end < 0 ? scanner.end : end, isBetween);
    if (line.what === 'rest' || statement.readsData) return this.#giveUp();
    scanner.clientLine(at, line.next, line.readsData);
    if (line.readsData) scanner.readRows(line.next);
    return line.next;
  }
}

function isBlank(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13);
}
