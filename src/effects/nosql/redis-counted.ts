/**
 * Goes past whole commands of Redis' protocol (`*3\r\n$3\r\nSET\r\n…`) whose name is known to have no effect: a dump is made of little
 * else. Stops before anything else, and before what is not there whole. Judges nothing.
 */

const [NEWLINE, RETURN, STAR, DOLLAR, ZERO] = [10, 13, 42, 36, 48];

/** Of more names than a dump has, the commonest are gone past. */
const MAX_NAMES = 16;
const MAX_LENGTH = 64;
/** Digits of a count, so that it is a safe number. */
const MAX_DIGITS = 9;

export class CountedCommands {
  readonly #names: Uint8Array[] = [];
  /** Where the reading stands. */
  #at = 0;

  /** Commands of this name, spelled so, have no effect. */
  add(name: Uint8Array): void {
    if (this.#names.length === MAX_NAMES || name.length > MAX_LENGTH || name.length === 0) return;
    if (!this.#names.some(known => known.length === name.length && isAt(name, known, 0)))
      this.#names.push(name.slice());
  }

  /** The place behind all such commands from `at` on, where one begins. */
  past(bytes: Uint8Array, at: number): number {
    let behind = at;
    if (this.#names.length === 0) return behind;
    for (;;) {
      this.#at = behind;
      const words = this.#count(bytes, STAR);
      if (words < 1) return behind;
      for (let left = words; left > 0; left -= 1) {
        const size = this.#count(bytes, DOLLAR);
        if (size < 0 || (left === words && !this.#isKnown(bytes, size))) return behind;
        this.#at += size + 2;
      }
      if (this.#at > bytes.length) return behind;
      behind = this.#at;
    }
  }

  /** The number of a line that is a mark and a number, and past it; -1 where there is no such line. */
  #count(bytes: Uint8Array, mark: number): number {
    let at = this.#at;
    if (bytes[at] !== mark) return -1;
    let value = 0;
    const most = at + MAX_DIGITS;
    for (at += 1; at <= most; at += 1) {
      const digit = bytes[at]! - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
    }
    if (at === this.#at + 1 || bytes[at] !== RETURN || bytes[at + 1] !== NEWLINE) return -1;
    this.#at = at + 2;
    return value;
  }

  #isKnown(bytes: Uint8Array, size: number): boolean {
    for (const name of this.#names) if (name.length === size && isAt(bytes, name, this.#at)) return true;
    return false;
  }
}

function isAt(bytes: Uint8Array, text: Uint8Array, at: number): boolean {
  for (let i = 0; i < text.length; i += 1) if (bytes[at + i] !== text[i]) return false;
  return true;
}
