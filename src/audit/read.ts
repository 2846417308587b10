/** Reading the audit log: torn or foreign lines are counted, never guessed at. Changes nothing. */

import { join } from 'node:path';
import { type AuditRecord, entryKinds } from './entry.js';
import { CURRENT, eachLine, segmentsOf, type Watch } from './segments.js';

export interface LogPart {
  readonly records: readonly AuditRecord[];
  /** Lines that are no whole record. */
  readonly torn: number;
  /** Where to go on reading the growing segment, in bytes. */
  readonly next: number;
}

/** The growing segment's records from a byte offset on. */
export function readLog(directory: string, from = 0): LogPart {
  const records: AuditRecord[] = [];
  const { torn, next } = readRecords(join(directory, CURRENT), from, record => records.push(record));
  return { records, torn, next };
}

/** The last `limit` records that are wanted, oldest first: the segments are read from the newest back, as far as needed. */
export function readLatest(
  directory: string,
  isWanted: (record: AuditRecord) => boolean,
  limit: number,
  watch?: Watch,
): LogPart & { readonly older: number } {
  const segments = segmentsOf(directory).toReversed();
  let records: AuditRecord[] = [];
  let older = 0;
  let torn = 0;
  let next = 0;
  for (const [i, { path }] of segments.entries()) {
    const here: AuditRecord[] = [];
    const part = readRecords(
      path,
      0,
      record => {
        if (!isWanted(record)) return;
        here.push(record);
        // No more is kept than is asked for, and the rest dropped a heap at a time.
        if (here.length >= 2 * limit + 1_000) older += here.splice(0, here.length - limit).length;
      },
      watch,
    );
    if (i === 0) next = part.next;
    torn += part.torn;
    records = [...here, ...records];
    if (records.length >= limit) break;
  }
  const before = Math.max(0, records.length - limit);
  return { records: records.slice(before), torn, next, older: older + before };
}

/** Calls `use` with every record of the whole log, oldest first. Returns how many lines are torn. */
export function eachRecord(directory: string, use: (record: AuditRecord) => void, watch?: Watch): number {
  return segmentsOf(directory).reduce((torn, { path }) => torn + readRecords(path, 0, use, watch).torn, 0);
}

function readRecords(path: string, from: number, use: (record: AuditRecord) => void, watch?: Watch) {
  let torn = 0;
  const next = eachLine(
    path,
    from,
    line => {
      const record = parseRecord(line.toString('utf8'));
      if (record) use(record);
      else torn += 1;
    },
    watch,
  );
  return { torn, next };
}

/** A line's record, or `undefined` where it is none. */
export function parseRecord(line: string): AuditRecord | undefined {
  // Of a torn line that is soon told; an exception costs more than ten records.
  if (/[^}\s]$/.test(line)) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined;
    throw fault;
  }
}

const TEXTS = ['id', 'time', 'session', 'door', 'command', 'cwd', 'prev'] as const;
const KINDS: ReadonlySet<unknown> = new Set(entryKinds);

function isRecord(value: unknown): value is AuditRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    KINDS.has(Reflect.get(value, 'kind')) &&
    TEXTS.every(name => typeof Reflect.get(value, name) === 'string') &&
    typeof Reflect.get(value, 'seq') === 'number' &&
    Array.isArray(Reflect.get(value, 'rules'))
  );
}
