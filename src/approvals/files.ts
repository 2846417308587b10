/**
 * The files of a store: one directory a state, one file a request, each step one rename. A file or directory that others
 * could have written, or that is a link, counts for nothing. Knows no state's meaning.
 */

import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { makePrivateDirectory, writeAtomic } from '../durable.js';
import { faultCode, GuardError, isMissing } from '../errors.js';

/** The longest file that is read; a request holds previews and a script. */
const MAX_BYTES = 1024 * 1024;

/** The files of one store, which `owner` alone may write. */
export class StateFiles {
  readonly #root: string;
  readonly #owner: number;
  /** Mode bits that no file and no directory of it may have. */
  readonly #forbidden: number;

  constructor(root: string, owner = process.geteuid?.() ?? 0, forbidden = 0o077) {
    this.#root = root;
    this.#owner = owner;
    this.#forbidden = forbidden;
  }

  /** The whole files in a state, as `[id, text]`. Throws `GuardError('untrusted')` for a directory of another's. */
  read(state: string): readonly (readonly [id: string, text: string])[] {
    const directory = join(this.#root, state);
    if (!this.#isThere(this.#root) || !this.#isThere(directory)) return [];
    const names = readdirSync(directory).filter(name => name.endsWith('.json'));
    return names.flatMap(name => {
      const text = this.#text(join(directory, name));
      return text === undefined ? [] : [[name.slice(0, -'.json'.length), text] as const];
    });
  }

  /** One file's text; `undefined` where there is none that counts. */
  text(state: string, id: string): string | undefined {
    const directory = join(this.#root, state);
    if (!this.#isThere(this.#root) || !this.#isThere(directory)) return undefined;
    return this.#text(join(directory, `${id}.json`));
  }

  has(state: string, id: string): boolean {
    const path = join(this.#root, state, `${id}.json`);
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  }

  /** Everything that stands in a state, readable or not, by name, newest first; `at`: when it was written, ms since 1970. */
  written(state: string): readonly { readonly name: string; readonly at: number }[] {
    const directory = join(this.#root, state);
    if (!this.#isThere(this.#root) || !this.#isThere(directory)) return [];
    const found = readdirSync(directory).flatMap(name => {
      const stats = lstatSync(join(directory, name), { throwIfNoEntry: false });
      return stats?.isDirectory() === false ? [{ name, at: stats.mtimeMs }] : [];
    });
    return found.toSorted((a, b) => b.at - a.at);
  }

  /** Removes what `written` named. */
  forget(state: string, name: string): void {
    rmSync(join(this.#root, state, name), { force: true });
  }

  write(state: string, id: string, text: string): void {
    const directory = join(this.#root, state);
    makePrivateDirectory(this.#root);
    this.#isThere(this.#root);
    makePrivateDirectory(directory);
    this.#isThere(directory);
    writeAtomic(join(directory, `${id}.json`), text, 0o666 & ~this.#forbidden);
  }

  /** One rename; false where another was quicker, or there is no such file. */
  move(id: string, from: string, to: string): boolean {
    const target = join(this.#root, to);
    makePrivateDirectory(target);
    this.#isThere(target);
    try {
      renameSync(join(this.#root, from, `${id}.json`), join(target, `${id}.json`));
      return true;
    } catch (fault) {
      if (isMissing(fault)) return false;
      throw fault;
    }
  }

  remove(state: string, id: string): void {
    rmSync(join(this.#root, state, `${id}.json`), { force: true });
  }

  /** False where there is no such directory. */
  #isThere(directory: string): boolean {
    // Below a path that is no directory there is none either; whoever writes there then says so.
    const stats = existsSync(dirname(directory))
      ? lstatSync(directory, { throwIfNoEntry: false })
      : undefined;
    if (stats === undefined) return false;
    if (stats.isDirectory() && stats.uid === this.#owner && (stats.mode & this.#forbidden) === 0) return true;
    const why = stats.isDirectory()
      ? 'belongs to another user, or others can write or read it'
      : 'is no directory';
    throw new GuardError('untrusted', `${directory} ${why}, so no approval in it counts`, {
      hint: `Look at what is in it, move it away, and run the command again: guard makes a new one.`,
      at: { file: directory },
    });
  }

  #text(path: string): string | undefined {
    let fd: number;
    try {
      fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    } catch (fault) {
      // A link (ELOOP), gone (ENOENT) or closed to us (EACCES): no request of ours.
      if (faultCode(fault) !== undefined) return undefined;
      throw fault;
    }
    try {
      const stats = fstatSync(fd);
      const isOurs = stats.isFile() && stats.uid === this.#owner && stats.nlink === 1;
      if (!isOurs || (stats.mode & this.#forbidden) !== 0 || stats.size > MAX_BYTES) return undefined;
      return readFileSync(fd, 'utf8');
    } finally {
      closeSync(fd);
    }
  }
}

/** The JSON object in a state file's text; `undefined` for one that was half written, or is something else. */
export function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined;
    throw fault;
  }
}
