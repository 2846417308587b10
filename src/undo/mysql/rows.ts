/**
 * Saved rows of a table against those that stand there now, in a temporary table of the same shape; and what brings the missing
 * ones back. Nothing is ever deleted: rows that came since stay, and those that were changed since are set back only by a yes.
 */

import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { faultOf, QUIET, quoted } from '../../clients/mysql/ask.js';
import type { Mysql } from '../../clients/mysql/connection.js';
import { locate } from '../../locate.js';
import { run } from '../../subprocess.js';
import { notSaved } from '../capture.js';
import type { Table } from './record.js';

const MINUTES = 10 * 60_000;
const SCRATCH = quoted('guard_saved');
const CHUNK = 1024 * 1024;

/** As mysqldump wrote the rows: its time zone and letters, and zero is a value of its own. */
const LOADING = `SET NAMES utf8mb4;
SET SESSION time_zone = '+00:00', sql_mode = 'NO_AUTO_VALUE_ON_ZERO', foreign_key_checks = 0, unique_checks = 0;`;
/** Texts are compared to their ends. */
const COMPARING = `SET SESSION foreign_key_checks = 1, unique_checks = 1, max_sort_length = 8388608;`;

/** How saved and present rows differ. */
export interface Difference {
  /** Saved rows that are not there, and nothing stands in their place. */
  readonly missing: number;
  /** Saved rows whose primary key another row has now. */
  readonly changed: number;
}

/** A table with its saved rows: the file that holds them, among those of other tables. */
export interface Data {
  readonly table: Table;
  readonly file: string;
  /** Private, for the script; gone afterwards. */
  readonly scratch: string;
}

/** Counts the differences; changes nothing. */
export function compare(data: Data, place: Mysql): Difference {
  const { missing, changed } = sources(data.table);
  const count = (from: string) => (from === '' ? '0' : `(SELECT COUNT(*) FROM ${from})`);
  const script = `SELECT JSON_OBJECT('missing', ${count(missing)}, 'changed', ${count(changed)});`;
  const line = withSaved(data, place, script)
    .split('\n')
    .find(one => one.startsWith('{'));
  return JSON.parse(line ?? '{"missing":0,"changed":0}');
}

/** Puts the missing rows back, `checksKeys` only where what they refer to stands; where another row has a value that may stand there once, it stays. */
export function insertMissing(data: Data, place: Mysql, checksKeys = true): void {
  const { table } = data;
  const name = nameOf(table);
  const columns = table.columns.map(one => quoted(one.name));
  const first = `${name}.${columns[0]}`;
  const script = `INSERT INTO ${name} (${columns.join(', ')})
SELECT ${columns.map(one => `s.${one}`).join(', ')} FROM ${sources(table).missing}
ON DUPLICATE KEY UPDATE ${first} = ${first};`;
  withSaved(data, place, checksKeys ? script : `SET SESSION foreign_key_checks = 0;\n${script}`);
}

/** Sets rows back that were changed since, by their primary key. */
export function setBack(data: Data, place: Mysql): void {
  const { table } = data;
  const sets = table.columns
    .filter(one => !one.isKey)
    .map(({ name }) => `t.${quoted(name)} = s.${quoted(name)}`);
  const script = `UPDATE ${nameOf(table)} AS t JOIN ${SCRATCH} AS s ON ${sameKey(table)} SET ${sets.join(', ')} WHERE NOT (${sameValues(table)});`;
  withSaved(data, place, script);
}

/** FROM clauses of the saved rows `s` that are missing, and of those that are another now; '' where there can be none. */
function sources(table: Table): { readonly missing: string; readonly changed: string } {
  const name = nameOf(table);
  const [key] = table.columns.filter(one => one.isKey);
  if (key) {
    const hasValues = table.columns.some(one => !one.isKey);
    return {
      missing: `${SCRATCH} AS s LEFT JOIN ${name} AS t ON ${sameKey(table)} WHERE t.${quoted(key.name)} IS NULL`,
      changed: hasValues
        ? `${SCRATCH} AS s JOIN ${name} AS t ON ${sameKey(table)} WHERE NOT (${sameValues(table)})`
        : '',
    };
  }
  // Each as often as it is missing.
  const bytes = table.columns.map(one => asBytes(one.isText, quoted(one.name)));
  const [saved, now] = [bytes.map((one, i) => `${one} AS g${i}`), bytes.map((one, i) => `${one} AS h${i}`)];
  const nth = `ROW_NUMBER() OVER (PARTITION BY ${bytes.join(', ')}) AS g`;
  return {
    missing: `(SELECT *, ${saved.join(', ')}, ${nth} FROM ${SCRATCH}) AS s
  LEFT JOIN (SELECT ${now.join(', ')}, COUNT(*) AS h FROM ${name} GROUP BY ${bytes.join(', ')}) AS t
  ON ${bytes.map((_, i) => `s.g${i} <=> t.h${i}`).join(' AND ')} WHERE s.g > COALESCE(t.h, 0)`,
    changed: '',
  };
}

function sameKey({ columns }: Table): string {
  return columns
    .flatMap(one => (one.isKey ? [`s.${quoted(one.name)} = t.${quoted(one.name)}`] : []))
    .join(' AND ');
}

function sameValues({ columns }: Table): string {
  const same = columns.map(({ name, isText }) => {
    const [saved, now] = ['s', 't'].map(from => asBytes(isText, `${from}.${quoted(name)}`));
    return `${saved} <=> ${now}`;
  });
  return same.join(' AND ');
}

function asBytes(isText: boolean, column: string): string {
  return isText ? `CAST(${column} AS BINARY)` : column;
}

export function nameOf({ schema, name }: Pick<Table, 'schema' | 'name'>): string {
  return `${quoted(schema)}.${quoted(name)}`;
}

/** The saved rows in a temporary table, then the script, in one session; what it printed. */
function withSaved(data: Data, place: Mysql, script: string): string {
  const { table, file, scratch } = data;
  const path = join(scratch, 'script.sql');
  const fd = openSync(path, 'w', 0o600);
  try {
    writeSync(
      fd,
      `${LOADING}\nUSE ${quoted(table.schema)};\nCREATE TEMPORARY TABLE ${SCRATCH} LIKE ${quoted(table.name)};\n`,
    );
    copyRows(file, table.name, fd);
    writeSync(fd, `${COMPARING}\nSTART TRANSACTION;\n${script}\nCOMMIT;\n`);
  } finally {
    closeSync(fd);
  }
  return runFile(path, place);
}

/** The table's INSERTs, into the temporary one. mysqldump begins each on a line, and no value holds the end of one. */
function copyRows(file: string, name: string, to: number): void {
  const head = Buffer.from(`INSERT INTO ${quoted(name)} `);
  const other = Buffer.from(`INSERT INTO ${SCRATCH} `);
  let isOurs = false;
  eachLine(file, line => {
    const begins = line.subarray(0, head.length).equals(head);
    if (!begins && !isOurs) return;
    if (begins) writeSync(to, other);
    writeSync(to, begins ? line.subarray(head.length) : line);
    isOurs = !line.subarray(-3).toString('latin1').startsWith(');');
  });
}

/** Each line with its end. */
function eachLine(file: string, use: (line: Buffer) => void): void {
  const fd = openSync(file, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK);
    let rest: Buffer[] = [];
    for (let read = readSync(fd, chunk); read > 0; read = readSync(fd, chunk)) {
      let start = 0;
      for (let end = chunk.indexOf(10, start); end >= 0 && end < read; end = chunk.indexOf(10, start)) {
        use(Buffer.concat([...rest, chunk.subarray(start, end + 1)]));
        rest = [];
        start = end + 1;
      }
      rest.push(Buffer.from(chunk.subarray(start, read)));
    }
    if (rest.length > 0) use(Buffer.concat(rest));
  } finally {
    closeSync(fd);
  }
}

/** Runs a file of SQL, which ends at the first fault; what it printed. Throws `GuardError('not-saved')`. */
export function runFile(path: string, place: Mysql): string {
  const client = ['mysql', 'mariadb'].flatMap(name => locate(name, place.env['PATH']) ?? [])[0];
  if (client === undefined) throw notSaved('mysql is not installed');
  const words = [client, ...place.files, ...QUIET, '--max-allowed-packet=1G', ...place.options];
  const ran = run('/bin/sh', ['-c', 'exec "$@" <"$0"', path, ...words], {
    env: { ...place.env, LC_ALL: 'C' },
    timeout: MINUTES,
  });
  if (ran.status !== 0) throw notSaved(`${place.shown}: ${faultOf(ran)}`);
  return ran.stdout.toString();
}
