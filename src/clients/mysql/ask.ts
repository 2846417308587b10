/**
 * Questions to a MySQL or MariaDB server: the real client without option files, one read-only transaction, an end to each
 * statement. Names are values in every question, and quoted where a table is counted.
 */

import { type Ran, run } from '../../subprocess.js';
import { type Answer, answerOf, failureOf, MOST_BYTES } from '../answer.js';
import type { Mysql } from './connection.js';

/** Options that make the client say what it is asked and nothing else. */
export const QUIET = [
  '--batch',
  '--raw',
  '--skip-column-names',
  '--no-auto-rehash',
  '--skip-reconnect',
  '--connect-timeout=2',
  '--local-infile=0',
  '--default-character-set=utf8mb4',
];

/** Runs queries, each giving one column of JSON. `script` is trusted text; names in it go through `text` and `quoted`. */
export function askMysql(place: Mysql, script: string, milliseconds: number): Answer {
  const most = Math.max(50, Math.round(milliseconds * 0.8));
  const input = [
    // Each server reads its own: milliseconds for SELECT, seconds for all. Backslashes are letters, as `text` has them.
    `/*!50708 SET SESSION max_execution_time = ${most} */;`,
    `/*M!100101 SET SESSION max_statement_time = ${most / 1000} */;`,
    "SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES';",
    'START TRANSACTION READ ONLY;',
    script,
    'ROLLBACK;',
    '',
  ].join('\n');
  const ran = runMysql(place, input, milliseconds);
  return answerOf(ran, faultOf);
}

function runMysql({ files, options, env }: Mysql, input: string, milliseconds: number): Ran {
  const how = { env: { ...env, LC_ALL: 'C' }, input, timeout: milliseconds, most: MOST_BYTES };
  const words = [...files, ...QUIET, ...options];
  const ran = run('mysql', words, how);
  return ran.fault === 'missing' ? run('mariadb', words, how) : ran;
}

/** A text as SQL takes it where backslashes are letters. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A name as SQL takes it. */
export function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** Why the client failed, as a clause without its own prefix. */
export function faultOf(ran: Ran): string {
  return failureOf(ran, told);
}

function told(stderr: string): string {
  const line = stderr.split('\n').find(one => /error/i.test(one)) ?? '';
  return line.replace(/^.*?ERROR \d+ \([^)]*\)(?: at line \d+)?: /, '');
}
