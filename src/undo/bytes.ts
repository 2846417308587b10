/** Paths as bytes: names that are no UTF-8 survive. A byte string holds one byte a character (latin1). Knows no tool. */

import { join } from 'node:path';
import { visible } from '../text.js';

/** A path of this process as a byte string. */
export function bytesOf(path: string): string {
  return Buffer.from(path, 'utf8').toString('latin1');
}

/** A byte string as the file functions take it. */
export function pathOf(bytes: string): Buffer {
  return Buffer.from(bytes, 'latin1');
}

/** Joins byte strings; an empty second part is the first. */
export function below(root: string, path: string): string {
  return path === '' ? root : join(root, path);
}

/** A byte string as text that is safe to show. */
export function shownPath(bytes: string): string {
  return visible(pathOf(bytes).toString('utf8'));
}
