/** Which files a scan looks at: those named, and those below the folders named that are not generated. Reads names only. */

import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { GuardError } from '../errors.js';

/** Folders that hold others' code or what a build made. */
const SKIPPED: ReadonlySet<string> = new Set([
  'node_modules',
  '.git',
  'dist',
  'build',
  'vendor',
  'target',
  '.venv',
  'venv',
  '__pycache__',
]);
const MAX_FILES = 100_000;

/** The regular files, in order, symlinks not followed. Throws `GuardError('no-such-path')`. */
export function filesUnder(paths: readonly string[]): readonly string[] {
  const files: string[] = [];
  const walk = (path: string) => {
    if (files.length >= MAX_FILES) {
      throw new GuardError(
        'too-many-files',
        `there are more than ${MAX_FILES} files below ${paths.join(', ')}`,
        {
          hint: 'Name the folders that hold scripts.',
        },
      );
    }
    const stats = lstatSync(path);
    if (stats.isFile()) files.push(path);
    if (!stats.isDirectory()) return;
    for (const name of readdirSync(path).sort()) if (!SKIPPED.has(name)) walk(join(path, name));
  };
  for (const path of paths) {
    if (!lstatSync(path, { throwIfNoEntry: false })) {
      throw new GuardError('no-such-path', `there is no ${path}`, {
        hint: 'Name files or folders that exist.',
      });
    }
    walk(path);
  }
  return files;
}
