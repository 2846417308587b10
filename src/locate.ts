/**
 * Finding a real program: PATH is walked past every directory that holds guard's marker, so that guard never
 * finds itself, also through symlinks. Runs nothing.
 */

import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The file that marks a directory of shims. */
export const SHIM_MARKER = '.guard-shims';

/** The first executable file of that name on PATH outside guard's directories; a name with a slash stands for itself. */
export function locate(name: string, path: string | undefined): string | undefined {
  if (name.includes('/')) return isExecutable(name) ? name : undefined;
  for (const entry of (path ?? '').split(':')) {
    const directory = entry === '' ? '.' : entry;
    const candidate = join(directory, name);
    if (isExecutable(candidate) && !existsSync(join(directory, SHIM_MARKER))) return candidate;
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
