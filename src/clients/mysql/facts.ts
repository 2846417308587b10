/**
 * What a MySQL or MariaDB server says of tables and views: rows, size, the keys that refer to them. Estimates where counting would
 * take long; a count stops at an end.
 */

import type { Rows } from '../rows.js';
import { MOST_ROWS, rowsCounted } from '../rows.js';
import { askMysql, quoted, text } from './ask.js';
import type { Mysql } from './connection.js';

/** Bytes of a table that is counted rather than estimated. */
const SMALL = 16 * 1024 * 1024;

/** A table or view, and what is known of it. */
export interface Relation {
  readonly schema: string;
  readonly name: string;
  readonly isView: boolean;
  /** Data and indexes. */
  readonly bytes: number;
  readonly rows: Rows;
  readonly referrers: readonly Referrer[];
}

/** A table whose foreign key refers to the one that was asked for, or to one that goes along with it. */
export interface Referrer {
  readonly schema: string;
  readonly name: string;
  readonly constraint: string;
  /** `ON DELETE CASCADE` all the way. */
  readonly cascades: boolean;
  readonly direct: boolean;
  readonly rows: Rows;
}

export interface Facts {
  /** By the name that was asked; `undefined` where there is no such thing. */
  readonly relations: ReadonlyMap<string, Relation | undefined>;
  readonly fault?: string;
}

/** A line of the first answer; `at` is the place of the name that was asked. */
interface Told {
  readonly at: number;
  readonly kind: 'table' | 'referrer';
  readonly schema: string;
  readonly name: string;
  readonly type: string | null;
  readonly estimate: number | null;
  readonly bytes: number | null;
  readonly constraint?: string;
  readonly rule?: string;
  readonly depth?: number;
}

/** Looks names up: `users` in the database in use, `shop.users`. Read-only, and over within the time. */
export function relationsOf(place: Mysql, names: readonly string[], milliseconds: number): Facts {
  const asked = [...new Set(names)];
  if (asked.length === 0) return { relations: new Map() };
  const start = Date.now();
  const first = askMysql(
    place,
    asked.map((name, at) => scriptFor(partsOf(name, place), at)).join('\n'),
    milliseconds,
  );
  const told = first.rows as readonly Told[];
  const left = milliseconds - (Date.now() - start);
  const counts = left > 50 ? countsOf(told, place, left) : new Map<string, number>();
  const relations = asked.flatMap((name, at): [string, Relation | undefined][] => {
    const here = told.filter(one => one.at === at);
    const tables = here.filter(one => one.kind === 'table');
    // On some systems names differ in case; the server's comparison here does not.
    const table = tables.find(one => one.name === partsOf(name, place).name) ?? tables[0];
    if (!table && first.fault !== undefined) return [];
    const referrers = here.filter(one => one.kind === 'referrer');
    return [[name, table && relationOf(table, referrers, counts)]];
  });
  return { relations: new Map(relations), ...(first.fault !== undefined && { fault: first.fault }) };
}

/** A name as an effect has it → the schema and the name; without one the database in use. */
function partsOf(name: string, { database }: Mysql): { readonly schema: string; readonly name: string } {
  const dot = name.indexOf('.');
  return dot < 0 ? { schema: database, name } : { schema: name.slice(0, dot), name: name.slice(dot + 1) };
}

function relationOf(table: Told, referrers: readonly Told[], counts: ReadonlyMap<string, number>): Relation {
  const rows = (one: Told): Rows => rowsCounted(counts.get(keyOf(one)), one.estimate);
  return {
    schema: table.schema,
    name: table.name,
    isView: table.type === 'VIEW' || table.type === 'SYSTEM VIEW',
    bytes: table.bytes ?? 0,
    rows: rows(table),
    referrers: referrers.map(one => ({
      schema: one.schema,
      name: one.name,
      constraint: one.constraint ?? '',
      cascades: one.rule === 'CASCADE',
      direct: one.depth === 1,
      rows: rows(one),
    })),
  };
}

function countsOf(told: readonly Told[], place: Mysql, milliseconds: number): ReadonlyMap<string, number> {
  const small = told.filter(one => one.type === 'BASE TABLE' && (one.bytes ?? 0) <= SMALL);
  const tables = [...new Map(small.map(one => [keyOf(one), one])).values()];
  if (tables.length === 0) return new Map();
  const counting = tables
    .toSorted((a, b) => (a.bytes ?? 0) - (b.bytes ?? 0))
    .map(
      one =>
        `SELECT JSON_OBJECT('of', ${text(keyOf(one))}, 'rows', COUNT(*)) FROM (SELECT 1 FROM ${quoted(one.schema)}.${quoted(one.name)} LIMIT ${MOST_ROWS}) AS counted;`,
    );
  const { rows } = askMysql(place, counting.join('\n'), milliseconds);
  return new Map((rows as readonly { of: string; rows: number }[]).map(one => [one.of, one.rows]));
}

function keyOf({ schema, name }: Told): string {
  return `${schema}.${name}`;
}

const FACTS = `'type', t.table_type, 'estimate', t.table_rows, 'bytes', t.data_length + t.index_length`;

/** The table, and those whose keys refer to it: through others only where the rows of those go along. */
function scriptFor({ schema, name }: { readonly schema: string; readonly name: string }, at: number): string {
  return `SELECT JSON_OBJECT('at', ${at}, 'kind', 'table', 'schema', t.table_schema, 'name', t.table_name, ${FACTS})
FROM information_schema.tables t WHERE t.table_schema = ${text(schema)} AND t.table_name = ${text(name)};
WITH RECURSIVE refers AS (
  SELECT constraint_schema AS s, table_name AS n, constraint_name AS c, delete_rule AS r, 1 AS depth
  FROM information_schema.referential_constraints
  WHERE unique_constraint_schema = ${text(schema)} AND referenced_table_name = ${text(name)} AND table_name <> referenced_table_name
  UNION
  SELECT k.constraint_schema, k.table_name, k.constraint_name, k.delete_rule, refers.depth + 1
  FROM refers JOIN information_schema.referential_constraints k
    ON k.unique_constraint_schema = refers.s AND k.referenced_table_name = refers.n
  WHERE refers.r = 'CASCADE' AND refers.depth < 10 AND k.table_name <> k.referenced_table_name
)
SELECT JSON_OBJECT('at', ${at}, 'kind', 'referrer', 'schema', s, 'name', n, 'constraint', c, 'rule', r, 'depth', depth, ${FACTS})
FROM refers LEFT JOIN information_schema.tables t ON t.table_schema = s AND t.table_name = n ORDER BY depth, n;`;
}
