/**
 * Saved rows against those that stand in a table now, and scripts that bring the missing ones back. Nothing is ever
 * deleted: rows that came since stay, and those that were changed since are set back only by a yes.
 */

import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { faultOf, literal, QUIET, runPsql } from '../../clients/postgres/ask.js';
import type { Postgres } from '../../clients/postgres/connection.js';
import { run } from '../../subprocess.js';
import { notSaved } from '../capture.js';
import type { Leaf } from './record.js';

const MINUTES = 10 * 60_000;
/** The shortest name that there is, so that it fits where the table's own name stood. */
const SCRATCH = 'g';
const HEAD_BYTES = 64 * 1024;

/** A table's saved rows as a script of pg_restore, whose COPY goes into a temporary table instead. */
export interface Data {
  readonly file: string;
  readonly leaf: Leaf;
  /** `id, "Odd name"`, as pg_dump wrote them. */
  readonly columns: string;
}

/** How saved and present rows differ. */
export interface Difference {
  /** Saved rows that are not there, and nothing stands in their place. */
  readonly missing: number;
  /** Saved rows whose primary key another row has now. */
  readonly changed: number;
  /** Sequences that stand lower than they did. */
  readonly sequences: number;
}

/** Unpacks one table's rows; `undefined` where the archive holds none of it. */
export function unpack(archive: string, leaf: Leaf, scratch: string, place: Postgres): Data | undefined {
  const file = join(scratch, `${leaf.oid}.sql`);
  const [schema, table] = partsOf(leaf.name);
  const words = ['--data-only', '--no-owner', '-n', schema, '-t', table, '-f', file, archive];
  const ran = run('pg_restore', words, { env: { ...place.env, LC_ALL: 'C' }, timeout: MINUTES });
  if (ran.status !== 0) throw notSaved(`pg_restore failed: ${faultOf(ran)}`);
  withoutNewSettings(file);
  const columns = redirect(file);
  return columns === undefined ? undefined : { file, leaf, columns };
}

/** `app."My Table"` → its two names. */
function partsOf(name: string): readonly [string, string] {
  const parts = name.match(/"(?:[^"]|"")*"|[^."]+/g) ?? [];
  const [schema = 'public', table = name] = parts.length > 1 ? parts : ['public', ...parts];
  return [plain(schema), plain(table)];
}

function plain(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}

/** Writes the scratch table's name over the real one in the script's COPY; the columns that stand there. */
function redirect(file: string): string | undefined {
  return rewritten(file, text => {
    const found = /^COPY (.+?) \(([^\n]*)\) FROM stdin;$/m.exec(text);
    if (!found) return undefined;
    const [, name = '', columns = ''] = found;
    const to = SCRATCH.padEnd(name.length);
    return { at: found.index + 5, to, result: Buffer.from(columns, 'latin1').toString('utf8') };
  });
}

/** A newer pg_restore writes a setting that older servers refuse (PostgreSQL 17: `transaction_timeout`); it does nothing here. */
export function withoutNewSettings(file: string): void {
  rewritten(file, text => {
    const found = /^SET transaction_timeout = 0;$/m.exec(text);
    return found ? { at: found.index, to: ' '.repeat(found[0].length), result: true } : undefined;
  });
}

/** Changes a few bytes near the beginning of a script in place, however long it is. */
function rewritten<T>(
  file: string,
  find: (head: string) => { at: number; to: string; result: T } | undefined,
): T | undefined {
  const fd = openSync(file, 'r+');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const found = find(head.toString('latin1', 0, readSync(fd, head, 0, HEAD_BYTES, 0)));
    if (found) writeSync(fd, found.to, found.at, 'latin1');
    return found?.result;
  } finally {
    closeSync(fd);
  }
}

/** Counts the differences; changes nothing. */
export function compare(data: Data, place: Postgres): Difference {
  const { missing, changed } = pieces(data);
  const lower = data.leaf.sequences.map(one => lowerCondition(one)).filter(Boolean);
  const script = `SELECT json_build_object(
    'missing', (SELECT count(*) FROM ${SCRATCH} WHERE ctid IN (${missing}) AND NOT (${changed})),
    'changed', (SELECT count(*) FROM ${SCRATCH} WHERE ctid IN (${missing}) AND (${changed})),
    'sequences', ${lower.length === 0 ? '0' : lower.map(one => `(${one})::int`).join(' + ')});`;
  const out = inTransaction(data, place, script, 'ROLLBACK');
  return JSON.parse(out.split('\n').find(line => line.startsWith('{')) ?? '{}');
}

/** Puts the missing rows back, and sequences forward again. Triggers of the table's own rest meanwhile. */
export function insertMissing(data: Data, place: Postgres): void {
  const { missing, changed } = pieces(data);
  const sequences = data.leaf.sequences.flatMap(one => {
    const lower = lowerCondition(one);
    return lower === '' ? [] : [`SELECT setval(${literal(one[0])}, ${one[1]}) WHERE ${lower};`];
  });
  const script = `INSERT INTO ${data.leaf.name} (${data.columns}) OVERRIDING SYSTEM VALUE
  SELECT ${data.columns} FROM ${SCRATCH} WHERE ctid IN (${missing}) AND NOT (${changed}) ON CONFLICT DO NOTHING;
${sequences.join('\n')}`;
  inTransaction(data, place, withoutTriggers(data.leaf, script), 'COMMIT');
}

/** Sets rows back that were changed since, by their primary key. */
export function setBack(data: Data, place: Postgres): void {
  const { missing, changed } = pieces(data);
  const others = (data.columns.match(/"(?:[^"]|"")*"|[^, ]+/g) ?? []).filter(
    one => !data.leaf.key.includes(one),
  );
  const sets = others.map(one => `${one} = EXCLUDED.${one}`).join(', ');
  const script = `INSERT INTO ${data.leaf.name} (${data.columns}) OVERRIDING SYSTEM VALUE
  SELECT ${data.columns} FROM ${SCRATCH} WHERE ctid IN (${missing}) AND (${changed})
  ON CONFLICT (${data.leaf.key.join(', ')}) DO UPDATE SET ${sets};`;
  inTransaction(data, place, withoutTriggers(data.leaf, script), 'COMMIT');
}

/** The places in the scratch table of saved rows that are not in the table, each as often as it is missing. */
function pieces({ leaf, columns }: Data): { readonly missing: string; readonly changed: string } {
  const row = `ROW(${columns})::text`;
  const missing = `SELECT s.at FROM (SELECT ctid AS at, ${row} AS x, row_number() OVER (PARTITION BY ${row}) AS n FROM ${SCRATCH}) AS s
    LEFT JOIN (SELECT ${row} AS x, count(*) AS n FROM ONLY ${leaf.name} GROUP BY 1) AS t ON t.x = s.x WHERE s.n > COALESCE(t.n, 0)`;
  const same = leaf.key.map(name => `t.${name} = ${SCRATCH}.${name}`).join(' AND ');
  return {
    missing,
    changed: same === '' ? 'false' : `EXISTS (SELECT FROM ONLY ${leaf.name} AS t WHERE ${same})`,
  };
}

function lowerCondition([name, last]: Leaf['sequences'][number]): string {
  return last === null ? '' : `COALESCE(pg_sequence_last_value(${literal(name)}), 0) < ${last}`;
}

/** What the table's own triggers would change is what was saved: they rest, and then are as they were. */
function withoutTriggers({ name }: Leaf, script: string): string {
  const each = (verb: string) =>
    `SELECT format('ALTER TABLE ${name.replaceAll("'", "''").replaceAll('%', '%%')} ${verb} TRIGGER %I', tgname) FROM pg_trigger
  WHERE tgrelid = ${literal(name)}::regclass AND NOT tgisinternal AND`;
  return `CREATE TEMP TABLE h ON COMMIT DROP AS SELECT tgname, tgenabled FROM pg_trigger
  WHERE tgrelid = ${literal(name)}::regclass AND NOT tgisinternal AND tgenabled IN ('O', 'A');
${each('DISABLE')} tgenabled IN ('O', 'A') \\gexec
${script}
${each('ENABLE')} tgname IN (SELECT tgname FROM h WHERE tgenabled = 'O') \\gexec
${each('ENABLE ALWAYS')} tgname IN (SELECT tgname FROM h WHERE tgenabled = 'A') \\gexec`;
}

/** The saved rows in a temporary table, then the script, in one transaction; what it printed. */
function inTransaction({ file, leaf, columns }: Data, place: Postgres, script: string, end: string): string {
  const input = `\\set ON_ERROR_STOP on
SET search_path = '';
SET lock_timeout = '5s';
BEGIN;
CREATE TEMP TABLE ${SCRATCH} ON COMMIT DROP AS SELECT ${columns} FROM ${leaf.name} WITH NO DATA;
\\i ${psqlQuoted(file)}
SET row_security = off;
${script}
${end};
`;
  const ran = runPsql(place, [...QUIET, '-f', '-'], input, MINUTES);
  if (ran.status !== 0) throw notSaved(`${place.shown}: ${faultOf(ran)}`);
  return ran.stdout.toString();
}

function psqlQuoted(path: string): string {
  return `'${path.replace(/['\\]/g, '\\$&')}'`;
}
