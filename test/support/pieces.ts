/** A text through a reading, in pieces of a size. */

import type { Reading } from '../../src/port.js';

export function inPieces<T>(reading: Reading<T>, text: string | Uint8Array, size: number): T {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const buffer = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    // One buffer, used again as the real world's.
    const piece = bytes.subarray(at, at + size);
    buffer.set(piece);
    if (!reading.take(buffer.subarray(0, piece.length))) break;
  }
  buffer.fill(0);
  return reading.end();
}
