/** `guard log session`: one session told in order, or the list of sessions. */

import type { AuditRecord } from '../../audit/entry.js';
import { eachRecord } from '../../audit/read.js';
import { GuardError } from '../../errors.js';
import type { Context } from '../context.js';
import { tableOf } from '../table.js';
import { durationOf, timeOf, whatOf } from './list.js';

/** What is said of a session in the list. */
export interface SessionSummary {
  readonly session: string;
  readonly agent: string;
  readonly first: string;
  readonly last: string;
  readonly where: string;
  readonly commands: number;
  readonly refused: number;
}

export function showSession(id: string | undefined, options: { json?: true }, context: Context): void {
  const bySession = sessionsIn(context.places.audit);
  if (id === undefined) {
    const all = [...bySession.values()].map(summaryOf);
    context.print(options.json ? JSON.stringify(all, null, 2) : tableOfSessions(all));
    return;
  }
  const names = [...bySession.keys()];
  const matching = names.includes(id) ? [id] : names.filter(name => name.startsWith(id));
  const [name] = matching;
  if (name === undefined || matching.length > 1)
    throw new GuardError(
      'no-session',
      name === undefined ? `the log has no session ${id}` : `${id} begins ${matching.length} sessions`,
      { hint: 'See which there are: guard log session' },
    );
  const records = bySession.get(name) ?? [];
  if (options.json) for (const record of records) context.print(JSON.stringify(record));
  else context.print(storyOf(records, context).join('\n'));
}

/** The records of each session, in the order of the log, without guard's own. */
function sessionsIn(directory: string): ReadonlyMap<string, readonly AuditRecord[]> {
  const bySession = new Map<string, AuditRecord[]>();
  eachRecord(directory, record => {
    if (record.kind === 'checkpoint') return;
    const known = bySession.get(record.session);
    if (known) known.push(record);
    else bySession.set(record.session, [record]);
  });
  return bySession;
}

export function summaryOf(records: readonly AuditRecord[]): SessionSummary {
  const [first] = records;
  const last = records.at(-1);
  return {
    session: first?.session ?? '',
    agent: records.find(({ agent }) => agent !== undefined)?.agent ?? '-',
    first: first?.time ?? '',
    last: last?.time ?? '',
    where: first?.repo ?? first?.cwd ?? '',
    commands: records.filter(({ kind }) => kind === 'intent').length,
    refused: records.filter(({ kind }) => kind === 'refused').length,
  };
}

function tableOfSessions(all: readonly SessionSummary[]): string {
  if (all.length === 0) return 'The log has no sessions yet.';
  return tableOf(
    ['session', 'agent', 'first', 'last', 'ran', 'refused', 'where'],
    all.map(one => [
      one.session,
      one.agent,
      timeOf(one.first),
      timeOf(one.last),
      String(one.commands),
      String(one.refused),
      one.where,
    ]),
  );
}

/** Each record as a line, with what belongs to it indented below. */
function storyOf(records: readonly AuditRecord[], context: Context): readonly string[] {
  const { style } = context;
  const { session, agent, where, commands, refused } = summaryOf(records);
  let cwd = '';
  let day = '';
  const lines = records.flatMap(record => {
    const [date = '', time] = timeOf(record.time).split(' ');
    const moved = record.cwd !== cwd && record.cwd !== '';
    const heading = [...(date === day ? [] : [date]), ...(moved ? [`in ${record.cwd}`] : [])];
    if (moved) cwd = record.cwd;
    day = date;
    return [
      ...(heading.length > 0 ? [style.dim(`          ${heading.join(' ')}`)] : []),
      `${style.dim(time ?? '')}  ${whatOf(record, context)}  ${record.command}`,
      ...detailsOf(record).map(detail => style.dim(`          ${detail}`)),
    ];
  });
  return [
    `${session}: ${agent === '-' ? 'no agent' : agent} in ${where}, ${commands} commands ran, ${refused} were refused`,
    '',
    ...lines,
  ];
}

function detailsOf(record: AuditRecord): readonly string[] {
  const { rules, reason, request, snapshot } = record;
  return [
    ...(rules.length > 0 ? [`rules: ${rules.join(', ')}`] : []),
    ...(reason ? [`why: ${reason}`] : []),
    ...(record.tamper ?? []).map(text => `tampers: ${text}`),
    ...(request === undefined ? [] : [`request: ${request}`]),
    ...(snapshot === undefined ? [] : [`snapshot: ${snapshot}; guard undo ${snapshot}`]),
    ...(record.ms === undefined ? [] : [durationOf(record)]),
  ];
}
