/**
 * The text of a script, of any size: a short one as it stands; of a longer one without the payloads that it carries, of which
 * only a mark is left, up to bytes that are no text. Judges nothing.
 */

import { GrowingBytes, joinBytes } from '../growing.js';
import type { Reading } from '../port.js';
import { CUT, GAP } from '../shell/gap.js';
import type { Condensed, Manner } from './streamed.js';

/** Bytes of a script that are read. */
const LIMIT = 950_000;
/** A word of these letters and of such a length is base64 or the like, and so many bytes of it are left. */
const PACKED = /[A-Za-z0-9+/=]/;
const MIN_PACKED = 60;
const MAX_PACKED = 512 * 1024;

const [NUL, NEWLINE] = [0, 10];

/** By byte: may it be of packed data? */
const IS_PACKED = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(PACKED.test(String.fromCharCode(byte))),
);

export const scriptManner: Manner = { name: 'script', start: () => new ScriptText() };

class ScriptText implements Reading<Condensed> {
  readonly #out = new GrowingBytes();
  /** What was read and may be the beginning of packed data. */
  #rest: Uint8Array = new Uint8Array(0);
  #packed = 0;
  #isInPacked = false;
  /** The line break behind packed data that was left out goes with it. */
  #skipsNewline = false;
  #isCut = false;

  take(chunk: Uint8Array): boolean {
    const text = joinBytes(this.#rest, chunk);
    let at = 0;
    while (at < text.length && !this.#isCut) {
      const end = endOfKind(text, at);
      const isPacked = IS_PACKED[text[at]!] === 1;
      // A word that goes on in the next chunk may become long.
      if (isPacked && end === text.length && end - at < MIN_PACKED && !this.#isInPacked) break;
      if (isPacked) this.#word(text, at, end);
      else this.#code(text, at, end);
      this.#isCut ||= this.#out.length > LIMIT;
      at = end;
    }
    this.#rest = text.slice(at);
    return !this.#isCut;
  }

  end(): Condensed {
    if (!this.#isCut) this.#out.append(this.#rest, 0, this.#rest.length);
    const text = new TextDecoder().decode(this.#out.bytes);
    // Whether it matters that the rest is missing, the script itself says: it may have come to its end before.
    return { text: this.#isCut ? text + CUT : text, complete: true };
  }

  #code(text: Uint8Array, from: number, end: number): void {
    this.#isInPacked = false;
    const start = this.#skipsNewline && text[from] === NEWLINE ? from + 1 : from;
    this.#skipsNewline = false;
    // No script holds a NUL; on its first line it tells that this is a program.
    const nul = text.subarray(start, end).indexOf(NUL);
    this.#isCut = nul >= 0;
    this.#out.append(text, start, nul < 0 ? end : start + nul);
    if (this.#isCut && this.#out.bytes.indexOf(NEWLINE) < 0) this.#out.add(NUL);
  }

  #word(text: Uint8Array, from: number, end: number): void {
    const isLong = this.#isInPacked || end - from >= MIN_PACKED;
    this.#isInPacked = isLong && end === text.length;
    if (isLong) this.#packed += end - from;
    if (!isLong || this.#packed <= MAX_PACKED) {
      this.#skipsNewline = false;
      this.#out.append(text, from, end);
      return;
    }
    // Of many lines one mark is left.
    const { bytes } = this.#out;
    if (bytes.at(-1) === NUL) return;
    if (bytes.at(-1) === NEWLINE && bytes.at(-2) === NUL) this.#skipsNewline = true;
    else this.#out.append(MARK, 0, MARK.length);
  }
}

const MARK = new TextEncoder().encode(GAP);

/** Where the bytes end that are of packed data, or are not, like the first. */
function endOfKind(text: Uint8Array, from: number): number {
  const kind = IS_PACKED[text[from]!];
  let at = from + 1;
  while (at < text.length && IS_PACKED[text[at]!] === kind) at += 1;
  return at;
}
