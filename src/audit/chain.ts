/**
 * Where each session's chain of records ends. One process at a time continues a chain; another that finds it in use
 * soon gives up and begins a chain of its own, so that nobody waits for a lock and a killed process blocks nobody.
 */

import { randomBytes } from 'node:crypto';
import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';
import { cannotWrite } from '../durable.js';
import { hold, letGo } from '../lock.js';

/** The end of a chain: the last record's number and hash; 0 and '' before the first. */
export interface ChainEnd {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
}

/** The ends of one log's chains, in one directory. */
export class Chains {
  readonly #directory: string;
  /** Ends of the chains that this process began because the session's was in use. */
  readonly #own = new Map<string, ChainEnd>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * Appends to the session's chain through `append`, which gets the chain's end and returns the new record's hash.
   * What `append` throws leaves the chain as it was.
   */
  extend(session: string, append: (end: ChainEnd) => string): void {
    const path = `${this.#directory}/${session}`;
    const lock = `${path}.lock`;
    if (!this.#own.has(session) && hold(lock)) {
      try {
        extendFile(path, session, append);
      } finally {
        letGo(lock);
      }
      return;
    }
    const end = this.#own.get(session) ?? {
      chain: `${session}~${process.pid}-${randomBytes(4).toString('hex')}`,
      seq: 0,
      hash: '',
    };
    this.#own.set(session, { ...end, seq: end.seq + 1, hash: append(end) });
  }
}

/**
 * The end of a chain stands in its file as `seq hash`, which only grows, and is overwritten in place. A torn one starts
 * the chain again, which the verification reports; no fsync, for what a crash takes here costs a link, not a record.
 */
function extendFile(path: string, chain: string, append: (end: ChainEnd) => string): void {
  const fd = openEnd(path);
  try {
    const match = END.exec(readFileSync(fd, 'utf8'));
    const seq = Number(match?.[1] ?? 0);
    const hash = append({ chain, seq, hash: match?.[2] ?? '' });
    writeSync(fd, `${seq + 1} ${hash}`, 0);
  } catch (cause) {
    throw cause instanceof Error && 'syscall' in cause ? cannotWrite(path, cause) : cause;
  } finally {
    closeSync(fd);
  }
}

/** What a chain's file holds. */
export const END = /^(\d+) ([0-9a-f]{64})$/;

function openEnd(path: string): number {
  try {
    const { O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDWR } = constants;
    return openSync(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}
