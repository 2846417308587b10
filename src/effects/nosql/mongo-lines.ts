/**
 * A mongosh script of any size → its statements but those that only add documents. A statement whose every call is one of
 * those, or makes a value, is left out; all others stand as they are. Reads in bounded memory; judges nothing.
 */

import { GrowingBytes } from '../../growing.js';
import type { Condensed, Manner } from '../../invocation/streamed.js';
import type { Reading } from '../../port.js';

/** Bytes of statements that are left, and of one of them. */
const LIMIT = 1024 * 1024;

const ADDS: ReadonlySet<string> = new Set(['insert', 'insertOne', 'insertMany']);

/** What leads to where documents are added, and constructors of values. */
const VALUES: ReadonlySet<string> = new Set(
  'getCollection getSiblingDB ObjectId ISODate Date NumberInt NumberLong NumberDecimal Int32 Long Decimal128 UUID BinData HexData Timestamp MinKey MaxKey'.split(
    ' ',
  ),
);

export const mongoManner: Manner = { name: 'mongo', start: () => new MongoLines() };

const [NEWLINE, BACKSLASH, SEMICOLON, EQUALS, SLASH, STAR] = [10, 92, 59, 61, 47, 42];
const [QUOTE, DOUBLE, BACKTICK] = [39, 34, 96];
const OPENS = new Set([...'([{'].map(one => one.charCodeAt(0)));
const CLOSES = new Set([...')]}'].map(one => one.charCodeAt(0)));
const PAREN = 40;

class MongoLines implements Reading<Condensed> {
  readonly #out = new GrowingBytes();
  #complete = true;
  /** Where in the output the present statement begins, and whether so much of it is not kept any more. */
  #start = 0;
  #isLong = false;
  #depth = 0;
  /** The quote that is open, or the star of a comment, or the slash of one to the end of its line. */
  #inside = 0;
  #before = 0;
  #name = '';
  /** Its last call outside of others is one that adds. */
  #adds = false;
  #isOdd = false;

  take(chunk: Uint8Array): boolean {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at]!;
      if (this.#inside !== 0) this.#within(byte);
      else {
        this.#read(byte);
        const ends = this.#depth <= 0 && this.#inside === 0 && (byte === NEWLINE || byte === SEMICOLON);
        if (ends) {
          this.#keep(chunk, from, at + 1);
          from = at + 1;
          this.#end();
        }
      }
      this.#before = byte;
    }
    this.#keep(chunk, from, chunk.length);
    return this.#complete;
  }

  end(): Condensed {
    this.#end();
    return { text: new TextDecoder().decode(this.#out.bytes), complete: this.#complete };
  }

  /** In a text or a comment; an escaped quote ends none. */
  #within(byte: number): void {
    if (this.#inside === SLASH) {
      if (byte === NEWLINE) this.#inside = 0;
    } else if (this.#inside === STAR) {
      if (byte === SLASH && this.#before === STAR) this.#inside = 0;
    } else if (this.#before === BACKSLASH) this.#before = 0;
    else if (byte === this.#inside) this.#inside = 0;
  }

  #read(byte: number): void {
    if (isLetter(byte)) {
      // Blanks may stand between a name and its call, and not inside it.
      this.#name = isLetter(this.#before)
        ? this.#name + String.fromCharCode(byte)
        : String.fromCharCode(byte);
      return;
    }
    if (byte === QUOTE || byte === DOUBLE) this.#inside = byte;
    else if (byte === BACKTICK || byte === EQUALS || byte === SLASH || byte === STAR) this.#sign(byte);
    else if (OPENS.has(byte)) {
      this.#depth += 1;
      if (byte === PAREN) this.#call();
    } else if (CLOSES.has(byte)) this.#depth -= 1;
    if (byte > 32) this.#name = '';
  }

  /** A comment, or what may be code of any kind: a template, a regular expression, a function, an alias. */
  #sign(byte: number): void {
    if (byte === SLASH && this.#before === SLASH) this.#inside = SLASH;
    else if (byte === STAR && this.#before === SLASH) this.#inside = STAR;
    this.#isOdd = true;
    if (byte === BACKTICK) this.#inside = BACKTICK;
  }

  #call(): void {
    if (this.#depth === 1) this.#adds = ADDS.has(this.#name);
    if (!ADDS.has(this.#name) && !VALUES.has(this.#name)) this.#isOdd = true;
  }

  #keep(chunk: Uint8Array, from: number, end: number): void {
    if (!this.#isLong) this.#out.append(chunk, from, end);
    if (this.#out.length - this.#start > LIMIT) {
      this.#out.cut(this.#start);
      this.#isLong = true;
    }
  }

  #end(): void {
    if (this.#adds && !this.#isOdd) this.#out.cut(this.#start);
    else if (this.#isLong || this.#out.length > LIMIT) this.#complete = false;
    this.#start = this.#out.length;
    this.#isLong = false;
    this.#depth = 0;
    this.#name = '';
    this.#adds = false;
    this.#isOdd = false;
  }
}

function isLetter(byte: number): boolean {
  return (
    (byte >= 97 && byte <= 122) ||
    (byte >= 65 && byte <= 90) ||
    (byte >= 48 && byte <= 57) ||
    byte === 95 ||
    byte === 36 ||
    byte > 127
  );
}
