/** git's index (gitformat-index(5)), versions 2 and 3 with SHA-1: the names in it and how `git ls-files -v` marks them. */

import { statSync } from 'node:fs';
import { bytesOf, latin1 } from '../bytes.js';

/** Reading a larger one takes longer than to start git. */
const MAX_BYTES = 1024 * 1024;
const HEADER = 12;
const HASH = 20;
/** Bytes of an entry before its flags; then 2 of flags, and 2 more in version 3 where a bit says so. */
const BEFORE_FLAGS = 60;

const ASSUMED_VALID = 0x8000;
const EXTENDED = 0x4000;
const STAGE = 0x3000;
const SKIPPED = 0x4000;
const GITLINK = 0o160000;
const CAPITAL_A = 0x41;
const CAPITAL_Z = 0x5a;

/** A name of the index as its bytes, one character each. */
export interface Entry {
  readonly name: string;
  /** `H`, `S` or `M`, in lower case where git is told not to look (git-ls-files(1), `-v`). */
  readonly tag: string;
  readonly isSubmodule: boolean;
}

/** All entries, in order; `undefined` where the index is of another kind, too large or damaged. */
export function readIndex(path: string): readonly Entry[] | undefined {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) return [];
  if (size > MAX_BYTES) return undefined;
  const bytes = bytesOf(path, size);
  // Big-endian, and V8's own: what a Buffer has for it would be compiled first.
  const numbers = new DataView(bytes.buffer, 0, bytes.length);
  const isKnown = bytes.length > HEADER + HASH && latin1(bytes, 4) === 'DIRC';
  const version = isKnown ? numbers.getUint32(4) : 0;
  if (version !== 2 && version !== 3) return undefined;
  const entries: Entry[] = [];
  let at = HEADER;
  for (let left = numbers.getUint32(8); left > 0; left -= 1) {
    if (at + BEFORE_FLAGS + 2 > bytes.length - HASH) return undefined;
    const flags = numbers.getUint16(at + BEFORE_FLAGS);
    const isExtended = (flags & EXTENDED) !== 0;
    const start = at + BEFORE_FLAGS + (isExtended ? 4 : 2);
    const end = bytes.indexOf(0, start);
    if (end < 0) return undefined;
    const isSkipped = isExtended && (numbers.getUint16(at + BEFORE_FLAGS + 2) & SKIPPED) !== 0;
    const tag = (flags & STAGE) !== 0 ? 'M' : isSkipped ? 'S' : 'H';
    entries.push({
      name: latin1(bytes.subarray(start, end)),
      tag: (flags & ASSUMED_VALID) !== 0 ? tag.toLowerCase() : tag,
      isSubmodule: numbers.getUint32(at + 24) === GITLINK,
    });
    // Padded with 1 to 8 NULs to a multiple of eight.
    at += Math.floor((end - at) / 8 + 1) * 8;
  }
  return hasPlainExtensions(numbers, at) ? entries : undefined;
}

/** Extensions in lower case must be understood: a part of the index lies elsewhere, or directories stand for what is in them. */
function hasPlainExtensions(numbers: DataView, start: number): boolean {
  let at = start;
  while (at + 8 <= numbers.byteLength - HASH) {
    const first = numbers.getUint8(at);
    if (first < CAPITAL_A || first > CAPITAL_Z) return false;
    at += 8 + numbers.getUint32(at + 4);
  }
  return at === numbers.byteLength - HASH;
}
