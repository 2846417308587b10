/**
 * Bytes of files, and bytes as text, by what each start of the judge has at hand: what else Node has for it is JavaScript that
 * every start would compile. Knows nothing of what the bytes are.
 */

import { closeSync, openSync, readSync } from 'node:fs';
import { UNBLOCKED } from './unblocked.js';

/** The first `length` of `bytes`, a character for each: what a Buffer's `toString('latin1')` comes to in the end. */
export function latin1(bytes: Uint8Array, length = bytes.length): string {
  return Buffer.prototype.latin1Slice.call(bytes, 0, length);
}

/** The bytes as UTF-8; what is none becomes U+FFFD. */
export function utf8(bytes: Uint8Array): string {
  return Buffer.prototype.utf8Slice.call(bytes, 0, bytes.length);
}

/** A file's bytes from its beginning, at most so many. Throws what the system says. */
export function bytesOf(path: string, most: number): Uint8Array {
  const descriptor = openSync(path, UNBLOCKED);
  try {
    const bytes = new Uint8Array(most);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, most, 0));
  } finally {
    closeSync(descriptor);
  }
}

declare global {
  interface Buffer {
    latin1Slice(this: Uint8Array, start: number, end: number): string;
    utf8Slice(this: Uint8Array, start: number, end: number): string;
  }
}
