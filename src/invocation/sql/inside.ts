/** What a scanner reads through without looking at the words in it: quotes, comments, rows of data. Each can stop anywhere and go on. */

import { type Dialect, Kind } from './dialect.js';

/** Something that is being read through. */
export interface Skip {
  /** True once its end is behind the place that `to` returned. */
  readonly isOver: boolean;
  /** Reads on from `at`; returns where it stopped. `end`: what the buffer holds; before `limit` there are bytes to look ahead at. */
  to(buffer: Uint8Array, at: number, end: number, limit: number): number;
}

const NEWLINE = 10;
const BACKSLASH = 92;
export const BYTE_ORDER_MARK = Uint8Array.of(0xef, 0xbb, 0xbf);

/** A string or a name in quotes, behind its opening quote. A doubled quote is one quote more. */
export class Quoted implements Skip {
  isOver = false;
  readonly #close: number;
  readonly #escapes: boolean;

  constructor(close: number, escapes: boolean) {
    this.#close = close;
    this.#escapes = escapes;
  }

  to(buffer: Uint8Array, from: number, end: number, limit: number): number {
    const close = this.#close;
    if (!this.#escapes) {
      const at = buffer.indexOf(close, from);
      // Of two quotes in a row the second opens a string again, which comes to the same.
      if (at < 0 || at >= end) return end;
      this.isOver = true;
      return at + 1;
    }
    let at = from;
    while (at < limit) {
      const byte = buffer[at];
      if (byte === BACKSLASH) at += 2;
      else if (byte !== close) at += 1;
      else if (buffer[at + 1] === close) at += 2;
      else {
        this.isOver = true;
        return at + 1;
      }
    }
    return at;
  }
}

/** Up to the end of the line, which stays. */
export class Line implements Skip {
  isOver = false;

  to(buffer: Uint8Array, from: number, end: number): number {
    const at = buffer.indexOf(NEWLINE, from);
    if (at < 0 || at >= end) return end;
    this.isOver = true;
    return at;
  }
}

/** A comment, from its opening on. */
export class Comment implements Skip {
  isOver = false;
  readonly #nests: boolean;
  #depth = 0;

  constructor(nests: boolean) {
    this.#nests = nests;
  }

  to(buffer: Uint8Array, from: number, _: number, limit: number): number {
    let at = from;
    while (at < limit) {
      const [byte, following] = [buffer[at], buffer[at + 1]];
      if (byte === 47 && following === 42 && (this.#nests || this.#depth === 0)) {
        this.#depth += 1;
        at += 2;
      } else if (byte === 42 && following === 47) {
        this.#depth -= 1;
        at += 2;
        this.isOver = this.#depth === 0;
        if (this.isOver) return at;
      } else at += 1;
    }
    return at;
  }
}

/** `$tag$ … $tag$`, behind the opening tag. */
export class Dollar implements Skip {
  isOver = false;
  readonly #tag: Uint8Array;

  constructor(tag: Uint8Array) {
    this.#tag = tag;
  }

  to(buffer: Uint8Array, from: number, end: number, limit: number): number {
    let at = from;
    for (;;) {
      at = buffer.indexOf(36, at);
      if (at < 0 || at >= end) return end;
      // The closing tag may not be there whole yet.
      if (limit < end && at + this.#tag.length > end) return at;
      if (startsWith(buffer, at, this.#tag)) {
        this.isOver = true;
        return Math.min(at + this.#tag.length, end);
      }
      at += 1;
    }
  }
}

/** The rows behind `COPY … FROM stdin`, from the start of a line up to the line `\.`, that line included. */
export class Rows implements Skip {
  isOver = false;
  #isAtStart = true;

  to(buffer: Uint8Array, from: number, end: number, limit: number): number {
    let at = from;
    while (at < limit) {
      if (this.#isAtStart && buffer[at] === BACKSLASH && buffer[at + 1] === 46) {
        const next = buffer[at + 2] === 13 ? at + 3 : at + 2;
        if (next >= end || buffer[next] === NEWLINE) {
          this.isOver = true;
          return Math.min(next + 1, end);
        }
      }
      const line = buffer.indexOf(NEWLINE, at);
      this.#isAtStart = line >= 0 && line < end;
      at = this.#isAtStart ? line + 1 : end;
    }
    return at;
  }
}

/** Past numbers, signs and strings in a row of values, which say nothing; up to what else begins before `limit`. */
export function pastLiterals(
  buffer: Uint8Array,
  from: number,
  limit: number,
  { kinds, escapes }: Dialect,
): number {
  let at = from;
  while (at < limit) {
    const byte = buffer[at]!;
    const kind = kinds[byte]!;
    if (kind <= Kind.digit) at += 1;
    else if (kind !== Kind.string) return at;
    else {
      let next = at + 1;
      while (next < limit && buffer[next] !== byte && (buffer[next] !== BACKSLASH || !escapes)) next += 1;
      // One that goes on, or that needs a closer look, is for `Quoted`.
      if (buffer[next] !== byte || next >= limit || (escapes && buffer[next + 1] === byte)) return at;
      at = next + 1;
    }
  }
  return at;
}

/** True where `bytes` stand at that place of the buffer. */
export function startsWith(buffer: Uint8Array, at: number, bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i += 1) if (buffer[at + i] !== bytes[i]) return false;
  return true;
}
