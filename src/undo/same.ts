/** Do two snapshots hold the same? Files under a second name are told by their inode, others are read. */

import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMissing } from '../errors.js';

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
  return left.size === right.size && readFileSync(one).equals(readFileSync(other));
}

function haveAlikeEntries(one: string, other: string): boolean {
  const names = readdirSync(one).toSorted();
  const others = readdirSync(other).toSorted();
  return (
    names.length === others.length &&
    names.every((name, i) => name === others[i] && isAlike(join(one, name), join(other, name)))
  );
}
