/**
 * Questions to a MySQL or MariaDB server: the real client without option files, one read-only transaction, an end to each
 * statement. Names are values in every question, and quoted where a table is counted.
 */

import { redactText } from '../../invocation/redact.js';
import { type Ran, run } from '../../subprocess.js';
import { visible } from '../../text.js';
import type { Mysql } from './connection.js';

/** Bytes of one answer. */
const MOST = 4 * 1024 * 1024;

/** What came back: a JSON value a line, as far as it came. */
export interface Answer {
  readonly rows: readonly unknown[];
  /** Why it is not all, as a clause; none where it is. */
  readonly fault?: string;
}

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
  const lines = ran.stdout.toString().split('\n');
  // What follows the last newline was cut off.
  const rows = lines.slice(0, -1).flatMap(line => (line === '' ? [] : [parsed(line)]));
  return ran.status === 0 ? { rows } : { rows, fault: faultOf(ran) };
}

function runMysql({ files, options, env }: Mysql, input: string, milliseconds: number): Ran {
  const how = { env: { ...env, LC_ALL: 'C' }, input, timeout: milliseconds, most: MOST };
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

/** What the client said, as a clause: redacted, one line. */
export function faultOf(ran: Ran): string {
  if (ran.fault === 'missing') return 'its client program is not installed';
  if (ran.fault === 'late') return 'it did not answer in time';
  if (ran.fault === 'long') return 'its answer is too long';
  const told =
    ran.stderr
      .toString()
      .split('\n')
      .find(line => /error/i.test(line)) ?? '';
  const clause = told.replace(/^.*?ERROR \d+ \([^)]*\)(?: at line \d+)?: /, '');
  return clause === '' ? `it failed with status ${ran.status}` : visible(redactText(clause)).slice(0, 200);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined;
    throw fault;
  }
}
