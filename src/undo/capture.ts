/**
 * Saving files and trees as they are: bytes, modes, times, symlinks, names that are no UTF-8. Into one flat directory
 * of numbered files and a list of entries. All is counted before a byte is copied. Never follows a symlink, never leaves
 * the file system it began on.
 */

import {
  chmodSync,
  constants,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { faultCode, GuardError } from '../errors.js';
import { sizeText } from '../text.js';
import { below, bytesOf, pathOf, shownPath } from './bytes.js';
import type { Limits, Saved } from './saver.js';

/** One file, directory or symlink as it was. Paths are byte strings, relative to the item's place. */
export interface Entry {
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink';
  readonly mode: number;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly mtime: number;
  /** Where a symlink points. */
  readonly link?: string;
  /** The number of the saved file. */
  readonly data?: number;
  /** Saved as a second name of the same file: good only while size and time are as recorded. */
  readonly shared?: true;
}

/** How a file's bytes are kept: `link` where the command only unlinks it, else `copy` (a reflink where there are such). */
export type Keeping = 'link' | 'copy';

export const ENTRIES = 'entries.json';
export const DATA = 'data';
const MAX_LEFT = 20;

interface Found {
  readonly root: string;
  readonly path: string;
  readonly stats: Stats;
  readonly keeping: Keeping;
}

export class Capture {
  readonly #data: string;
  readonly #directory: string;
  readonly #limits: Limits;
  readonly #until: number;
  readonly #found: Found[] = [];
  readonly #left: string[] = [];
  #bytes = 0;
  #files = 0;

  /** `directory` must exist and be empty. */
  constructor(directory: string, limits: Limits) {
    this.#directory = directory;
    this.#limits = limits;
    this.#until = Date.now() + limits.milliseconds;
    this.#data = join(directory, DATA);
    mkdirSync(this.#data, { mode: 0o700 });
  }

  /** One path below the root with all that is in it; one that is missing is left out. */
  add(root: string, path: string, keeping: Keeping): void {
    const top = bytesOf(root);
    const stats = lstat(below(top, path));
    if (stats) this.#tree(top, path, stats, keeping, stats.dev);
  }

  /** Says that something could not be saved. */
  leave(sentence: string): void {
    if (this.#left.length < MAX_LEFT) this.#left.push(sentence);
  }

  /** Saves all that was added, and the list of it. Throws `GuardError('not-saved')` for what is over the cap. */
  finish(): Saved {
    if (this.#bytes > this.#limits.cap)
      throw notSaved(
        `it is ${sizeText(this.#bytes)}, and one snapshot may be ${sizeText(this.#limits.cap)} (undo: cap in the policy)`,
      );
    const entries: Entry[] = [];
    for (const [i, found] of this.#found.entries()) {
      if (i % 256 === 0) this.#checkTime();
      const entry = this.#saved(found);
      if (entry) entries.push(entry);
    }
    writeFileSync(join(this.#directory, ENTRIES), JSON.stringify(entries), { mode: 0o600 });
    return { bytes: this.#bytes, entries: entries.length, left: this.#left };
  }

  #tree(root: string, path: string, stats: Stats, keeping: Keeping, device: number): void {
    if (stats.dev !== device) {
      this.leave(`${shownPath(path)} is another file system`);
      return;
    }
    if (this.#found.length >= this.#limits.entries)
      throw notSaved(`there are more than ${this.#limits.entries} files and folders`);
    if (this.#found.length % 256 === 0) this.#checkTime();
    this.#found.push({ root, path, stats, keeping });
    if (stats.isFile()) this.#bytes += stats.size;
    if (!stats.isDirectory()) return;
    const here = below(root, path);
    for (const name of readdirSync(pathOf(here), { encoding: 'latin1' })) {
      const inner = path === '' ? name : `${path}/${name}`;
      const found = lstat(below(root, inner));
      if (found) this.#tree(root, inner, found, keeping, device);
    }
  }

  #checkTime(): void {
    if (Date.now() > this.#until)
      throw notSaved(`saving takes longer than ${this.#limits.milliseconds / 1000} seconds`);
  }

  #saved({ root, path, stats, keeping }: Found): Entry | undefined {
    const entry = { path, mode: stats.mode & 0o7777, size: stats.size, mtime: stats.mtimeMs };
    const from = pathOf(below(root, path));
    if (stats.isDirectory()) return { ...entry, kind: 'directory' };
    if (stats.isSymbolicLink())
      return { ...entry, kind: 'symlink', link: readlinkSync(from, { encoding: 'latin1' }) };
    if (stats.isFile()) return { ...entry, kind: 'file', ...this.#keep(from, stats, keeping) };
    this.leave(`${shownPath(path)} is a device, pipe or socket`);
    return undefined;
  }

  /** What was saved is what counts: something may have written there since it was counted. */
  #keep(from: Buffer, stats: Stats, keeping: Keeping): Partial<Entry> {
    const data = this.#files;
    const to = join(this.#data, String(data));
    this.#files += 1;
    // A file with several names may be written through another of them.
    if (keeping === 'link' && stats.nlink === 1 && tryLink(from, to)) {
      const { size, mtimeMs } = statSync(to);
      return { data, size, shared: true, mtime: mtimeMs };
    }
    copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    chmodSync(to, 0o600);
    return { data, size: statSync(to).size };
  }
}

/** The fault for what cannot be saved; `why` is a clause. */
export function notSaved(why: string, cause?: unknown): GuardError {
  return new GuardError('not-saved', why, cause === undefined ? {} : { cause });
}

/** The state of a byte path itself; `undefined` where there is nothing. */
export function lstat(path: string): Stats | undefined {
  return lstatSync(pathOf(path), { throwIfNoEntry: false });
}

/** False across file systems, and where links are not to be had. */
function tryLink(from: Buffer, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (fault) {
    const code = faultCode(fault);
    if (code !== undefined && code !== 'ENOSPC') return false;
    throw fault;
  }
}
