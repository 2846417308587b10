/**
 * Questions to a PostgreSQL server: the real psql, no start-up file, no prompt, one read-only transaction, so that it is
 * also right behind a pooler. Names are resolved as the command would, then nothing but `pg_catalog` is in the path.
 */

import { redactText } from '../../invocation/redact.js';
import { type Ran, run } from '../../subprocess.js';
import { visible } from '../../text.js';
import type { Postgres } from './connection.js';

/** Bytes of one answer. */
const MOST = 4 * 1024 * 1024;

/** What came back: a JSON value a line, as far as it came. */
export interface Answer {
  readonly rows: readonly unknown[];
  /** Why it is not all, as a clause; none where it is. */
  readonly fault?: string;
}

/** Options that make psql say what it is asked and nothing else. */
export const QUIET = ['-X', '-q', '-A', '-t', '-w', '-P', 'pager=off', '-P', 'format=unaligned'];

/** Runs queries, each giving one column of JSON. `script` is trusted text; names in it go through `literal`. */
export function askPostgres(place: Postgres, script: string, milliseconds: number): Answer {
  const statement = Math.max(50, Math.round(milliseconds * 0.8));
  const text = [
    '\\set ON_ERROR_STOP on',
    'BEGIN TRANSACTION READ ONLY;',
    `SET LOCAL statement_timeout = ${statement};`,
    `SET LOCAL lock_timeout = ${Math.round(statement / 2)};`,
    script,
    'ROLLBACK;',
    '',
  ].join('\n');
  const ran = runPsql(place, [...QUIET, '-f', '-'], text, milliseconds);
  const lines = ran.stdout.toString().split('\n');
  // What follows the last newline was cut off.
  const rows = lines.slice(0, -1).flatMap(line => (line === '' ? [] : [parsed(line)]));
  return ran.status === 0 ? { rows } : { rows, fault: faultOf(ran) };
}

/** Runs psql with a script on its standard input. */
export function runPsql(place: Postgres, args: readonly string[], input: string, milliseconds: number): Ran {
  const connection = place.connection === '' ? [] : ['-d', place.connection];
  const env = { PGCONNECT_TIMEOUT: '2', ...place.env, PGAPPNAME: 'guard', LC_ALL: 'C' };
  return run('psql', [...args, ...connection], { env, input, timeout: milliseconds, most: MOST });
}

/** Text as SQL takes it, whatever `standard_conforming_strings` says. */
export function literal(text: string): string {
  const quoted = `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
  return text.includes('\\') ? ` E${quoted}` : quoted;
}

/** A name as SQL takes it. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** What the client said, as a clause: redacted, one line. */
export function faultOf(ran: Ran): string {
  if (ran.fault === 'missing') return 'its client program is not installed';
  if (ran.fault === 'late') return 'it did not answer in time';
  if (ran.fault === 'long') return 'its answer is too long';
  const lines = ran.stderr.toString().split('\n').filter(Boolean);
  const told = lines.find(line => /(error|fatal|failed|denied|refused)/i.test(line)) ?? lines[0] ?? '';
  const text = told.replace(/^(psql|pg_dump|pg_restore)(:<stdin>:\d+)?: (error: )?/, '');
  return text === '' ? `it failed with status ${ran.status}` : visible(redactText(text)).slice(0, 200);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined;
    throw fault;
  }
}
