/**
 * Redis commands of any number, as lines or in the server's protocol (RESP) → those that may have an effect, one a line.
 * Reads chunks of bytes in bounded memory. Judges nothing.
 */

import { joinBytes } from '../../growing.js';
import type { Condensed, Manner } from '../../invocation/streamed.js';
import type { Reading } from '../../port.js';
import { mayHaveEffect } from './redis.js';
import { CountedCommands } from './redis-counted.js';
import { lineOf, wordsOfLine } from './redis-lines.js';

/** Bytes of one line or word that are looked at. */
const MAX_WORD = 64 * 1024;
/** Commands of one name that are kept, and words of one command. */
const MAX_OF_ONE = 1_000;
const MAX_WORDS = 1_000;

const [NEWLINE, RETURN, STAR, DOLLAR] = [10, 13, 42, 36];

/** `protocol`: what `redis-cli --pipe` and the server read, where a command may also be a list of counted words. */
export function redisManner(kind: 'lines' | 'protocol'): Manner {
  return {
    name: `redis ${kind}`,
    always: true,
    start: () => new RedisCommands(kind === 'protocol'),
  };
}

class RedisCommands implements Reading<Condensed> {
  readonly #isProtocol: boolean;
  readonly #decoder = new TextDecoder();
  readonly #counts = new Map<string, number>();
  readonly #kept: string[] = [];
  #complete = true;
  /** What was read and not understood yet. */
  #rest = new Uint8Array(0);
  /** Bytes of a counted word that are passed over, and whether the rest of a line is. */
  #skip = 0;
  #skipsLine = false;
  /** The counted command that is open: words that are to come, and those kept, where its name calls for them. */
  #left = 0;
  #words: string[] = [];
  #isWanted = false;
  /** The name of the last line that was passed over, with what ended it. */
  #passed = new Uint8Array(0);
  readonly #counted = new CountedCommands();

  constructor(isProtocol: boolean) {
    this.#isProtocol = isProtocol;
  }

  take(chunk: Uint8Array): boolean {
    const bytes = this.#rest.length === 0 ? chunk : joinBytes(this.#rest, chunk);
    this.#rest = bytes.slice(this.#run(bytes));
    return true;
  }

  end(): Condensed {
    // A last line without its end is a command all the same.
    if (this.#rest.length > 0 && !this.#skipsLine && this.#left === 0)
      this.#line(this.#rest, 0, this.#rest.length);
    return { text: this.#kept.map(line => `${line}\n`).join(''), complete: this.#complete };
  }

  /** Reads as far as it can be told what stands there; returns how far. */
  #run(bytes: Uint8Array): number {
    for (let at = 0; ; ) {
      if (this.#skip > 0) {
        const step = Math.min(this.#skip, bytes.length - at);
        this.#skip -= step;
        at += step;
        if (this.#skip > 0) return at;
      }
      if (this.#isProtocol && this.#left === 0 && !this.#skipsLine) at = this.#counted.past(bytes, at);
      const end = bytes.indexOf(NEWLINE, at);
      if (end < 0) {
        if (bytes.length - at <= MAX_WORD) return at;
        if (!this.#skipsLine) this.#line(bytes, at, at + MAX_WORD, false);
        this.#skipsLine = true;
        return bytes.length;
      }
      if (this.#skipsLine) {
        this.#skipsLine = false;
        at = end + 1;
      } else {
        const next = this.#isProtocol ? this.#countedLine(bytes, at, end) : undefined;
        if (next === at) return at;
        if (next === undefined) this.#line(bytes, at, end);
        at = next ?? end + 1;
      }
    }
  }

  /** A line of the protocol that counts what follows; the place itself where more must be there first. */
  #countedLine(bytes: Uint8Array, at: number, end: number): number | undefined {
    const mark = bytes[at];
    if (this.#left === 0) {
      if (mark !== STAR) return undefined;
      this.#left = Math.max(0, numberIn(bytes, at + 1, end));
      this.#words = [];
      this.#isWanted = false;
      return end + 1;
    }
    const size = numberIn(bytes, at + 1, end);
    // The server drops the connection here; nothing behind it is read.
    if (mark !== DOLLAR || !(size >= 0)) {
      this.#left = 0;
      return end + 1;
    }
    const isFirst = this.#words.length === 0;
    const looked = isFirst || this.#isWanted ? Math.min(size, MAX_WORD) : 0;
    if (bytes.length < end + 1 + looked) return at;
    if (isFirst || this.#isWanted) this.#word(bytes.subarray(end + 1, end + 1 + looked), looked < size);
    this.#skip = size - looked + 2;
    this.#left -= 1;
    if (this.#left === 0 && this.#isWanted) this.#keep(this.#words);
    return end + 1 + looked;
  }

  #word(bytes: Uint8Array, isCut: boolean): void {
    const text = this.#decoder.decode(bytes);
    if (this.#words.length === 0) {
      this.#isWanted = mayHaveEffect(text.toLowerCase());
      if (!this.#isWanted) this.#counted.add(bytes);
    }
    if (isCut && this.#isWanted) this.#complete = false;
    if (this.#words.length < MAX_WORDS) this.#words.push(text);
    else this.#complete = false;
  }

  /** A command on a line; only of some names are all words looked at. */
  #line(bytes: Uint8Array, from: number, end: number, isWhole = true): void {
    if (startsWith(bytes, from, this.#passed)) return;
    let at = from;
    while (at < end && isLetter(bytes[at]!)) at += 1;
    const isBare = at > from && (at === end || bytes[at] === 32 || bytes[at] === RETURN);
    if (isBare && !mayHaveEffect(this.#decoder.decode(bytes.subarray(from, at)).toLowerCase())) {
      this.#passed = bytes.slice(from, at + 1);
      return;
    }
    const words = wordsOfLine(this.#decoder.decode(bytes.subarray(from, end)));
    // redis-cli: a number before a command repeats it.
    const named = /^-?\d+$/.test(words[0] ?? '') && words.length > 1 ? words.slice(1) : words;
    if (!mayHaveEffect((named[0] ?? '').toLowerCase())) return;
    if (!isWhole) this.#complete = false;
    this.#keep(named);
  }

  #keep(words: readonly string[]): void {
    const name = words[0]!.toLowerCase();
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    if (count <= MAX_OF_ONE) this.#kept.push(lineOf(words));
    else this.#complete = false;
  }
}

/** The number that stands there; NaN for anything else. */
function numberIn(bytes: Uint8Array, from: number, end: number): number {
  let value = from < end ? 0 : Number.NaN;
  for (let at = from; at < end && bytes[at] !== RETURN; at += 1) {
    const digit = bytes[at]! - 48;
    value = digit >= 0 && digit <= 9 ? value * 10 + digit : Number.NaN;
  }
  return value;
}

function isLetter(byte: number): boolean {
  return (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) || byte === 46 || byte === 95;
}

function startsWith(bytes: Uint8Array, from: number, start: Uint8Array): boolean {
  if (start.length === 0) return false;
  for (let i = 0; i < start.length; i += 1) if (bytes[from + i] !== start[i]) return false;
  return true;
}
