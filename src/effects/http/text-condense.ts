/** A long text that is no JSON → its beginning, and what stands around words that speak of removing. Judges nothing. */

import { joinBytes } from '../../growing.js';
import type { Condensed } from '../../invocation/streamed.js';
import type { Reading } from '../../port.js';

/** Bytes of the beginning that are left. */
const BEGINNING = 256 * 1024;
/** So many places are left, each with so much of its line before and behind the word. */
const MAX_PLACES = 200;
const [BEFORE, BEHIND] = [200, 800];

/** In lower case; `&` and a name is a field of a form, by which servers are told what to do. */
const WORDS = [
  'delete',
  'remove',
  'drop',
  'truncate',
  'mutation',
  '_method',
  '&query',
  '&operations',
  '&action',
].map(word => new TextEncoder().encode(word));

/** The words by their first byte, in either case. */
const BY_FIRST: readonly (readonly Uint8Array[] | undefined)[] = (() => {
  const table: (Uint8Array[] | undefined)[] = Array(256).fill(undefined);
  for (const word of WORDS) {
    for (const first of new Set([word[0]!, word[0]! & 0x5f].filter(byte => byte > 32))) {
      table[first] = [...(table[first] ?? []), word];
    }
  }
  return table;
})();

export class TextCondenser implements Reading<Condensed> {
  readonly #decoder = new TextDecoder();
  #start: Uint8Array = new Uint8Array(0);
  /** What stands before the place that was read to. */
  #rest: Uint8Array = new Uint8Array(0);
  #from = 0;
  readonly #places: string[] = [];

  take(chunk: Uint8Array): boolean {
    const text = joinBytes(this.#rest, chunk);
    if (this.#start.length < BEGINNING) {
      const more = BEGINNING - this.#start.length;
      this.#start = joinBytes(this.#start, chunk.subarray(0, more));
      if (chunk.length > more) this.#from = text.length - chunk.length + more;
      else {
        this.#rest = text.slice(-BEFORE);
        this.#from = this.#rest.length;
        return true;
      }
    }
    // What follows a word must be there before it is left.
    const end = Math.max(text.length - BEHIND, this.#from);
    this.#search(text, this.#from, end);
    const kept = Math.max(end - BEFORE, 0);
    this.#rest = text.slice(kept);
    this.#from = end - kept;
    return this.#places.length < MAX_PLACES;
  }

  end(): Condensed {
    this.#search(this.#rest, this.#from, this.#rest.length);
    const text = [this.#decoder.decode(this.#start), ...this.#places].join('\n');
    return { text, complete: false };
  }

  #search(text: Uint8Array, from: number, end: number): void {
    for (let at = from; at < end && this.#places.length < MAX_PLACES; at += 1) {
      const words = BY_FIRST[text[at]!];
      if (words?.some(word => isAt(text, at, word)) !== true) continue;
      const start = text.lastIndexOf(10, at) + 1;
      const line = text.indexOf(10, at);
      const stop = Math.min(line < 0 ? text.length : line, at + BEHIND);
      this.#places.push(this.#decoder.decode(text.subarray(Math.max(start, at - BEFORE), stop)));
      at = stop;
    }
  }
}

function isAt(text: Uint8Array, from: number, word: Uint8Array): boolean {
  for (let i = 0; i < word.length; i += 1) {
    const byte = text[from + i]!;
    if ((byte >= 65 && byte <= 90 ? byte | 0x20 : byte) !== word[i]) return false;
  }
  return true;
}
