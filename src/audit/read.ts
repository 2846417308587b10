/** Reading the audit log: torn or foreign lines are counted, never guessed at. Changes nothing. */

import { join } from 'node:path';
import { type AuditRecord, entryKinds } from './entry.js';
import { readLines } from './log.js';

export interface LogPart {
  readonly records: readonly AuditRecord[];
  /** Lines that are no whole record. */
  readonly torn: number;
  /** Where to go on reading, in bytes. */
  readonly next: number;
}

/** The records from a byte offset on. */
export function readLog(directory: string, from = 0): LogPart {
  const { lines, next } = readLines(join(directory, 'log.jsonl'), from);
  const records = lines.map(parse);
  const whole = records.filter(record => record !== undefined);
  return { records: whole, torn: records.length - whole.length, next };
}

function parse(line: string): AuditRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined;
    throw fault;
  }
}

function isRecord(value: unknown): value is AuditRecord {
  if (typeof value !== 'object' || value === null) return false;
  const kinds: readonly string[] = entryKinds;
  const texts = ['id', 'time', 'session', 'door', 'command', 'cwd'];
  return (
    kinds.includes(String(Reflect.get(value, 'kind'))) &&
    texts.every(name => typeof Reflect.get(value, name) === 'string') &&
    Array.isArray(Reflect.get(value, 'rules'))
  );
}
