/** `guard log`: records as a table or as JSON, once or as they come. */

import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditRecord } from '../../audit/entry.js';
import { readLatest, readLog } from '../../audit/read.js';
import { CURRENT } from '../../audit/segments.js';
import type { Context } from '../context.js';
import { tableOf } from '../table.js';
import { type FilterOptions, filterOf } from './filter.js';

const HEAD = ['time', 'what', 'agent', 'rules', 'command', 'reason'];
const WIDTHS = [22, 10, 10, 26, 50, 40];

export interface ListOptions extends FilterOptions {
  readonly json?: true;
  readonly follow?: true;
  readonly limit: number;
}

export async function listLog(options: ListOptions, context: Context): Promise<void> {
  const { audit } = context.places;
  const { records, older, torn, next } = readLatest(audit, filterOf(options), options.limit);
  if (options.json) for (const record of records) context.print(JSON.stringify(record));
  else if (records.length === 0 && !options.follow) context.print('The log has no such records.');
  else if (records.length > 0)
    context.print(
      tableOf(
        HEAD,
        records.map(record => rowOf(record, context)),
        WIDTHS,
      ),
    );
  if (older > 0 && !options.json)
    context.print('Older records are not shown; see --limit, --since and the other filters.');
  if (torn > 0) process.stderr.write(`guard: ${torn} lines of the log are torn and were passed over\n`);
  if (options.follow) await follow(next, options, context);
}

/** Prints new records twice a second, until interrupted. A log that was closed for a new one is read from its start. */
async function follow(from: number, options: ListOptions, context: Context): Promise<never> {
  const isWanted = filterOf(options);
  const path = join(context.places.audit, CURRENT);
  for (let next = from; ; ) {
    await sleep(500);
    if (existsSync(path) && statSync(path).size < next) next = 0;
    const part = readLog(context.places.audit, next);
    next = part.next;
    for (const record of part.records.filter(isWanted)) {
      context.print(options.json ? JSON.stringify(record) : rowOf(record, context).join('  '));
    }
  }
}

function rowOf(record: AuditRecord, context: Context): string[] {
  const request = record.request === undefined ? '' : ` (${record.request})`;
  return [
    timeOf(record),
    whatOf(record, context),
    record.agent ?? '-',
    record.rules.join('\n'),
    record.command,
    [`${record.reason ?? ''}${request}`, durationOf(record), ...(record.tamper ?? [])]
      .filter(Boolean)
      .join('\n'),
  ];
}

/** A record's time as people read it. */
export function timeOf({ time }: AuditRecord): string {
  return time.replace('T', ' ').slice(0, 19);
}

/** `after 1.2 s`, of a result; '' of any other record. */
export function durationOf({ ms }: AuditRecord): string {
  return ms === undefined ? '' : `after ${(ms / 1000).toFixed(1)} s`;
}

/** How a command ended: `exit 3`, `SIGTERM`; '' of any other record than a result. */
export function endOf({ exit, signal }: AuditRecord): string {
  return signal ?? (exit === undefined ? '' : `exit ${exit}`);
}

/** What happened, in one coloured word. */
export function whatOf(record: AuditRecord, { style }: Context): string {
  const { kind, exit } = record;
  switch (kind) {
    case 'intent':
      return 'ran';
    case 'result':
      return exit === 0 ? 'ended' : style.yellow(endOf(record));
    case 'refused':
    case 'rejected':
    case 'fault':
    case 'locked':
    case 'tamper':
      return style.red(kind);
    case 'approved':
      return style.green(kind);
    default:
      return kind;
  }
}
