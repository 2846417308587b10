/**
 * Which of guard's files were read and found right, by what the file system says of each: reading and hashing three hundred
 * takes longer than a judgement. Kept beside the log; without it everything is read. Judges nothing.
 *
 * Whoever writes a file leaves another time of change (ctime), which no call sets back while the clock is right. Someone who
 * runs as you can write these stamps as well as the list itself: neither is more to be trusted than the other.
 */

import type { Stats } from 'node:fs';
import { writeAtomic } from '../durable.js';
import { faultCode } from '../errors.js';
import { textAt } from '../unblocked.js';
import type { InstalledFile } from './manifest.js';

/** For how many milliseconds a stamp saves reading the file. */
const KEPT = 24 * 60 * 60 * 1000;
/** A file that changed just now may change again at the same time of its clock. */
const SETTLED = 2_000;

interface Kept {
  readonly since: number;
  /** By absolute path. */
  readonly stamps: Readonly<Record<string, string>>;
}

export class Stamps {
  readonly #path: string;
  readonly #now: number;
  readonly #kept: Kept;
  readonly #found: Record<string, string> = {};
  #isNew = false;

  constructor(path: string, now: number) {
    this.#path = path;
    this.#now = now;
    const kept = readKept(path);
    const isGood = kept !== undefined && kept.since <= now && now - kept.since < KEPT;
    this.#kept = isGood ? kept : { since: now, stamps: {} };
  }

  /** Was this very file read, and was it what is wanted now? */
  has(path: string, stats: Stats, wanted: InstalledFile): boolean {
    const stamp = stampOf(stats, wanted);
    if (this.#kept.stamps[path] !== stamp) return false;
    this.#found[path] = stamp;
    return true;
  }

  /** Notes that it was read, after those `stats` were taken, and is what is wanted. */
  note(path: string, stats: Stats, wanted: InstalledFile): void {
    if (Math.abs(this.#now - stats.ctimeMs) < SETTLED) return;
    this.#found[path] = stampOf(stats, wanted);
    this.#isNew = true;
  }

  /** Throws `GuardError('cannot-write')`. */
  save(): void {
    if (this.#isNew)
      writeAtomic(this.#path, JSON.stringify({ since: this.#kept.since, stamps: this.#found }));
  }
}

function stampOf({ ino, size, mtimeMs, ctimeMs }: Stats, { sha256, holds = '' }: InstalledFile): string {
  return [ino, size, mtimeMs, ctimeMs, ...sha256, holds].join(' ');
}

function readKept(path: string): Kept | undefined {
  try {
    const value: unknown = JSON.parse(textAt(path));
    return isKept(value) ? value : undefined;
  } catch (fault) {
    // None, or torn: every file is read.
    if (fault instanceof SyntaxError || faultCode(fault) !== undefined) return undefined;
    throw fault;
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null || !('since' in value) || !('stamps' in value))
    return false;
  return typeof value.since === 'number' && typeof value.stamps === 'object' && value.stamps !== null;
}
