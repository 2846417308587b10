/**
 * What a server says of tables and views: rows, size, what hangs on them. Estimates where counting would take long; a
 * count stops at an end. Understands `users`, `app.users` and `"My Table"` as effects name them.
 */

import { MOST_ROWS, type Rows, rowsCounted } from '../rows.js';
import { askPostgres, identifier, literal } from './ask.js';
import type { Postgres } from './connection.js';

/** Bytes of a table that is counted rather than estimated. */
const SMALL = 16 * 1024 * 1024;

/** A table or view, and what is known of it. */
export interface Relation {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** `pg_class.relkind`: `r` table, `p` partitioned, `v` view, `m` materialized view, `f` foreign table. */
  readonly kind: string;
  /** Heap, indexes and TOAST of it and all its partitions. */
  readonly bytes: number;
  /** Of the heap and TOAST alone: about what a dump reads. */
  readonly dataBytes: number;
  readonly rows: Rows;
  /** Views that need it, directly or through another. */
  readonly views: readonly { readonly oid: number; readonly name: string }[];
  /** Tables whose foreign keys refer to it, directly or through another table. */
  readonly referrers: readonly Referrer[];
}

export interface Referrer {
  readonly oid: number;
  readonly name: string;
  readonly constraint: string;
  /** `ON DELETE CASCADE` all the way. */
  readonly cascades: boolean;
  /** Refers to the table itself, not to another that does. */
  readonly direct: boolean;
  readonly rows: Rows;
}

export interface Facts {
  /** By the name that was asked; `undefined` where there is no such thing. */
  readonly relations: ReadonlyMap<string, Relation | undefined>;
  readonly fault?: string;
}

/** Looks names up. Read-only, and over within the time. */
export function relationsOf(place: Postgres, names: readonly string[], milliseconds: number): Facts {
  const asked = [...new Set(names)];
  if (asked.length === 0) return { relations: new Map() };
  const { rows, fault } = askPostgres(place, scriptFor(asked), milliseconds);
  const [found, ...more] = rows as readonly Raw[];
  const oids = Array.isArray(found) ? (found as readonly number[]) : undefined;
  if (oids === undefined) return { relations: new Map(), fault: fault ?? 'its answer was not understood' };
  const counts = new Map(more.flatMap(({ oid, counted }) => (counted === undefined ? [] : [[oid, counted]])));
  const known = new Map(more.flatMap(one => (one.schema === undefined ? [] : [[one.oid, one]])));
  const relations = asked.flatMap((name, at): [string, Relation | undefined][] => {
    const oid = oids[at] ?? 0;
    const raw = known.get(oid);
    if (oid !== 0 && !raw) return [];
    return [[name, raw && relationOf(raw, known, counts)]];
  });
  return { relations: new Map(relations), ...(fault !== undefined && { fault }) };
}

/** A line of the answer: a relation, or a count. */
interface Raw {
  readonly oid: number;
  readonly counted?: number;
  readonly schema?: string;
  readonly name: string;
  readonly kind: string;
  readonly bytes: number;
  readonly data: number;
  readonly estimate: number | null;
  readonly views: readonly { oid: number; name: string }[] | null;
  readonly referrers:
    | readonly { oid: number; name: string; constraint: string; cascades: boolean; direct: boolean }[]
    | null;
}

function relationOf(
  raw: Raw,
  known: ReadonlyMap<number, Raw>,
  counts: ReadonlyMap<number, number>,
): Relation {
  const rows = (oid: number) => rowsCounted(counts.get(oid), known.get(oid)?.estimate ?? null);
  return {
    oid: raw.oid,
    schema: raw.schema ?? '',
    name: raw.name,
    kind: raw.kind,
    bytes: raw.bytes,
    dataBytes: raw.data,
    rows: rows(raw.oid),
    views: raw.views ?? [],
    referrers: (raw.referrers ?? []).map(one => ({ ...one, rows: rows(one.oid) })),
  };
}

/** A name as an effect has it → how it may be meant: `a.b` is a table in a schema, or one with a dot in its name. */
function readings(name: string): readonly string[] {
  const parts = name.split('.');
  const qualified = parts.slice(-2).map(identifier).join('.');
  return parts.length === 1 ? [qualified, qualified] : [qualified, identifier(name)];
}

function scriptFor(names: readonly string[]): string {
  const values = names.map((name, at) => `(${at}, ${readings(name).map(literal).join(', ')})`).join(', ');
  return `
SELECT COALESCE(pg_catalog.string_agg(COALESCE(pg_catalog.to_regclass(a)::pg_catalog.oid, pg_catalog.to_regclass(b)::pg_catalog.oid, 0::pg_catalog.oid)::pg_catalog.text, ',' ORDER BY i), '0') AS oids
  FROM (VALUES ${values}) AS asked(i, a, b) \\gset
SELECT '[' || :'oids' || ']';
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL row_security = off;
${RELATIONS}
${COUNTS}`;
}

/** The tables that were asked for, those that refer to them, and what each is made of. */
const CLOSURE = `
WITH RECURSIVE asked(oid) AS (SELECT DISTINCT unnest(ARRAY[:oids]::oid[])),
refers(root, oid, conname, cascades, direct) AS (
  SELECT confrelid, conrelid, conname::text, confdeltype = 'c', true
    FROM pg_constraint JOIN asked ON confrelid = asked.oid WHERE contype = 'f' AND conrelid <> confrelid
  UNION
  SELECT root, c.conrelid, c.conname::text, cascades AND c.confdeltype = 'c', false
    FROM refers JOIN pg_constraint c ON c.confrelid = refers.oid
   WHERE c.contype = 'f' AND c.conrelid <> c.confrelid AND c.conrelid <> root
),
wanted(oid) AS (SELECT oid FROM asked UNION SELECT oid FROM refers),
part(root, oid) AS (
  SELECT oid, oid FROM wanted UNION SELECT root, inhrelid FROM part JOIN pg_inherits ON inhparent = part.oid
),
sized AS (
  SELECT root, sum(pg_total_relation_size(c.oid)) AS bytes, sum(pg_table_size(c.oid)) AS data,
    sum(CASE WHEN c.relkind NOT IN ('r', 'm') THEN 0 WHEN pg_relation_size(c.oid) = 0 THEN 0
      WHEN c.reltuples < 0 OR c.relpages = 0 THEN NULL
      ELSE c.reltuples / c.relpages * (pg_relation_size(c.oid) / current_setting('block_size')::int) END) AS estimate,
    bool_or(c.relkind IN ('r', 'm') AND pg_relation_size(c.oid) > 0 AND (c.reltuples < 0 OR c.relpages = 0)) AS unknown
  FROM part JOIN pg_class c ON c.oid = part.oid GROUP BY root
)`;

const RELATIONS = `${CLOSURE},
views(root, oid) AS (
  SELECT d.refobjid, r.ev_class FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid JOIN asked ON asked.oid = d.refobjid
   WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND r.ev_class <> d.refobjid
  UNION
  SELECT views.root, r.ev_class FROM views JOIN pg_depend d ON d.refobjid = views.oid JOIN pg_rewrite r ON r.oid = d.objid
   WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND r.ev_class <> d.refobjid
)
SELECT json_build_object('oid', c.oid::int8, 'schema', n.nspname, 'name', c.relname, 'kind', c.relkind,
  'bytes', s.bytes, 'data', s.data, 'estimate', CASE WHEN s.unknown THEN NULL ELSE s.estimate END,
  'views', (SELECT json_agg(json_build_object('oid', v.oid::int8, 'name', v.oid::regclass::text) ORDER BY v.oid)
    FROM views v WHERE v.root = c.oid),
  'referrers', (SELECT json_agg(json_build_object('oid', r.oid::int8, 'name', r.oid::regclass::text,
    'constraint', r.conname, 'cascades', r.cascades, 'direct', r.direct)) FROM refers r WHERE r.root = c.oid))
FROM wanted JOIN pg_class c ON c.oid = wanted.oid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN sized s ON s.root = c.oid;`;

/** One query a table, smallest first, made by the server from its own names. */
const COUNTS = `${CLOSURE}
SELECT format('SELECT json_build_object(''oid'', %s, ''counted'', count(*)) FROM (SELECT FROM %I.%I LIMIT ${MOST_ROWS}) AS counted',
  c.oid::int8, n.nspname, c.relname)
FROM wanted JOIN pg_class c ON c.oid = wanted.oid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN sized s ON s.root = c.oid
WHERE c.relkind IN ('r', 'p', 'm') AND (s.data <= ${SMALL} OR s.unknown)
ORDER BY s.data \\gexec`;
