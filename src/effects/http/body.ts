/**
 * The body of a request, of any size → the text of it that could matter. A short one stands as it is. Of a longer one: bytes
 * that are no text are an upload and no more; JSON keeps its documents; of other text the beginning and the lines that speak
 * of removing are left, and it counts as not wholly known. Judges nothing.
 */

import type { Condensed, Manner } from '../../invocation/streamed.js';
import type { Reading } from '../../port.js';
import { JsonCondenser } from './json-condense.js';
import { TextCondenser } from './text-condense.js';

/** Bytes of a body that stands as it is. */
const SHORT = 1024 * 1024;
/** So much of a longer one tells whether it is text, and so much of what is no text is shown. */
const SNIFFED = 64 * 1024;
const SHOWN = 4 * 1024;

/** `stripped`: line breaks and NUL bytes are left out, as curl's `-d @file` does. */
export function bodyManner(isStripped: boolean): Manner {
  return { name: `http body ${isStripped}`, start: () => new Body(isStripped) };
}

class Body implements Reading<Condensed> {
  readonly #isStripped: boolean;
  #parts: Uint8Array[] = [];
  #size = 0;
  #long: Reading<Condensed> | undefined;

  constructor(isStripped: boolean) {
    this.#isStripped = isStripped;
  }

  take(given: Uint8Array): boolean {
    const chunk = this.#isStripped ? stripped(given) : given;
    if (this.#long) return this.#long.take(chunk);
    this.#parts.push(chunk.slice());
    this.#size += chunk.length;
    if (this.#size <= SHORT) return true;
    const start = joined(this.#parts, this.#size);
    this.#parts = [];
    const { reading, goesOn } = longReading(start);
    this.#long = reading;
    return goesOn;
  }

  end(): Condensed {
    if (this.#long) return this.#long.end();
    return { text: new TextDecoder().decode(joined(this.#parts, this.#size)), complete: true };
  }
}

/** How a body is read of which this is the beginning, which it has read then. */
function longReading(start: Uint8Array): { readonly reading: Reading<Condensed>; readonly goesOn: boolean } {
  if (isNoText(start.subarray(0, SNIFFED))) {
    const text = new TextDecoder().decode(start.subarray(0, SHOWN));
    return { reading: { take: () => false, end: () => ({ text, complete: true }) }, goesOn: false };
  }
  const json = new JsonCondenser();
  const from = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? 3 : 0;
  const goesOn = json.take(start.subarray(from));
  if (!json.isBroken) return { reading: json, goesOn };
  const text = new TextCondenser();
  return { reading: text, goesOn: text.take(start) };
}

/** Control characters, or bytes that are no UTF-8: an image, an archive. */
function isNoText(bytes: Uint8Array): boolean {
  if (bytes.some(byte => byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13)) return true;
  // A letter may be cut where the bytes end.
  const text = new TextDecoder().decode(bytes, { stream: true });
  return text.includes('\ufffd');
}

function stripped(chunk: Uint8Array): Uint8Array {
  const left = new Uint8Array(chunk.length);
  let length = 0;
  for (let at = 0; at < chunk.length; at += 1) {
    const byte = chunk[at]!;
    left[length] = byte;
    if (byte !== 10 && byte !== 13 && byte !== 0) length += 1;
  }
  return left.subarray(0, length);
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
