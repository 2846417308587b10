/**
 * Finding a real program: PATH is walked past every directory that holds guard's marker, so that guard never
 * finds itself, also through symlinks. Runs nothing.
 */

import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  openSync,
  readSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { UNBLOCKED } from './unblocked.js';

/** The file that marks a directory of shims. */
export const SHIM_MARKER = '.guard-shims';

/** The second line of every shim, by which a link to one is known. */
export const SHIM_SIGNATURE = '# guard shim';

/** The first executable file of that name on PATH outside guard's directories; a name with a slash stands for itself. */
export function locate(name: string, path: string | undefined): string | undefined {
  if (name.includes('/')) return isExecutable(name) ? name : undefined;
  for (const entry of (path ?? '').split(':')) {
    const directory = entry === '' ? '.' : entry;
    const candidate = join(directory, name);
    if (!isExecutable(candidate) || existsSync(join(directory, SHIM_MARKER))) continue;
    if (!(lstatSync(candidate).isSymbolicLink() && isShim(candidate))) return candidate;
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch (fault) {
    // Missing, not permitted, not executable: all mean that execvp would pass it over.
    if (fault instanceof Error) return false;
    throw fault;
  }
}

/** True for the text of any guard's shim, whatever directory it lies in; false for what cannot be read. */
export function isShim(file: string): boolean {
  let fd: number;
  try {
    fd = openSync(file, UNBLOCKED);
  } catch (fault) {
    // A program may be executable and not readable (mode 0711); a shim never is.
    if (fault instanceof Error) return false;
    throw fault;
  }
  try {
    const head = Buffer.alloc(256);
    const length = readSync(fd, head, 0, head.length, 0);
    const text = head.toString('latin1', 0, length);
    return text.startsWith('#!') && text.split('\n', 2)[1] === SHIM_SIGNATURE;
  } finally {
    closeSync(fd);
  }
}
