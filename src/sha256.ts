/**
 * SHA-256 of short texts (FIPS 180-4). node:crypto gives the same and costs a start of the judge two milliseconds, for
 * a record of a few hundred bytes. What is long, keyed or random is left to node:crypto.
 */

const PRIMES = 64;

/** The first 32 bits of the fractional parts of roots of the first primes (§4.2.2, §5.3.3). */
function fractions(root: (prime: number) => number, count: number): Int32Array {
  const found = new Int32Array(count);
  for (let candidate = 2, at = 0; at < count; candidate += 1) {
    let isPrime = true;
    for (let factor = 2; factor * factor <= candidate; factor += 1)
      if (candidate % factor === 0) isPrime = false;
    if (!isPrime) continue;
    found[at] = (root(candidate) % 1) * 2 ** 32;
    at += 1;
  }
  return found;
}

const ROUND = fractions(Math.cbrt, PRIMES);
const START = fractions(Math.sqrt, 8);

/** The digest of bytes, or of a text's UTF-8, in hexadecimal. */
export function sha256(text: string | Uint8Array): string {
  const bytes = padded(typeof text === 'string' ? Buffer.from(text) : text);
  const state = Int32Array.from(START);
  const schedule = new Int32Array(PRIMES);
  for (let block = 0; block < bytes.length; block += 64) compress(state, schedule, bytes, block);
  let digest = '';
  for (const word of state) digest += (word >>> 0).toString(16).padStart(8, '0');
  return digest;
}

/** One block of 64 bytes. It runs once or a few times in a cold process: a call for each rotation would double its time. */
function compress(state: Int32Array, schedule: Int32Array, bytes: Buffer, block: number): void {
  for (let i = 0, at = block; i < 16; i += 1, at += 4)
    schedule[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  for (let i = 16; i < PRIMES; i += 1) {
    const x = schedule[i - 15]!;
    const y = schedule[i - 2]!;
    const small = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const large = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    schedule[i] = schedule[i - 16]! + small + schedule[i - 7]! + large;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let i = 0; i < PRIMES; i += 1) {
    const mixed = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + mixed + ((e & f) ^ (~e & g)) + ROUND[i]! + schedule[i]!) | 0;
    const turned = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (turned + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  state[0] = state[0]! + a;
  state[1] = state[1]! + b;
  state[2] = state[2]! + c;
  state[3] = state[3]! + d;
  state[4] = state[4]! + e;
  state[5] = state[5]! + f;
  state[6] = state[6]! + g;
  state[7] = state[7]! + h;
}

/** A one bit, zeros, and the length in bits, up to a multiple of 64 bytes. */
function padded(bytes: Uint8Array): Buffer {
  const whole = Buffer.alloc(((bytes.length + 8) >> 6) * 64 + 64);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  whole.writeUInt32BE(Math.floor(bytes.length / 2 ** 29), whole.length - 8);
  whole.writeUInt32BE((bytes.length << 3) >>> 0, whole.length - 4);
  return whole;
}
