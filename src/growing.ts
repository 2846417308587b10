/** Bytes that grow at their end, and can be cut back. Knows nothing of what they are. */

const SHORT = 64;

/** A buffer that doubles when it is full; `bytes` is good until the next change. */
export class GrowingBytes {
  length = 0;
  #bytes = new Uint8Array(64 * 1024);

  /** As they stand now. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  add(byte: number): void {
    this.#grow(1);
    this.#bytes[this.length] = byte;
    this.length += 1;
  }

  append(chunk: Uint8Array, from: number, end: number): void {
    this.#grow(end - from);
    // A view for each few bytes would cost more than they do.
    if (end - from < SHORT)
      for (let at = from; at < end; at += 1) this.#bytes[this.length + at - from] = chunk[at]!;
    else this.#bytes.set(chunk.subarray(from, end), this.length);
    this.length += end - from;
  }

  cut(length: number): void {
    this.length = length;
  }

  #grow(size: number): void {
    if (this.length + size <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + size));
    grown.set(this.bytes);
    this.#bytes = grown;
  }
}

/** Two pieces as one. */
export function joinBytes(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
