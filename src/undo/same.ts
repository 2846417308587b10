/** Do two snapshots hold the same? Files under a second name are told by their inode, others are read. */

import { closeSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { isMissing } from '../errors.js';

/** Bytes compared at a time. */
const PIECE = 1024 * 1024;

/** The same names, modes and bytes, in directories and files of the store's own making; false where one is pruned meanwhile. */
export function holdSame(one: string, other: string): boolean {
  try {
    return isAlike(one, other);
  } catch (fault) {
    if (isMissing(fault)) return false;
    throw fault;
  }
}

function isAlike(one: string, other: string): boolean {
  const [left, right] = [lstatSync(one, { bigint: true }), lstatSync(other, { bigint: true })];
  if (left.mode !== right.mode) return false;
  if (left.isDirectory()) return haveAlikeEntries(one, other);
  if (left.ino === right.ino && left.dev === right.dev) return true;
  return left.size === right.size && haveAlikeBytes(one, other);
}

function haveAlikeEntries(one: string, other: string): boolean {
  const names = readdirSync(one).toSorted();
  const others = readdirSync(other).toSorted();
  return (
    names.length === others.length &&
    names.every((name, i) => name === others[i] && isAlike(join(one, name), join(other, name)))
  );
}

/** Compares files of any length in little memory. */
function haveAlikeBytes(one: string, other: string): boolean {
  const left = openSync(one, 'r');
  try {
    const right = openSync(other, 'r');
    try {
      const [piece, its] = [Buffer.alloc(PIECE), Buffer.alloc(PIECE)];
      for (;;) {
        const length = readSync(left, piece);
        if (readSync(right, its) !== length || !piece.equals(its)) return false;
        if (length === 0) return true;
      }
    } finally {
      closeSync(right);
    }
  } finally {
    closeSync(left);
  }
}
