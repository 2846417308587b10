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
  const sessions = sessionsIn(context.places.audit);
  if (id === undefined) {
    const all = [...sessions.values()];
    context.print(options.json ? JSON.stringify(all, null, 2) : tableOfSessions(all));
    return;
  }
  const names = [...sessions.keys()];
  const matching = names.includes(id) ? [id] : names.filter(name => name.startsWith(id));
  const [name] = matching;
  if (name === undefined || matching.length > 1)
    throw new GuardError(
      'no-session',
      name === undefined ? `the log has no session ${id}` : `${id} begins ${matching.length} sessions`,
      { hint: 'See which there are: guard log session' },
    );
  const records: AuditRecord[] = [];
  eachRecord(context.places.audit, record => {
    if (record.session === name && record.kind !== 'checkpoint') records.push(record);
  });
  if (options.json) for (const record of records) context.print(JSON.stringify(record));
  else context.print(storyOf(records, context).join('\n'));
}

/** The sessions in the order of the log, without guard's own. Keeps no records: a log may be large. */
function sessionsIn(directory: string): ReadonlyMap<string, SessionSummary> {
  const sessions = new Map<string, SessionSummary>();
  eachRecord(directory, record => {
    if (record.kind !== 'checkpoint')
      sessions.set(record.session, extended(sessions.get(record.session), record));
  });
  return sessions;
}

/** What is said of the records of one session. */
export function summaryOf(records: readonly AuditRecord[]): SessionSummary {
  const none: SessionSummary = {
    session: '',
    agent: '-',
    first: '',
    last: '',
    where: '',
    commands: 0,
    refused: 0,
  };
  return records.reduce<SessionSummary | undefined>(extended, undefined) ?? none;
}

function extended(known: SessionSummary | undefined, record: AuditRecord): SessionSummary {
  const { session, agent = '-', time, repo, cwd, kind } = record;
  return {
    session,
    agent: known === undefined || known.agent === '-' ? agent : known.agent,
    first: known?.first ?? time,
    last: time,
    where: known?.where ?? repo ?? cwd,
    commands: (known?.commands ?? 0) + (kind === 'intent' ? 1 : 0),
    refused: (known?.refused ?? 0) + (kind === 'refused' ? 1 : 0),
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
