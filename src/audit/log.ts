/**
 * The audit log: append-only JSON lines, lock-free. One write of at most 3 kB a record, framed by newlines so that a
 * torn line costs only itself; each session's records are chained by hash. Decides nothing about what is recorded.
 */

import { closeSync, constants, existsSync, fstatSync, openSync, rmSync, writeSync } from 'node:fs';
import { cannotWrite } from '../durable.js';
import { faultCode, GuardError } from '../errors.js';
import { sha256 } from '../sha256.js';
import { appendAt, bytesAt } from '../unblocked.js';
import { Chains } from './chain.js';
import type { AuditEntry, AuditRecord } from './entry.js';
import { leafHash } from './merkle.js';
import { type Anchor, isSealDue, seal } from './seal.js';
import { CURRENT } from './segments.js';

const MAX_BYTES = 3_000;
const MAX_COMMAND = 1_500;

/** The log in one directory, for one session (a name that its processes share: the terminal's session, say). */
export class AuditLog {
  readonly #directory: string;
  readonly #session: string;
  readonly #now: () => number;
  readonly #anchor: Anchor | undefined;
  readonly #chains: Chains;
  #hasSealed = false;

  /** `anchor` is handed each checkpoint, to keep a copy of it where this user cannot change it. */
  constructor(directory: string, session: string, anchor?: Anchor, now: () => number = Date.now) {
    this.#directory = directory;
    this.#session = session.replace(/[^\w.-]/g, '_').slice(0, 64);
    this.#now = now;
    this.#anchor = anchor;
    this.#chains = new Chains(`${directory}/heads`);
  }

  /** Appends one record. Throws `GuardError('cannot-write')` where it could not be written whole. */
  append(entry: AuditEntry): AuditRecord {
    const lost = this.#takeLost();
    const { record, size } = this.#write(this.#session, entry, lost);
    if (isSealDue(this.#directory, record.seq, this.#now()))
      this.#hasSealed = seal(this.#directory, {
        now: this.#now(),
        size,
        anchor: this.#anchor,
        record: note => {
          this.#write('checkpoints', { ...SEALED, ...note }, 0);
        },
      });
    return record;
  }

  /** Did the last record find the log due to be sealed, and seal it? Of all processes one does, every half a minute. */
  get hasSealed(): boolean {
    return this.#hasSealed;
  }

  #write(session: string, entry: AuditEntry, lost: number): { record: AuditRecord; size: number } {
    const time = this.#now();
    let written: { record: AuditRecord; size: number } | undefined;
    this.#chains.extend(session, ({ chain, seq, hash }) => {
      const record: AuditRecord = {
        v: 1,
        id: ulid(time),
        time: new Date(time).toISOString(),
        session,
        ...(chain !== session && { chain }),
        seq: seq + 1,
        prev: hash,
        pid: process.pid,
        ...entry,
        ...(lost > 0 && { lost }),
      };
      const line = fit(record);
      written = { record, size: writeOnce(`${this.#directory}/${CURRENT}`, `\n${line}\n`) };
      return leafHash(line);
    });
    if (written === undefined) throw new Error('the chain was not extended');
    return written;
  }

  /** Notes that a record was lost; the next one that can be written says how many. Best effort: the disk is in trouble. */
  countLost(): void {
    try {
      appendAt(`${this.#directory}/lost`, '.');
    } catch (fault) {
      if (!(fault instanceof Error)) throw fault;
    }
  }

  #takeLost(): number {
    const path = `${this.#directory}/lost`;
    if (!existsSync(path)) return 0;
    try {
      const lost = bytesAt(path).length;
      rmSync(path, { force: true });
      return lost;
    } catch (fault) {
      if (faultCode(fault) === 'ENOENT') return 0;
      throw fault;
    }
  }
}

/** What a checkpoint's record says beside its note. */
const SEALED = { kind: 'checkpoint', door: 'guard', command: '', cwd: '', rules: [] } as const;

/** The record as JSON of at most 3 kB: the command is cut first, then what names it. */
function fit(record: AuditRecord): string {
  const whole = JSON.stringify({ ...record, command: cut(record.command, MAX_COMMAND) });
  // No character has more than three bytes for each of its units; to count them is seldom needed.
  if (whole.length * 3 <= MAX_BYTES || Buffer.byteLength(whole) <= MAX_BYTES) return whole;
  const small = {
    ...record,
    command: cut(record.command, 300),
    cwd: cut(record.cwd, 300),
    ...(record.repo !== undefined && { repo: cut(record.repo, 300) }),
    reason: cut(record.reason ?? '', 300),
  };
  return JSON.stringify({
    ...small,
    rules: record.rules.slice(0, 10).map(rule => cut(rule, 80)),
    ...(record.tamper && { tamper: record.tamper.slice(0, 5).map(way => cut(way, 80)) }),
  });
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const digest = sha256(text).slice(0, 16);
  return `${text.slice(0, length)}… (${text.length} characters, sha256 ${digest})`;
}

/**
 * One write(2); returns the file's size before it. A short write means a full disk; what was written is a torn line,
 * which the reader passes over.
 */
function writeOnce(path: string, text: string): number {
  let fd: number;
  try {
    fd = openSync(
      path,
      constants.O_APPEND |
        constants.O_WRONLY |
        constants.O_CREAT |
        constants.O_NOFOLLOW |
        constants.O_NONBLOCK,
      0o600,
    );
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
  try {
    const facts = fstatSync(fd);
    if (!facts.isFile())
      throw new GuardError('cannot-write', `${path} is not a regular file`, { at: { file: path } });
    const bytes = Buffer.from(text);
    if (writeSync(fd, bytes) !== bytes.length)
      throw new GuardError('cannot-write', `the disk is full at ${path}`);
    return facts.size;
  } catch (cause) {
    throw cause instanceof GuardError ? cause : cannotWrite(path, cause);
  } finally {
    closeSync(fd);
  }
}

/** A ULID: 48 bits of milliseconds, 80 random bits, Crockford's base 32; sorts by time. Random, not secret. */
function ulid(time: number): string {
  const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  let id = '';
  for (let i = 0, rest = time; i < 10; i += 1, rest = Math.floor(rest / 32)) id = `${digits[rest % 32]}${id}`;
  for (let i = 0; i < 16; i += 1) id += digits[Math.floor(Math.random() * 32)];
  return id;
}
