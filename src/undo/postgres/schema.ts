/** What is in a schema that a command drops: asked of the server as a whole, saved as one archive. */

import { askPostgres, literal } from '../../clients/postgres/ask.js';
import type { Postgres } from '../../clients/postgres/connection.js';
import { notSaved } from '../capture.js';
import { describe, type Group, type Record } from './record.js';

interface Told {
  /** `null` where there is no such schema. */
  readonly name: string | null;
  /** Bytes of heap and TOAST, about what a dump reads. */
  readonly bytes: number;
  readonly tables: readonly number[];
  /** Its own views, and those of other schemas that need something of it. */
  readonly views: readonly number[];
  readonly dependent: readonly number[];
}

/** Bytes of the schemas that are there; `undefined` where the server does not say. */
export function sizeOfSchemas(
  place: Postgres,
  names: readonly string[],
  milliseconds: number,
): number | undefined {
  const { rows, fault } = askPostgres(place, names.map(scriptFor).join('\n'), milliseconds);
  return fault === undefined ? (rows as readonly Told[]).reduce((sum, one) => sum + one.bytes, 0) : undefined;
}

/** `undefined` where there is no such schema. Throws `GuardError('not-saved')`. */
export function describeSchema(place: Postgres, name: string, milliseconds: number): Record | undefined {
  const { rows, fault } = askPostgres(place, scriptFor(name), milliseconds);
  const [told] = rows as readonly Told[];
  if (fault !== undefined || !told)
    throw notSaved(`${place.shown} could not be asked: ${fault ?? 'no answer'}`);
  if (told.name === null) return undefined;
  const { tables, views, dependent } = told;
  const inside = describe(place, { tables, views, dropped: tables }, milliseconds);
  const outside =
    dependent.length === 0
      ? []
      : describe(place, { tables: [], views: dependent, dropped: [] }, milliseconds).groups;
  const whole: Group = {
    archive: '',
    schema: told.name,
    relations: inside.groups.flatMap(group => group.relations),
    leaves: inside.groups.flatMap(group => group.leaves),
  };
  return { groups: [whole, ...outside], keys: inside.keys };
}

function scriptFor(name: string): string {
  return `SET LOCAL search_path = pg_catalog, pg_temp;
WITH RECURSIVE own AS (
  SELECT c.oid, c.relkind, c.relispartition FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = ${literal(name)} AND c.relkind IN ('r', 'p', 'v', 'm')
), needing(oid) AS (
  SELECT r.ev_class FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid JOIN own ON own.oid = d.refobjid
   WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass
  UNION
  SELECT r.ev_class FROM needing JOIN pg_depend d ON d.refobjid = needing.oid JOIN pg_rewrite r ON r.oid = d.objid
   WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass
)
SELECT json_build_object('name', (SELECT quote_ident(nspname) FROM pg_namespace WHERE nspname = ${literal(name)}),
  'bytes', (SELECT COALESCE(sum(pg_table_size(oid)), 0)::int8 FROM own WHERE relkind IN ('r', 'm')),
  'tables', (SELECT COALESCE(json_agg(oid::int8), '[]') FROM own WHERE relkind IN ('r', 'p') AND NOT relispartition),
  'views', (SELECT COALESCE(json_agg(oid::int8), '[]') FROM own WHERE relkind IN ('v', 'm')),
  'dependent', (SELECT COALESCE(json_agg(DISTINCT needing.oid::int8), '[]') FROM needing WHERE needing.oid NOT IN (SELECT own.oid FROM own)));`;
}
