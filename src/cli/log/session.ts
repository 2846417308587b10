/** `guard log session`: one session told in order, or the list of sessions. */

import type { AuditRecord } from '../../audit/entry.js';
import { eachRecord } from '../../audit/read.js';
import type { Watch } from '../../audit/segments.js';
import { GuardError } from '../../errors.js';
import type { Context } from '../context.js';
import { tableOf } from '../table.js';
import { type FilterOptions, filterOf } from './filter.js';
import { durationOf, timeOf, whatOf } from './list.js';
import { printing } from './output.js';
import { withProgress } from './progress.js';

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

export interface SessionOptions extends Pick<FilterOptions, 'agent' | 'repo' | 'since' | 'until'> {
  readonly json?: true;
  /** Sessions of the list. */
  readonly limit: number;
}

/** `guard log session`: the sessions, or one session's records as a story. Throws `GuardError('no-session')`. */
export function showSession(id: string | undefined, options: SessionOptions, context: Context): void {
  const isWanted = filterOf(options);
  const sessions = withProgress(context, watch => sessionsIn(context.places.audit, isWanted, watch));
  if (id === undefined) {
    // By their last records: sessions go on beside one another.
    const all = [...sessions.values()].sort((a, b) => (a.last < b.last ? -1 : 1));
    const latest = all.slice(-options.limit);
    if (options.json) context.print(JSON.stringify(latest, null, 2));
    else context.print(all.length === 0 ? 'The log has no such sessions.' : tableOfSessions(latest));
    const older = all.length - latest.length;
    if (older > 0 && !options.json)
      context.print(`${older} older sessions are not shown; see --limit, --since and the other filters.`);
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
  const story = new Story(context);
  printing(print => {
    if (!options.json) print(`${headOf(sessions.get(name)!)}\n`);
    const tell = (record: AuditRecord) => {
      if (record.session === name && isWanted(record))
        print(options.json ? JSON.stringify(record) : story.linesOf(record).join('\n'));
    };
    withProgress(context, watch => eachRecord(context.places.audit, tell, watch), true);
  });
}

/** The sessions with a record that is wanted. Keeps no records: a log may be large. */
function sessionsIn(
  directory: string,
  isWanted: (record: AuditRecord) => boolean,
  watch: Watch,
): ReadonlyMap<string, SessionSummary> {
  const sessions = new Map<string, SessionSummary>();
  const add = (record: AuditRecord) => {
    if (isWanted(record)) sessions.set(record.session, extended(sessions.get(record.session), record));
  };
  eachRecord(directory, add, watch);
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

function headOf({ session, agent, where, commands, refused }: SessionSummary): string {
  const who = agent === '-' ? 'no agent' : agent;
  return `${session}: ${who} in ${where}, ${commands} commands ran, ${refused} were refused`;
}

/** Each record as a line, with what belongs to it indented below. Day and directory are said where they change. */
class Story {
  readonly #context: Context;
  #cwd = '';
  #day = '';

  constructor(context: Context) {
    this.#context = context;
  }

  linesOf(record: AuditRecord): readonly string[] {
    const { style } = this.#context;
    const [date = '', time] = timeOf(record.time).split(' ');
    const moved = record.cwd !== this.#cwd && record.cwd !== '';
    const heading = [...(date === this.#day ? [] : [date]), ...(moved ? [`in ${record.cwd}`] : [])];
    if (moved) this.#cwd = record.cwd;
    this.#day = date;
    return [
      ...(heading.length > 0 ? [style.dim(`          ${heading.join(' ')}`)] : []),
      `${style.dim(time ?? '')}  ${whatOf(record, this.#context)}  ${record.command}`,
      ...detailsOf(record).map(detail => style.dim(`          ${detail}`)),
    ];
  }
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
