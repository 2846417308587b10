/**
 * The audit log: append-only JSON lines, lock-free. One write of at most 3 kB a record, framed by newlines so that a
 * torn line costs only itself; each session's records are chained by hash. Decides nothing about what is recorded.
 */

import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { cannotWrite, makePrivateDirectory } from '../durable.js';
import { GuardError } from '../errors.js';
import type { AuditEntry, AuditRecord } from './entry.js';

const MAX_BYTES = 3_000;
const MAX_COMMAND = 1_500;

/** The log in one directory, for one session (a name that its processes share: the terminal's session, say). */
export class AuditLog {
  readonly #directory: string;
  readonly #session: string;
  readonly #now: () => number;

  constructor(directory: string, session: string, now: () => number = Date.now) {
    this.#directory = directory;
    this.#session = session.replace(/[^\w.-]/g, '_').slice(0, 64);
    this.#now = now;
  }

  /** Appends one record. Throws `GuardError('cannot-write')` where it could not be written whole. */
  append(entry: AuditEntry): AuditRecord {
    const heads = join(this.#directory, 'heads');
    makePrivateDirectory(heads);
    const head = join(heads, this.#session);
    const { seq, hash } = readHead(head);
    const lost = this.#takeLost();
    const time = this.#now();
    const record: AuditRecord = {
      v: 1,
      id: ulid(time),
      time: new Date(time).toISOString(),
      session: this.#session,
      seq: seq + 1,
      prev: hash,
      pid: process.pid,
      ...entry,
      ...(lost > 0 && { lost }),
    };
    const line = fit(record);
    writeOnce(join(this.#directory, 'log.jsonl'), `\n${line}\n`);
    writeHead(head, `${seq + 1} ${hashOf(line)}`);
    return record;
  }

  /** Notes that a record was lost; the next one that can be written says how many. Best effort: the disk is in trouble. */
  countLost(): void {
    try {
      writeFileSync(join(this.#directory, 'lost'), '.', { flag: 'a', mode: 0o600 });
    } catch (fault) {
      if (!(fault instanceof Error)) throw fault;
    }
  }

  #takeLost(): number {
    const path = join(this.#directory, 'lost');
    try {
      const lost = readFileSync(path).length;
      rmSync(path, { force: true });
      return lost;
    } catch (fault) {
      if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return 0;
      throw fault;
    }
  }
}

/** SHA-256 of a record's line, hexadecimal. */
export function hashOf(line: string): string {
  return createHash('sha256').update(line).digest('hex');
}

/** The record as JSON of at most 3 kB: the command is cut first, then what names it. */
function fit(record: AuditRecord): string {
  const whole = JSON.stringify({ ...record, command: cut(record.command, MAX_COMMAND) });
  if (Buffer.byteLength(whole) <= MAX_BYTES) return whole;
  const small = {
    ...record,
    command: cut(record.command, 300),
    cwd: cut(record.cwd, 300),
    reason: cut(record.reason ?? '', 300),
  };
  return JSON.stringify({
    ...small,
    rules: record.rules.slice(0, 10).map(rule => cut(rule, 80)),
    ...(record.tamper && { tamper: record.tamper.slice(0, 5).map(way => cut(way, 80)) }),
  });
}

function cut(text: string, length: number): string {
  return text.length <= length
    ? text
    : `${text.slice(0, length)}… (${text.length} characters, sha256 ${hashOf(text).slice(0, 16)})`;
}

/** One write(2). A short write means a full disk; what was written is a torn line, which the reader passes over. */
function writeOnce(path: string, text: string): void {
  let fd: number;
  try {
    fd = openSync(
      path,
      constants.O_APPEND | constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW,
      0o600,
    );
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
  try {
    if (!fstatSync(fd).isFile())
      throw new GuardError('cannot-write', `${path} is not a regular file`, { at: { file: path } });
    const bytes = Buffer.from(text);
    if (writeSync(fd, bytes) !== bytes.length)
      throw new GuardError('cannot-write', `the disk is full at ${path}`);
  } catch (cause) {
    throw cause instanceof GuardError ? cause : cannotWrite(path, cause);
  } finally {
    closeSync(fd);
  }
}

/** The last record of a session as `seq hash`. Lost or torn heads start a new chain, which the reader reports. */
function readHead(path: string): { seq: number; hash: string } {
  try {
    const match = /^(\d+) ([0-9a-f]{64})$/.exec(readFileSync(path, 'utf8'));
    return match ? { seq: Number(match[1]), hash: match[2]! } : { seq: 0, hash: '' };
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return { seq: 0, hash: '' };
    throw cannotWrite(path, fault);
  }
}

/** No fsync: a head that a crash takes costs a link, not a record. */
function writeHead(path: string, text: string): void {
  const temporary = `${path}.${process.pid}`;
  try {
    writeFileSync(temporary, text, { mode: 0o600 });
    renameSync(temporary, path);
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}

/** A ULID: 48 bits of milliseconds, 80 random bits, Crockford's base 32; sorts by time. */
function ulid(time: number): string {
  const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const bits = (BigInt(time) << 80n) | BigInt(`0x${randomBytes(10).toString('hex')}`);
  return Array.from({ length: 26 }, (_, i) => digits[Number((bits >> BigInt(5 * (25 - i))) & 31n)]).join('');
}

/** Reads the log's lines from a byte offset; returns them with the offset after the last whole one. */
export function readLines(
  path: string,
  from = 0,
): { readonly lines: readonly string[]; readonly next: number } {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT')
      return { lines: [], next: from };
    throw new GuardError('cannot-read', `cannot read ${path}`, { at: { file: path }, cause: fault });
  }
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(fd).size - from));
    const read = readSync(fd, bytes, 0, bytes.length, from);
    const whole = bytes.subarray(0, read).lastIndexOf(0x0a) + 1;
    const lines = bytes
      .toString('utf8', 0, whole)
      .split('\n')
      .filter(line => line !== '');
    return { lines, next: from + whole };
  } finally {
    closeSync(fd);
  }
}
