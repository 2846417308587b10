/**
 * Changing other people's files with care: through symlinks, mode and owner kept, all or nothing. A text here has one
 * character per byte (latin1), so that no byte of a file is lost on the way. Knows nothing of what is written.
 */

import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { cannotWrite } from '../../durable.js';
import { faultCode, GuardError } from '../../errors.js';

/** One file's change; `undefined` is "no such file". */
export interface FileChange {
  /** The file itself, behind every symlink. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** For a file that is made. */
  readonly mode: number;
}

/** A UTF-8 text, one character per byte. */
export function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1');
}

/** A file's bytes, `undefined` where there is none. Throws `GuardError` for what is no readable file. */
export function readBytes(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  if (!statSync(path).isFile()) {
    throw new GuardError('not-a-file', `${path} is not a file`, {
      hint: 'Move it away, or run guard init --no-rc and set PATH yourself.',
      at: { file: path },
    });
  }
  try {
    return readFileSync(path, 'latin1');
  } catch (cause) {
    throw new GuardError('cannot-read', `cannot read ${path}`, {
      hint: 'Make it readable for you, or run guard init --no-rc and set PATH yourself.',
      at: { file: path },
      cause,
    });
  }
}

/** The file that writing to `path` would reach, also where the last symlink points to nothing yet. */
export function behindLinks(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  for (let at = path, steps = 0; steps < 40; steps += 1) {
    if (!isLink(at)) return at;
    at = resolve(dirname(at), readlinkSync(at));
  }
  throw new GuardError('link-loop', `${path} is a symlink that leads back to itself`, { at: { file: path } });
}

/** Throws `GuardError('cannot-write')` where a change would fail for lack of permission. Changes nothing. */
export function checkWritable(path: string): void {
  let at = path;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  try {
    accessSync(at, at === path ? constants.W_OK : constants.W_OK | constants.X_OK);
    if (at !== path && !statSync(at).isDirectory()) throw Object.assign(new Error(at), { code: 'ENOTDIR' });
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}

/** Steps that were taken and can be taken back. */
export class Undoable {
  readonly #done: (() => void)[] = [];

  /** Makes a directory and its missing parents, private; those that were made, outermost first. */
  makeDirectory(path: string): readonly string[] {
    const missing: string[] = [];
    for (let at = path; !existsSync(at); at = dirname(at)) missing.unshift(at);
    for (const directory of missing) {
      try {
        mkdirSync(directory, { mode: 0o700 });
      } catch (cause) {
        throw cannotWrite(directory, cause);
      }
      this.#done.push(() => removeIfEmpty(directory));
    }
    return missing;
  }

  change(change: FileChange): void {
    this.#done.push(() => write(change.path, change.before, change.mode));
    write(change.path, change.after, change.mode);
  }

  /** Notes how to take back a step that was taken elsewhere. */
  also(undo: () => void): void {
    this.#done.push(undo);
  }

  /** Takes everything back, the last step first; the paths that resisted. */
  rollBack(): readonly string[] {
    const resisted: string[] = [];
    for (const undo of this.#done.reverse()) {
      try {
        undo();
      } catch (fault) {
        resisted.push(fault instanceof GuardError ? (fault.at?.file ?? fault.message) : String(fault));
      }
    }
    return resisted;
  }
}

/** Removes a directory that is empty; one that is not stays. */
export function removeIfEmpty(path: string): void {
  try {
    rmdirSync(path);
  } catch (fault) {
    const code = faultCode(fault);
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOENT') throw cannotWrite(path, fault);
  }
}

function write(path: string, bytes: string | undefined, mode: number): void {
  try {
    if (bytes === undefined) rmSync(path, { force: true });
    else if (existsSync(path) && statSync(path).nlink > 1) writeFileSync(path, bytes, 'latin1');
    else replace(path, bytes, mode);
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}

function replace(path: string, bytes: string, mode: number): void {
  const old = existsSync(path) ? statSync(path) : undefined;
  const temporary = `${path}.guard-${process.pid}.tmp`;
  try {
    const fd = openSync(temporary, 'wx', mode);
    try {
      writeFileSync(fd, bytes, 'latin1');
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    if (old) {
      chmodSync(temporary, old.mode & 0o7777);
      if (old.uid !== process.geteuid?.() || old.gid !== process.getegid?.()) {
        chownSync(temporary, old.uid, old.gid);
      }
    }
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    // A directory that takes no new file, or an owner that cannot be given away: the file itself may still be written.
    if (!old) throw cause;
    writeFileSync(path, bytes, 'latin1');
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
