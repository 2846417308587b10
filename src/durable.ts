/** Writing files so that a crash, a full disk or a second guard loses nothing: write, fsync, rename. */

import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { faultCode, GuardError } from './errors.js';

/** Replaces a file in one step; readers see the old or the new text. Throws `GuardError('cannot-write')`. */
export function writeAtomic(path: string, text: string, mode = 0o600): void {
  const temporary = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`;
  try {
    makePrivateDirectory(dirname(path));
    const fd = openSync(temporary, 'wx', mode);
    try {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, path);
  } catch (cause) {
    // Where a parent is no directory, even `force` would throw, and hide what happened.
    if (existsSync(temporary)) rmSync(temporary, { force: true });
    throw cannotWrite(path, cause);
  }
}

/** Makes a directory and its missing parents, readable by the owner alone. */
export function makePrivateDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}

/** The fault for a file that could not be written, with what the system said. */
export function cannotWrite(path: string, cause: unknown): GuardError {
  // What failed further in names the place itself, and says more.
  if (cause instanceof GuardError) return cause;
  const why = faultCode(cause) ?? 'unknown fault';
  return new GuardError('cannot-write', `cannot write ${path} (${why})`, {
    hint: 'Check that the disk is not full and that the directory belongs to you and is writable.',
    at: { file: path },
    cause,
  });
}
