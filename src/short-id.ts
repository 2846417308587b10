/** Names for what a person types back: short, upper case, and without characters that are taken for each other. */

import { randomInt } from 'node:crypto';

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A random id of `length` characters that `isTaken` does not know. */
export function shortId(length: number, isTaken: (id: string) => boolean): string {
  for (;;) {
    const id = Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    if (!isTaken(id)) return id;
  }
}
