/**
 * Goes past members of a JSON list or object of which nothing will be kept, without writing them down first: most of a long body
 * is records like the one before. Stops before anything that may matter, or that it cannot see the end of. Judges nothing.
 */

/** Looked for in vain in a member; then it is read as ever. */
const MAX_MEMBER = 64 * 1024;
const MAX_DEPTH = 64;

const [QUOTE, BACKSLASH, COMMA, COLON] = [34, 92, 44, 58];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

/** Bytes outside of texts that mean something here. */
const SIGNS = new Uint8Array(256);
for (const sign of [QUOTE, COMMA, COLON, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT]) SIGNS[sign] = 1;

export class JsonSkimmer {
  /** By a key's first byte and its length: may it be one that matters? */
  readonly #may = new Uint8Array(256 * 256);
  readonly #isObject = new Uint8Array(MAX_DEPTH + 1);

  /** `keys`: those that matter, in lower case. */
  constructor(keys: Iterable<string>) {
    for (const key of keys)
      for (const first of [key, key.toUpperCase()]) this.#may[first.charCodeAt(0) * 256 + key.length] = 1;
  }

  /**
   * The place of the comma or bracket behind the last of the members from `from` on, the place behind a comma, that hold nothing
   * that matters; `from` itself where the first is none.
   */
  past(chunk: Uint8Array, from: number, inObject: boolean): number {
    const kinds = this.#isObject;
    kinds[0] = inObject ? 1 : 0;
    let behind = from;
    let depth = 0;
    let expectsKey = inObject;
    let limit = Math.min(chunk.length, from + MAX_MEMBER);
    for (let at = from; at < limit; at += 1) {
      const byte = chunk[at]!;
      if (SIGNS[byte] === 0) continue;
      switch (byte) {
        case QUOTE: {
          const end = expectsKey ? this.#pastKey(chunk, at + 1, limit) : pastText(chunk, at + 1, limit);
          if (end < 0) return behind;
          at = end;
          break;
        }
        case COLON:
          expectsKey = false;
          break;
        case COMMA:
          expectsKey = kinds[depth] === 1;
          if (depth > 0) break;
          behind = at;
          limit = Math.min(chunk.length, at + MAX_MEMBER);
          break;
        case OPEN_LIST:
        case OPEN_OBJECT:
          depth += 1;
          if (depth > MAX_DEPTH) return behind;
          kinds[depth] = byte === OPEN_OBJECT ? 1 : 0;
          expectsKey = byte === OPEN_OBJECT;
          break;
        default:
          if (depth === 0) return at;
          if ((kinds[depth] === 1) !== (byte === CLOSE_OBJECT)) return behind;
          depth -= 1;
          expectsKey = false;
      }
    }
    return behind;
  }

  /** The quote behind a key that says nothing; -1 for another. */
  #pastKey(chunk: Uint8Array, from: number, limit: number): number {
    let at = from;
    while (at < limit && chunk[at] !== QUOTE && chunk[at] !== BACKSLASH) at += 1;
    const length = at - from;
    if (at >= limit || chunk[at] === BACKSLASH || length > 255) return -1;
    return this.#may[chunk[from]! * 256 + length] === 1 ? -1 : at;
  }
}

/** The quote behind a text; -1 where it is not there. */
function pastText(chunk: Uint8Array, from: number, limit: number): number {
  for (let at = from; at < limit; at += 1) {
    const byte = chunk[at];
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH) at += 1;
  }
  return -1;
}
