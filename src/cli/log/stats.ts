/** `guard log stats`: how often each rule spoke, for whom, and how people answered; what they always approve. */

import type { AuditRecord } from '../../audit/entry.js';
import { eachRecord } from '../../audit/read.js';
import { shellWord } from '../../text.js';
import type { Context } from '../context.js';
import { tableOf } from '../table.js';
import { type FilterOptions, filterOf } from './filter.js';
import { nothingIn } from './list.js';
import { withProgress } from './progress.js';

/** How often a command must have been approved, and never refused, to look like a false alarm. */
const OFTEN = 3;
/** A person said no at least once. */
const REFUSED = -1;

/** What one rule did for one agent. `rule` is empty for commands that no rule stopped. */
interface Row {
  readonly agent: string;
  readonly rule: string;
  allowed: number;
  asked: number;
  approved: number;
  refused: number;
}

/** A command that people approve each time. */
interface Candidate {
  readonly rule: string;
  readonly command: string;
  readonly approved: number;
  /** The narrowest exception that lets it pass: exactly this command. */
  readonly exception: string;
}

/** `guard log stats`. */
export function showStats(options: FilterOptions & { readonly json?: true }, context: Context): void {
  const stats = new Stats();
  const isWanted = filterOf(options);
  const count = (record: AuditRecord) => {
    if (isWanted(record)) stats.count(record);
  };
  withProgress(context, watch => eachRecord(context.places.audit, count, watch));
  const rows = stats.rows();
  const candidates = stats.candidates();
  if (options.json) context.print(JSON.stringify({ rows, falseAlarmCandidates: candidates }, null, 2));
  else if (rows.length === 0) context.print(nothingIn(context.places.audit));
  else context.print(describe(rows, candidates).join('\n'));
}

function describe(rows: readonly Row[], candidates: readonly Candidate[]): readonly string[] {
  const head = ['agent', 'rule', 'allowed', 'asked', 'approved', 'refused'];
  const cells = rows.map(({ agent, rule, ...counts }) => [
    agent,
    rule || '-',
    ...[counts.allowed, counts.asked, counts.approved, counts.refused].map(String),
  ]);
  return [
    tableOf(head, cells),
    ...candidates.flatMap(({ command, approved, rule, exception }, i) => [
      ...(i === 0
        ? ['', 'Approved every time. If these are false alarms, the narrowest exceptions are:']
        : []),
      `  ${approved} × ${command}  (${rule})`,
      `      ${exception}`,
    ]),
  ];
}

class Stats {
  readonly #rows = new Map<string, Row>();
  /** By rule and command: how often it was approved, or `REFUSED`. */
  readonly #answers = new Map<string, number>();

  count(record: AuditRecord): void {
    const { agent = 'none', rules, kind } = record;
    if (kind !== 'intent' && kind !== 'refused' && kind !== 'rejected') return;
    for (const rule of rules.length > 0 ? rules : ['']) {
      const row = this.#rowOf(agent, rule);
      if (kind === 'intent' && record.decision === 'allow') row.allowed += 1;
      else if (kind === 'intent') row.approved += 1;
      else row.refused += 1;
      // A question was put to somebody: on the terminal, or as a request that waits.
      if (record.decision === 'confirm' && kind !== 'rejected' && !isSecondTry(record)) row.asked += 1;
      if (rule !== '') this.#answered(rule, record);
    }
  }

  rows(): readonly Row[] {
    return [...this.#rows.values()].sort(
      (a, b) => a.agent.localeCompare(b.agent) || b.asked - a.asked || a.rule.localeCompare(b.rule),
    );
  }

  candidates(): readonly Candidate[] {
    const often = [...this.#answers].filter(([, approved]) => approved >= OFTEN);
    return often
      .sort(([, a], [, b]) => b - a)
      .map(([key, approved]) => {
        const end = key.indexOf('\n');
        const [rule, command] = [key.slice(0, end), key.slice(end + 1)];
        return { rule, command, approved, exception: exceptionFor(rule, command) };
      });
  }

  #rowOf(agent: string, rule: string): Row {
    const key = `${agent}\n${rule}`;
    const row = this.#rows.get(key) ?? { agent, rule, allowed: 0, asked: 0, approved: 0, refused: 0 };
    this.#rows.set(key, row);
    return row;
  }

  /** A refusal that only waits for an answer is none yet. Of commands that nobody answered nothing is kept: they are many. */
  #answered(rule: string, { command, kind, decision, request }: AuditRecord): void {
    const isApproved = kind === 'intent' && decision === 'confirm';
    const isRefused = kind === 'rejected' || (kind === 'refused' && request === undefined);
    if (!isApproved && !isRefused) return;
    const key = `${rule}\n${command}`;
    const known = this.#answers.get(key) ?? 0;
    this.#answers.set(key, isRefused || known === REFUSED ? REFUSED : known + 1);
  }
}

/** The run of a command that was refused before and approved elsewhere: it was asked about then. */
function isSecondTry({ kind, request }: AuditRecord): boolean {
  return kind === 'intent' && request !== undefined;
}

/** Characters that a command pattern would read as more than themselves stand escaped. */
function exceptionFor(rule: string, command: string): string {
  const pattern = command.replace(/[\\*?()|[\]{}]/g, '\\$&');
  return `guard rule except ${rule} ${shellWord(pattern)}`;
}
