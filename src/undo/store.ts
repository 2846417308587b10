/**
 * Snapshots on disk: one directory each, made aside and renamed into place, so that what a crash or a full disk leaves
 * half done is never listed. Private to the user. Who may restore or prune is the caller's matter.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { makePrivateDirectory, writeAtomic } from '../durable.js';
import { faultCode, GuardError } from '../errors.js';
import { shortId } from '../short-id.js';
import { notSaved } from './capture.js';
import { savers } from './index.js';
import type { Retention } from './plan.js';
import { holdSame } from './same.js';
import type { Environment, Item, Planned, Saved, Saver, Step } from './saver.js';

/** What a snapshot was taken for. Texts are redacted. */
export interface About {
  readonly command: string;
  readonly cwd: string;
  readonly agent?: string;
  readonly rules: readonly string[];
}

export interface Snapshot extends About {
  readonly v: 1;
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly bytes: number;
  readonly items: readonly (Item & Saved)[];
}

const FILE = 'snapshot.json';
const PARTIAL = 'partial';
const ID = /^[0-9A-Z]{5}$/;
/** No snapshot takes so long: what is older was left by a crash. */
const STALE_MS = 60 * 60_000;

/** The snapshots of one user, a directory each. */
export class SnapshotStore {
  readonly #root: string;
  readonly #now: () => number;

  constructor(root: string, now: () => number = Date.now) {
    this.#root = root;
    this.#now = now;
  }

  /**
   * Saves the items, all or none; gives the snapshot that holds them already, where nothing has changed since it was
   * taken (a script was saved, and now a command in it). Throws `GuardError('not-saved')` with the reason as a clause.
   */
  take(items: readonly Planned[], about: About, retention: Retention, env: Environment): Snapshot {
    const id = shortId(5, one => existsSync(join(this.#root, one)));
    const partial = join(this.#root, PARTIAL, id);
    try {
      makePrivateDirectory(partial);
      const saved = this.#save(items, partial, retention, env);
      const bytes = saved.reduce((sum, item) => sum + item.bytes, 0);
      const time = new Date(this.#now()).toISOString();
      const same = this.#sameAs(saved, partial);
      const snapshot: Snapshot = same ? { ...same, time } : { v: 1, id, time, ...about, bytes, items: saved };
      writeAtomic(join(same ? join(this.#root, same.id) : partial, FILE), JSON.stringify(snapshot, null, 2));
      if (same) this.#clear(partial);
      else renameSync(partial, join(this.#root, id));
      this.prune(retention);
      return snapshot;
    } catch (fault) {
      this.#clear(partial);
      throw asNotSaved(fault);
    }
  }

  /** All whole snapshots, newest first. */
  list(): readonly Snapshot[] {
    return names(this.#root)
      .filter(name => ID.test(name))
      .flatMap(name => this.#read(name) ?? [])
      .toSorted((a, b) => (a.time < b.time ? 1 : -1));
  }

  /** Throws `GuardError('no-such-snapshot')`. */
  find(id: string): Snapshot {
    const wanted = id.toUpperCase();
    const snapshot = ID.test(wanted) ? this.#read(wanted) : undefined;
    if (snapshot) return snapshot;
    throw new GuardError('no-such-snapshot', `there is no snapshot ${id}`, {
      hint: 'See `guard undo` for those that there are.',
    });
  }

  /** What giving a snapshot back would do now. */
  steps(snapshot: Snapshot, env: Environment): readonly Step[] {
    return snapshot.items.flatMap((item, i) =>
      saverOf(item).steps(item, join(this.#root, snapshot.id, String(i)), env),
    );
  }

  /** Renamed away first: half a removal is not offered either. */
  remove(id: string): void {
    const aside = join(this.#root, PARTIAL, `${id}.${process.pid}`);
    makePrivateDirectory(join(this.#root, PARTIAL));
    renameSync(join(this.#root, id), aside);
    this.#clear(aside);
  }

  /** Removes what is too old, then the oldest until the rest is small enough; returns what was removed. */
  prune({ keep, size }: Pick<Retention, 'keep' | 'size'>): readonly Snapshot[] {
    this.#sweep();
    let total = 0;
    const gone = this.list().filter(snapshot => {
      total += snapshot.bytes;
      // The newest stays whatever its size: its command may not even have started.
      const isNewest = total === snapshot.bytes;
      return this.#now() - Date.parse(snapshot.time) > keep || (total > size && !isNewest);
    });
    for (const { id } of gone) this.remove(id);
    return gone;
  }

  #save(items: readonly Planned[], partial: string, retention: Retention, door: Environment) {
    let { cap } = retention.one;
    return items.map((planned, i) => {
      // Environment and input are for its saver alone, and never written.
      const { env = door, input: _, ...item } = planned;
      const directory = join(partial, String(i));
      mkdirSync(directory, { mode: 0o700 });
      const saved = saverOf(item).save(planned, directory, { ...retention.one, cap }, env);
      cap -= saved.bytes;
      return { ...item, ...saved };
    });
  }

  /** The newest snapshot of these things, where it holds what was just saved of them to the byte. */
  #sameAs(items: Snapshot['items'], partial: string): Snapshot | undefined {
    const placesIn = (snapshot: Snapshot) =>
      items.map(item => snapshot.items.findIndex(one => one.kind === item.kind && one.place === item.place));
    const newest = this.list().find(one => placesIn(one).every(at => at >= 0));
    if (!newest) return undefined;
    const isSame = (at: number, i: number) =>
      isDeepStrictEqual(newest.items[at], items[i]) &&
      holdSame(join(this.#root, newest.id, String(at)), join(partial, String(i)));
    return placesIn(newest).every(isSame) ? newest : undefined;
  }

  #read(id: string): Snapshot | undefined {
    try {
      const snapshot: Snapshot = JSON.parse(readFileSync(join(this.#root, id, FILE), 'utf8'));
      return snapshot.v === 1 && snapshot.id === id ? snapshot : undefined;
    } catch (fault) {
      // Pruned by another guard meanwhile, or not a snapshot at all.
      if (fault instanceof Error) return undefined;
      throw fault;
    }
  }

  /** What a crash left behind. */
  #sweep(): void {
    const partial = join(this.#root, PARTIAL);
    for (const name of names(partial)) {
      const stats = statSync(join(partial, name), { throwIfNoEntry: false });
      if (stats && this.#now() - stats.mtimeMs > STALE_MS) this.#clear(join(partial, name));
    }
  }

  /** Best effort: what cannot be removed now is swept later, and never listed. */
  #clear(path: string): void {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch (fault) {
      if (!(fault instanceof Error)) throw fault;
    }
  }
}

function saverOf(item: Item): Saver {
  const saver = savers.find(one => one.kind === item.kind);
  if (saver) return saver;
  throw new GuardError('broken-snapshot', `this guard does not know snapshots of kind ${item.kind}`);
}

function names(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (fault) {
    if (faultCode(fault) !== undefined) return [];
    throw fault;
  }
}

/** What the system said, as a clause for the question: `the disk is full`. */
function asNotSaved(fault: unknown): GuardError {
  if (fault instanceof GuardError && fault.code === 'not-saved') return fault;
  if (fault instanceof GuardError) return notSaved(fault.message, fault);
  const code = faultCode(fault);
  if (code === undefined) throw fault;
  const clauses: Readonly<Record<string, string>> = {
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    EROFS: 'the file system is read-only',
    EACCES: 'a file may not be read, or guard may not write its own directory',
    EPERM: 'a file may not be read, or guard may not write its own directory',
  };
  return notSaved(clauses[code] ?? `the system said ${code}`, fault);
}
