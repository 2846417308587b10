/** What a snapshot knows of saved tables: which archive holds what, in which order they go back, what hung on them. Plain data. */

import { askPostgres } from '../../clients/postgres/ask.js';
import type { Postgres } from '../../clients/postgres/connection.js';
import { notSaved } from '../capture.js';
import { readContents, writeContents } from '../contents.js';

export interface Record {
  /** Those that others refer to first. */
  readonly groups: readonly Group[];
  /** Foreign keys of other tables that a CASCADE takes. */
  readonly keys: readonly { readonly table: string; readonly name: string; readonly definition: string }[];
}

/** One archive of pg_dump: a table with its partitions, the views that a CASCADE takes, or all that is in a schema. */
export interface Group {
  /** The schema's name as SQL takes it, where it is all of one. */
  readonly schema?: string;
  /** The file's name in the snapshot. */
  readonly archive: string;
  readonly relations: readonly Relation[];
  /** Tables that hold rows of it themselves. */
  readonly leaves: readonly Leaf[];
}

/** Names as SQL takes them: `public.users`, `app."My Table"`. */
interface Relation {
  readonly oid: number;
  readonly name: string;
}

export interface Leaf extends Relation {
  /** The primary key's columns, as SQL takes them; empty where there is none. */
  readonly key: readonly string[];
  /** Sequences that belong to its columns, with the last value that they gave. */
  readonly sequences: readonly (readonly [name: string, last: number | null])[];
}

const FILE = 'postgres.json';

export function writeRecord(directory: string, record: Record): void {
  writeContents(directory, FILE, record);
}

export function readRecord(directory: string): Record {
  return readContents(directory, FILE, ['groups', 'keys']);
}

/** What is to be saved, by oid. `dropped`: those whose foreign keys from elsewhere go with them. */
export interface Wanted {
  readonly tables: readonly number[];
  readonly views: readonly number[];
  readonly dropped: readonly number[];
}

/** Reads names, keys and order from the server. Throws `GuardError('not-saved')`. */
export function describe(place: Postgres, wanted: Wanted, milliseconds: number): Record {
  const { rows, fault } = askPostgres(place, scriptFor(wanted), milliseconds);
  if (fault !== undefined) throw notSaved(`${place.shown} could not be asked: ${fault}`);
  const told = rows as readonly Told[];
  const relations = told.filter(one => one.kind === 'relation');
  const after = new Map<number, Set<number>>();
  for (const one of told)
    if (one.kind === 'edge') after.set(one.child, (after.get(one.child) ?? new Set()).add(one.parent));
  const ordered = inOrder(wanted.tables, after).flatMap(oid => relations.find(one => one.oid === oid) ?? []);
  const views = wanted.views.flatMap(oid => relations.find(one => one.oid === oid) ?? []);
  const groups = [...ordered.map(one => [one]), ...(views.length > 0 ? [views] : [])];
  return {
    groups: groups.map((members, i) => ({
      archive: `archive.${i}`,
      relations: members.flatMap(one => [{ oid: one.oid, name: one.name }, ...(one.parts ?? [])]),
      leaves: members.flatMap(one => one.leaves ?? []),
    })),
    keys: told.flatMap(one => (one.kind === 'key' ? [one] : [])),
  };
}

type Told =
  | {
      readonly kind: 'relation';
      readonly oid: number;
      readonly name: string;
      readonly parts: readonly Relation[] | null;
      readonly leaves: readonly Leaf[] | null;
    }
  | { readonly kind: 'edge'; readonly child: number; readonly parent: number }
  | { readonly kind: 'key'; readonly table: string; readonly name: string; readonly definition: string };

/** Parents before children; what refers to each other in a circle as it comes. */
function inOrder(
  oids: readonly number[],
  after: ReadonlyMap<number, ReadonlySet<number>>,
): readonly number[] {
  const done = new Set<number>();
  const visit = (oid: number, path: readonly number[]) => {
    if (done.has(oid) || path.includes(oid)) return;
    for (const parent of after.get(oid) ?? []) if (oids.includes(parent)) visit(parent, [...path, oid]);
    done.add(oid);
  };
  for (const oid of oids) visit(oid, []);
  return [...done];
}

function scriptFor({ tables, views, dropped }: Wanted): string {
  const array = (oids: readonly number[]) => `ARRAY[${oids.join(',')}]::oid[]`;
  const all = [...tables, ...views];
  return `SET LOCAL search_path = pg_catalog, pg_temp;
WITH RECURSIVE part(root, oid) AS (
  SELECT oid, oid FROM unnest(${array(all)}) AS t(oid)
  UNION SELECT root, inhrelid FROM part JOIN pg_inherits ON inhparent = part.oid
), leaf AS (
  SELECT part.root, json_build_object('oid', c.oid::int8, 'name', c.oid::regclass::text,
    'key', COALESCE((SELECT json_agg(quote_ident(a.attname)) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
      WHERE i.indrelid = c.oid AND i.indisprimary), '[]'),
    'sequences', COALESCE((SELECT json_agg(json_build_array(d.objid::regclass::text, pg_sequence_last_value(d.objid)))
      FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
      WHERE d.classid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.deptype IN ('a', 'i')), '[]')) AS told
  FROM part JOIN pg_class c ON c.oid = part.oid WHERE c.relkind = 'r'
)
SELECT json_build_object('kind', 'relation', 'oid', c.oid::int8, 'name', c.oid::regclass::text,
  'parts', (SELECT json_agg(json_build_object('oid', p.oid::int8, 'name', p.oid::regclass::text)) FROM part p WHERE p.root = c.oid AND p.oid <> c.oid),
  'leaves', (SELECT json_agg(told) FROM leaf WHERE leaf.root = c.oid))
FROM pg_class c WHERE c.oid = ANY (${array(all)});
SELECT json_build_object('kind', 'edge', 'child', conrelid::int8, 'parent', confrelid::int8)
FROM pg_constraint WHERE contype = 'f' AND conrelid <> confrelid AND conrelid = ANY (${array(tables)}) AND confrelid = ANY (${array(tables)});
SELECT json_build_object('kind', 'key', 'table', conrelid::regclass::text, 'name', quote_ident(conname), 'definition', pg_get_constraintdef(oid))
FROM pg_constraint WHERE contype = 'f' AND confrelid = ANY (${array(dropped)}) AND NOT conrelid = ANY (${array(dropped)});`;
}
