/**
 * Statements that repeat one that was left out but for the values in it: a dump is made of little else. They are told by their
 * bytes, without a look at their words. Judges nothing; only who left the first one out knows which values say nothing.
 */

import { type Dialect, Kind } from './dialect.js';

/** Where in a text the values stand that may be others; `words`: they may be NULL and the like, and negative. */
export interface Holes {
  readonly places: readonly (readonly [start: number, end: number])[];
  readonly words: boolean;
}

/** What stands before, between and behind the values. */
interface Pattern {
  readonly parts: readonly Uint8Array[];
  readonly words: boolean;
}

const MAX_PATTERNS = 8;
/** So many are tried in vain; then those that do not fit are read as ever. */
const MAX_TRIES = 200;
/** A longer statement is many rows, which are read through quickly as it is. */
const MAX_LENGTH = 4_096;
/** The beginning must tell that it is no line of the client's. */
const MIN_BEGINNING = 8;

const LITERAL_WORDS = ['null', 'true', 'false', 'default'];
const [DASH, POINT, BACKSLASH] = [45, 46, 92];

export class Repeats {
  readonly #dialect: Dialect;
  #patterns: Pattern[] = [];
  #tries = MAX_TRIES;
  /** Where the last of the statements begins that `past` went past. */
  lastStart = 0;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  /** `text` as it stood between two statements' ends; `holes` is asked only where it can be a pattern. */
  add(text: string, size: number, holes: () => Holes | undefined): void {
    // Places in the text are those of its bytes only where it is ASCII.
    if (this.#tries === 0 || size !== text.length || size > MAX_LENGTH) return;
    this.#tries -= 1;
    const found = holes();
    if (!found || (found.places[0]?.[0] ?? 0) < MIN_BEGINNING) return;
    const bytes = new TextEncoder().encode(text);
    const ends = [0, ...found.places.map(([, end]) => end)];
    const starts = [...found.places.map(([start]) => start), bytes.length];
    const parts = ends.map((end, i) => bytes.subarray(end, starts[i]));
    this.#patterns = [{ parts, words: found.words }, ...this.#patterns.slice(0, MAX_PATTERNS - 1)];
  }

  /** From here on the same words may mean something else. */
  clear(): void {
    this.#patterns = [];
  }

  /** The place behind all statements from `at` on, where one begins, that repeat a pattern and end before `limit`. */
  past(buffer: Uint8Array, at: number, limit: number): number {
    let place = at;
    for (let i = 0; i < this.#patterns.length; i += 1) {
      const end = this.#behind(this.#patterns[i]!, buffer, place, limit);
      if (end < 0) continue;
      this.lastStart = place;
      place = end;
      i = -1;
      this.#tries = MAX_TRIES;
    }
    return place;
  }

  #behind({ parts, words }: Pattern, buffer: Uint8Array, from: number, limit: number): number {
    let at = from;
    for (let i = 0; ; i += 1) {
      const part = parts[i]!;
      if (at + part.length > limit) return -1;
      for (let k = 0; k < part.length; k += 1) if (buffer[at + k] !== part[k]) return -1;
      at += part.length;
      if (i === parts.length - 1) return at;
      at = this.#literal(buffer, at, limit, words);
      if (at < 0) return -1;
    }
  }

  /** Past a string without escapes, or a number; -1 where something else stands. */
  #literal(buffer: Uint8Array, from: number, limit: number, words: boolean): number {
    const { kinds, inWord, escapes } = this.#dialect;
    const first = buffer[from]!;
    let at = from;
    if (kinds[first] === Kind.string) {
      for (;;) {
        at += 1;
        if (at >= limit || (escapes && buffer[at] === BACKSLASH)) return -1;
        if (buffer[at] !== first) continue;
        // A doubled quote is one quote more.
        if (buffer[at + 1] !== first) return at + 1;
        at += 1;
      }
    }
    if (words && first === DASH) at += 1;
    if (kinds[buffer[at]!] === Kind.digit) {
      do at += 1;
      while (kinds[buffer[at]!] === Kind.digit || buffer[at] === POINT);
      return inWord[buffer[at]!] === 1 ? -1 : at;
    }
    return words && at === from ? pastWord(buffer, at, inWord) : -1;
  }
}

function pastWord(buffer: Uint8Array, at: number, inWord: Uint8Array): number {
  for (const word of LITERAL_WORDS) {
    let i = 0;
    while (i < word.length && (buffer[at + i]! | 0x20) === word.charCodeAt(i)) i += 1;
    if (i === word.length && inWord[buffer[at + i]!] !== 1) return at + i;
  }
  return -1;
}
