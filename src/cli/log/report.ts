/** `guard log report --html`: one page, without scripts and without anything from elsewhere, of what happened. */

import { hostname } from 'node:os';
import { resolve } from 'node:path';
import type { AuditRecord } from '../../audit/entry.js';
import { eachRecord } from '../../audit/read.js';
import { writeAtomic } from '../../durable.js';
import type { Context } from '../context.js';
import { type FilterOptions, filterOf } from './filter.js';
import { escapeHtml, page, table, timeline } from './html.js';
import { durationOf, endOf } from './list.js';
import { withProgress } from './progress.js';
import { type SessionSummary, summaryOf } from './session.js';

/** A page of more commands than this is no page that one reads; the latest are shown, and the page says so. */
const MOST = 5_000;

/** `guard log report --html`: writes the page, and says what is in it. */
export function writeReport(options: FilterOptions & { readonly html: string }, context: Context): void {
  const isWanted = filterOf(options);
  let latest: AuditRecord[] = [];
  let total = 0;
  const take = (record: AuditRecord) => {
    if (!isWanted(record)) return;
    total += 1;
    latest.push(record);
    if (latest.length === 2 * MOST) latest = latest.slice(-MOST);
  };
  withProgress(context, watch => eachRecord(context.places.audit, take, watch));
  const path = resolve(context.cwd, options.html);
  writeAtomic(path, reportOf(latest.slice(-MOST), total));
  context.print(`Wrote ${path}: ${Math.min(total, MOST)} of ${total} records.`);
}

/** The page's text. `total` is how many records there were before the page was cut. */
function reportOf(records: readonly AuditRecord[], total: number): string {
  const sessions = new Map<string, AuditRecord[]>();
  for (const record of records) {
    const known = sessions.get(record.session);
    if (known) known.push(record);
    else sessions.set(record.session, [record]);
  }
  const answers = records.filter(
    ({ kind }) => kind === 'approved' || kind === 'rejected' || kind === 'policy',
  );
  const cut = total > records.length ? [`<p>The latest ${records.length} of ${total} records.</p>`] : [];
  return page(`guard on ${hostname()}`, [
    summary(records),
    ...cut,
    '<h2>Timeline</h2>',
    timeline(records),
    '<h2>Rules</h2>',
    rulesOf(records),
    '<h2>What people decided</h2>',
    answers.length === 0
      ? '<p>Nothing was approved, rejected or changed.</p>'
      : table(
          ['time', 'what', 'by', 'command', 'request'],
          answers.map(one => [shortTime(one), one.kind, one.user ?? '', one.command, one.request ?? '']),
        ),
    '<h2>Sessions</h2>',
    ...[...sessions.values()].map(sessionOf),
  ]);
}

function summary(records: readonly AuditRecord[]): string {
  const count = (test: (record: AuditRecord) => boolean) => records.filter(test).length;
  const numbers = [
    ['commands ran', count(({ kind }) => kind === 'intent')],
    ['refused', count(({ kind }) => kind === 'refused')],
    ['approved', count(({ kind, decision }) => kind === 'intent' && decision === 'confirm')],
    ['sessions', new Set(records.map(({ session }) => session)).size],
  ] as const;
  const span =
    records.length === 0 ? 'No records.' : `${shortTime(records[0]!)} to ${shortTime(records.at(-1)!)} UTC`;
  const cells = numbers.map(([name, value]) => `<div><b>${value}</b> ${name}</div>`).join('');
  return `<p>${escapeHtml(span)}</p><div class="numbers">${cells}</div>`;
}

function rulesOf(records: readonly AuditRecord[]): string {
  const counts = new Map<string, { refused: number; ran: number }>();
  for (const { kind, rules } of records) {
    if (kind !== 'intent' && kind !== 'refused') continue;
    for (const rule of rules) {
      const known = counts.get(rule) ?? { refused: 0, ran: 0 };
      if (kind === 'intent') known.ran += 1;
      else known.refused += 1;
      counts.set(rule, known);
    }
  }
  if (counts.size === 0) return '<p>No rule spoke.</p>';
  const rows = [...counts].sort(([, a], [, b]) => b.refused + b.ran - a.refused - a.ran);
  return table(
    ['rule', 'refused', 'ran after a person approved'],
    rows.map(([rule, { refused, ran }]) => [rule, String(refused), String(ran)]),
  );
}

function sessionOf(records: readonly AuditRecord[]): string {
  const { session, agent, where, commands, refused }: SessionSummary = summaryOf(records);
  const head = `${session} · ${agent} · ${where} · ${commands} ran, ${refused} refused`;
  const rows = records.map(one => [
    shortTime(one),
    one.kind === 'intent' ? 'ran' : one.kind,
    one.command,
    one.rules.join(', '),
    [one.reason, one.snapshot && `snapshot ${one.snapshot}`, endOf(one), durationOf(one)]
      .filter(Boolean)
      .join(' · '),
  ]);
  const open = refused > 0 ? ' open' : '';
  return `<details${open}><summary>${escapeHtml(head)}</summary>${table(['time', 'what', 'command', 'rules', 'why'], rows)}</details>`;
}

function shortTime({ time }: AuditRecord): string {
  return time.replace('T', ' ').slice(0, 19);
}
