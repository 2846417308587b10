/** `guard log`: records as a table or as JSON, once or as they come. */

import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditRecord } from '../../audit/entry.js';
import { readLatest, readLog } from '../../audit/read.js';
import { CURRENT, eachLine, segmentsOf } from '../../audit/segments.js';
import type { Context } from '../context.js';
import { tableOf } from '../table.js';
import { type FilterOptions, filterOf } from './filter.js';
import { withProgress } from './progress.js';

const HEAD = ['time', 'what', 'agent', 'rules', 'command', 'reason'];
const WIDTHS = [22, 10, 10, 26, 50, 40];
/** On a terminal too narrow for the table, a record is a line, and what explains it another below. */
const LEAST_COLUMNS = WIDTHS.reduce((sum, width) => sum + width);

export interface ListOptions extends FilterOptions {
  readonly json?: true;
  readonly follow?: true;
  readonly limit: number;
}

/** `guard log`, `show` and `tail`. */
export async function listLog(options: ListOptions, context: Context): Promise<void> {
  const { audit } = context.places;
  const { records, older, torn, next } = withProgress(context, watch =>
    readLatest(audit, filterOf(options), options.limit, watch),
  );
  if (options.json) for (const record of records) context.print(JSON.stringify(record));
  else if (records.length === 0 && !options.follow) context.print(nothingIn(audit));
  else if ((process.stdout.columns ?? LEAST_COLUMNS) < LEAST_COLUMNS)
    for (const record of records) context.print(linesOf(record, context));
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

/** What is said where no record is shown. */
export function nothingIn(directory: string): string {
  return eachLine(join(directory, CURRENT), 0, () => undefined) === 0 && segmentsOf(directory).length === 1
    ? 'Nothing is recorded yet: the log begins with the first command that guard judges.'
    : 'The log has no such records.';
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
      context.print(options.json ? JSON.stringify(record) : linesOf(record, context));
    }
  }
}

function rowOf(record: AuditRecord, context: Context): string[] {
  return [
    timeOf(record.time),
    whatOf(record, context),
    record.agent ?? '-',
    record.rules.join('\n'),
    record.command,
    why(record).join('\n'),
  ];
}

function linesOf(record: AuditRecord, context: Context): string {
  const below = [record.rules.join(', '), ...why(record)].filter(Boolean).join('; ');
  const above = [timeOf(record.time), whatOf(record, context), record.agent ?? '-', record.command].join(
    '  ',
  );
  return below === '' ? above : `${above}\n${context.style.dim(`    ${below}`)}`;
}

function why(record: AuditRecord): readonly string[] {
  const request = record.request === undefined ? '' : `(${record.request})`;
  const reason = [record.reason ?? '', request].filter(Boolean).join(' ');
  const ways = (record.tamper ?? []).filter(way => !record.rules.includes(way));
  return [reason, durationOf(record), ...ways].filter(Boolean);
}

/** A time of the log as people read it: where they are. */
export function timeOf(time: string): string {
  const at = new Date(time);
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().replace('T', ' ').slice(0, 19);
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
