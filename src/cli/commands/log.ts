/** `guard log`: reads the audit log as a table or as JSON, once or as it grows. */

import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, InvalidArgumentError } from 'commander';
import type { AuditRecord } from '../../audit/entry.js';
import { readLog } from '../../audit/read.js';
import type { Context } from '../context.js';
import { tableOf } from '../table.js';

const HEAD = ['time', 'what', 'agent', 'rules', 'command', 'reason'];
const WIDTHS = [22, 10, 10, 26, 50, 40];

interface Options {
  readonly json?: true;
  readonly denied?: true;
  readonly tamper?: true;
  readonly since?: number;
  readonly follow?: true;
  readonly limit: number;
}

export function registerLog(program: Command, context: Context): void {
  program
    .command('log')
    .description('read the audit log: what was asked, refused, approved and run')
    .option('--json', 'print records as JSON lines')
    .option('--denied', 'only what was refused')
    .option('--tamper', 'only what would go around guard, or change guard or an agent’s hooks')
    .option('--since <when>', 'only what is younger: 30m, 2h, 7d, or a date', readSince)
    .option('--limit <n>', 'at most the last n records', readCount, 50)
    .option('-f, --follow', 'wait for new records')
    .addHelpText(
      'after',
      '\nExamples:\n  guard log --denied --since 2h\n  guard log --tamper\n  guard log --follow --json',
    )
    .action((options: Options) => log(options, context));
}

async function log(options: Options, context: Context): Promise<void> {
  const part = readLog(context.places.audit);
  const wanted = part.records.filter(record => isWanted(record, options));
  const shown = wanted.slice(-options.limit);
  if (options.json) for (const record of shown) context.print(JSON.stringify(record));
  else if (shown.length === 0 && !options.follow) context.print('The log has no such records.');
  else if (shown.length > 0)
    context.print(
      tableOf(
        HEAD,
        shown.map(record => rowOf(record, context)),
        WIDTHS,
      ),
    );
  if (wanted.length > shown.length && !options.json) {
    context.print(`${wanted.length - shown.length} older records are not shown; see --limit and --since.`);
  }
  if (part.torn > 0)
    process.stderr.write(`guard: ${part.torn} lines of the log are torn and were passed over\n`);
  if (options.follow) await follow(part.next, options, context);
}

/** Prints new records twice a second, until interrupted. */
async function follow(from: number, options: Options, context: Context): Promise<never> {
  for (let next = from; ; ) {
    await sleep(500);
    const part = readLog(context.places.audit, next);
    next = part.next;
    for (const record of part.records.filter(one => isWanted(one, options))) {
      context.print(options.json ? JSON.stringify(record) : rowOf(record, context).join('  '));
    }
  }
}

function isWanted(record: AuditRecord, options: Options): boolean {
  if (options.denied && record.kind !== 'refused' && record.kind !== 'rejected') return false;
  if (options.tamper && record.tamper === undefined) return false;
  return options.since === undefined || Date.parse(record.time) >= options.since;
}

function rowOf(record: AuditRecord, context: Context): string[] {
  const { style } = context;
  const colours = {
    refused: style.red,
    rejected: style.red,
    approved: style.green,
    fault: style.red,
    locked: style.red,
  };
  const what = record.kind === 'intent' ? 'ran' : record.kind;
  const colour = Object.hasOwn(colours, record.kind) ? Reflect.get(colours, record.kind) : String;
  const request = record.request === undefined ? '' : ` (${record.request})`;
  return [
    record.time.replace('T', ' ').slice(0, 19),
    colour(what),
    record.agent ?? '-',
    record.rules.join('\n'),
    record.command,
    [`${record.reason ?? ''}${request}`, ...(record.tamper ?? [])].filter(Boolean).join('\n'),
  ];
}

/** A span back from now, or a date; in milliseconds since the epoch. */
function readSince(text: string): number {
  const span = /^(\d+)\s*([smhdw])$/.exec(text);
  if (span) {
    const seconds = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }[span[2]!] ?? 1;
    return Date.now() - Number(span[1]) * seconds * 1000;
  }
  const date = Date.parse(text);
  if (Number.isNaN(date))
    throw new InvalidArgumentError('Give a span like 30m, 2h, 7d, or a date like 2026-11-21.');
  return date;
}

function readCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('Give a whole number from 1.');
  return count;
}
