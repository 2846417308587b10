/**
 * Questions to a PostgreSQL server: the real psql, no start-up file, no prompt, one read-only transaction, so that it is
 * also right behind a pooler. Names are resolved as the command would, then nothing but `pg_catalog` is in the path.
 */

import { type Ran, run } from '../../subprocess.js';
import { type Answer, answerOf, failureOf, MOST_BYTES } from '../answer.js';
import type { Postgres } from './connection.js';

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
  return answerOf(ran, faultOf);
}

/** Runs psql with a script on its standard input. */
export function runPsql(place: Postgres, args: readonly string[], input: string, milliseconds: number): Ran {
  const connection = place.connection === '' ? [] : ['-d', place.connection];
  const env = { PGCONNECT_TIMEOUT: '2', ...place.env, PGAPPNAME: 'guard', LC_ALL: 'C' };
  return run('psql', [...args, ...connection], { env, input, timeout: milliseconds, most: MOST_BYTES });
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

/** Why the client failed, as a clause without its own prefix. */
export function faultOf(ran: Ran): string {
  return failureOf(ran, told);
}

function told(stderr: string): string {
  const lines = stderr.split('\n').filter(Boolean);
  const line = lines.find(one => /(error|fatal|failed|denied|refused)/i.test(one)) ?? lines[0] ?? '';
  return line.replace(/^(psql|pg_dump|pg_restore)(:<stdin>:\d+)?: (error: )?/, '');
}
