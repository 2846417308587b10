/** What a snapshot knows of saved tables of MySQL: in which order they go back, their columns, whole databases. Plain data. */

import { askMysql, text } from '../../clients/mysql/ask.js';
import type { Mysql } from '../../clients/mysql/connection.js';
import { notSaved } from '../capture.js';
import { readContents, writeContents } from '../contents.js';

export interface Record {
  /** Those that others refer to first. */
  readonly tables: readonly Table[];
  /** Databases that are saved as a whole. */
  readonly databases: readonly string[];
}

export interface Table {
  readonly schema: string;
  readonly name: string;
  readonly isView: boolean;
  readonly hasTriggers: boolean;
  /** Those that hold values of their own; none of a view. */
  readonly columns: readonly Column[];
}

interface Column {
  readonly name: string;
  readonly isKey: boolean;
  /** Its values are compared by their bytes: a collation calls `a` and `A` the same. */
  readonly isText: boolean;
}

const FILE = 'mysql.json';

export function writeRecord(directory: string, record: Record): void {
  writeContents(directory, FILE, record);
}

export function readRecord(directory: string): Record {
  return readContents(directory, FILE, ['tables', 'databases']);
}

/** One file for the tables of a database: rows of one moment. */
export function rowsFile(schema: string, tables: readonly Table[]): string {
  return `rows.${tables.findIndex(one => one.schema === schema)}.sql`;
}

export interface Name {
  readonly schema: string;
  readonly name: string;
}

/** Asks the server what the tables are made of. Throws `GuardError('not-saved')`. */
export function describe(place: Mysql, names: readonly Name[], milliseconds: number): readonly Table[] {
  if (names.length === 0) return [];
  const { rows, fault } = askMysql(place, scriptFor(names), milliseconds);
  if (fault !== undefined) throw notSaved(`${place.shown} could not be asked: ${fault}`);
  const told = rows as readonly Told[];
  const tables = told.flatMap(one => (one.kind === 'table' ? [one] : []));
  const found = tables.map(
    ({ schema, name, type, triggers }): Table => ({
      schema,
      name,
      isView: type === 'VIEW',
      hasTriggers: triggers > 0,
      columns: told.flatMap(one =>
        one.kind === 'column' && one.schema === schema && one.name === name && type !== 'VIEW'
          ? [{ name: one.column, isKey: one.key === 1, isText: one.text === 1 }]
          : [],
      ),
    }),
  );
  const keys = told.flatMap(one => (one.kind === 'key' ? [one] : []));
  return inOrder(found, keys);
}

type Told =
  | (Name & { readonly kind: 'table'; readonly type: string; readonly triggers: number })
  | (Name & {
      readonly kind: 'column';
      readonly column: string;
      readonly key: 0 | 1;
      readonly text: 0 | 1;
    })
  | Key;

type Key = Name & { readonly kind: 'key'; readonly toSchema: string; readonly to: string };

/** Tables before those that refer to them, views last; what refers to each other in a circle as it comes. */
function inOrder(tables: readonly Table[], keys: readonly Key[]): readonly Table[] {
  const done = new Set<Table>();
  const visit = (table: Table, path: readonly Table[]) => {
    if (done.has(table) || path.includes(table)) return;
    for (const key of keys.filter(one => one.schema === table.schema && one.name === table.name))
      for (const parent of tables.filter(one => one.schema === key.toSchema && one.name === key.to))
        visit(parent, [...path, table]);
    done.add(table);
  };
  for (const table of tables.toSorted((a, b) => Number(a.isView) - Number(b.isView))) visit(table, []);
  return [...done];
}

function scriptFor(names: readonly Name[]): string {
  const among = (schema: string, name: string) =>
    `(${names.map(one => `(${schema} = ${text(one.schema)} AND ${name} = ${text(one.name)})`).join(' OR ')})`;
  return `SELECT JSON_OBJECT('kind', 'table', 'schema', t.table_schema, 'name', t.table_name, 'type', t.table_type,
  'triggers', (SELECT COUNT(*) FROM information_schema.triggers g WHERE g.event_object_schema = t.table_schema AND g.event_object_table = t.table_name))
FROM information_schema.tables t WHERE ${among('t.table_schema', 't.table_name')};
SELECT JSON_OBJECT('kind', 'column', 'schema', c.table_schema, 'name', c.table_name, 'column', c.column_name,
  'key', IF(c.column_key = 'PRI', 1, 0), 'text', IF(c.character_set_name IS NULL, 0, 1))
FROM information_schema.columns c WHERE ${among('c.table_schema', 'c.table_name')} AND COALESCE(c.generation_expression, '') = ''
ORDER BY c.table_schema, c.table_name, c.ordinal_position;
SELECT JSON_OBJECT('kind', 'key', 'schema', k.constraint_schema, 'name', k.table_name, 'toSchema', k.unique_constraint_schema, 'to', k.referenced_table_name)
FROM information_schema.referential_constraints k WHERE ${among('k.constraint_schema', 'k.table_name')};`;
}
