/**
 * How an approved command ended. The judge leaves a note of what it let start; whoever ran it as a child calls again with
 * the exit status, and the result goes into the log. Judges nothing; what is lost here is a record, never the command.
 */

import { existsSync, readdirSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { systemAnchor } from '../audit/anchor.js';
import type { AuditRecord } from '../audit/entry.js';
import { AuditLog } from '../audit/log.js';
import { writeAtomic } from '../durable.js';
import { faultCode, GuardError } from '../errors.js';
import { processOf } from '../presence/process.js';
import { textAt } from '../unblocked.js';

/** What of an intent its result says again. */
const SHARED = ['door', 'agent', 'decision', 'command', 'cwd', 'repo', 'rules', 'environment'] as const;

/** With the directory of the log that has the intent. */
type Note = Pick<AuditRecord, 'id' | 'session' | 'time' | (typeof SHARED)[number]> & {
  readonly audit: string;
};

/** Where the note lies for the command whose standard input is spooled at `spool`. */
export function noteOf(spool: string): string {
  return `${spool}.ran`;
}

/** What `bin/guard-runner` is written in. Where it is not, there are no results. */
const PERL = '/usr/bin/perl';

/**
 * Leaves the note; false where that cannot be done or there is nothing to run the command as a child, and it is run without
 * a result. `audit` is the log's directory, `runner` the path of `bin/guard-runner`.
 */
export function noteStart(path: string, intent: AuditRecord, audit: string, runner: string): boolean {
  if (!existsSync(PERL) || !existsSync(runner)) return false;
  try {
    writeAtomic(path, JSON.stringify({ ...intent, audit } satisfies Note));
    removeOrphans(dirname(path));
    return true;
  } catch (fault) {
    if (fault instanceof GuardError) return false;
    throw fault;
  }
}

/**
 * Records the end. `status` is the exit status, or -n where signal n ended it; `at` is when, in milliseconds. Never throws:
 * the command has ended either way.
 */
export function recordEnd(path: string, status: number, at: number): void {
  try {
    const note: unknown = JSON.parse(textAt(path));
    rmSync(path, { force: true });
    if (!isNote(note) || !Number.isInteger(status)) return;
    const shared = Object.fromEntries(
      SHARED.flatMap(key => (note[key] === undefined ? [] : [[key, note[key]]])),
    );
    new AuditLog(note.audit, note.session, systemAnchor).append({
      ...(shared as Pick<Note, (typeof SHARED)[number]>),
      kind: 'result',
      of: note.id,
      ...(status < 0 ? { exit: 128 - status, signal: nameOf(-status) } : { exit: status }),
      ms: Math.max(0, Math.round(at - Date.parse(note.time))),
    });
  } catch (fault) {
    // The note is gone, or the disk is full: the log says that it started, and not how it ended.
    if (!(fault instanceof SyntaxError) && faultCode(fault) === undefined) throw fault;
  }
}

/** Notes of shims that were killed: nobody will tell how their commands ended. */
function removeOrphans(spool: string): void {
  for (const name of readdirSync(spool)) {
    const pid = /^(\d+)\.ran$/.exec(name)?.[1];
    if (pid !== undefined && processOf(Number(pid)) === undefined) rmSync(join(spool, name), { force: true });
  }
}

function nameOf(signal: number): string {
  return Object.entries(constants.signals).find(([, number]) => number === signal)?.[0] ?? `signal ${signal}`;
}

function isNote(value: unknown): value is Note {
  if (typeof value !== 'object' || value === null) return false;
  return (
    ['id', 'session', 'time', 'door', 'command', 'cwd', 'audit'].every(
      key => typeof Reflect.get(value, key) === 'string',
    ) && Array.isArray(Reflect.get(value, 'rules'))
  );
}
