/** Which records of the log are wanted: the options that `guard log` and its subcommands share. Reads nothing. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AuditRecord } from '../../audit/entry.js';
import { compileGlobs } from '../../policy/glob.js';

export interface FilterOptions {
  readonly agent?: string;
  readonly rule?: string;
  readonly decision?: string;
  readonly denied?: true;
  readonly tamper?: true;
  readonly repo?: string;
  readonly session?: string;
  readonly since?: number;
  readonly until?: number;
  readonly text?: string;
}

/** Adds the options to a command. */
export function withFilters(command: Command): Command {
  return command
    .option('--agent <name>', 'only of this agent; `none` for what no agent started')
    .option('--rule <id>', 'only where this rule matched; * is any text')
    .addOption(
      new Option('--decision <decision>', 'only with this verdict').choices(['allow', 'confirm', 'deny']),
    )
    .option('--denied', 'only what was refused')
    .option('--tamper', 'only what would go around guard, or change guard or an agent’s hooks')
    .option('--repo <path>', 'only in this repository or directory: its path, or the last part of it')
    .option('--session <id>', 'only of this session')
    .option('--since <when>', 'only what is younger: 30m, 2h, 7d, or a date', readTime)
    .option('--until <when>', 'only what is older', readTime)
    .option('--text <text>', 'only where the command or the reason holds this text');
}

/** The test that the options make. Checkpoints are guard's own and are wanted by nobody. */
export function filterOf(options: FilterOptions): (record: AuditRecord) => boolean {
  const tests: ((record: AuditRecord) => boolean)[] = [({ kind }) => kind !== 'checkpoint'];
  const { agent, rule, decision, repo, session, since, until, text } = options;
  if (agent !== undefined) tests.push(record => (record.agent ?? 'none') === agent);
  if (rule !== undefined) {
    const matches = compileGlobs(rule);
    tests.push(({ rules }) => rules.some(matches));
  }
  if (decision !== undefined) tests.push(record => record.decision === decision);
  if (options.denied) tests.push(({ kind }) => kind === 'refused' || kind === 'rejected');
  if (options.tamper) tests.push(({ tamper }) => tamper !== undefined);
  if (repo !== undefined) tests.push(record => isBelow(record.repo ?? record.cwd, repo));
  if (session !== undefined) tests.push(record => record.session === session);
  if (since !== undefined) tests.push(({ time }) => Date.parse(time) >= since);
  if (until !== undefined) tests.push(({ time }) => Date.parse(time) < until);
  if (text !== undefined) {
    const wanted = text.toLowerCase();
    tests.push(({ command, reason = '' }) => `${command}\n${reason}`.toLowerCase().includes(wanted));
  }
  return record => tests.every(test => test(record));
}

function isBelow(path: string, repo: string): boolean {
  const wanted = repo.replace(/\/+$/, '');
  if (wanted.startsWith('/')) return path === wanted || path.startsWith(`${wanted}/`);
  return path.endsWith(`/${wanted}`) || path.includes(`/${wanted}/`);
}

/** A span back from now, or a date; in milliseconds since the epoch. */
export function readTime(text: string): number {
  const span = /^(\d+)\s*([smhdw])$/.exec(text);
  if (span) {
    const seconds = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }[span[2]!] ?? 1;
    return Date.now() - Number(span[1]) * seconds * 1000;
  }
  // A day begins where the person is.
  const date = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text);
  if (Number.isNaN(date))
    throw new InvalidArgumentError('Give a span like 30m, 2h, 7d, or a date like 2026-11-21.');
  return date;
}
