/** What a PostgreSQL server says of the tables, schemas and databases that a command would take, in sentences. */

import type { Match } from '../../policy/rule.js';
import { counted, sizeText, visible } from '../../text.js';
import { type Asker, listed } from '../asker.js';
import { rowsText } from '../rows.js';
import { subjectOf } from '../subject.js';
import { askPostgres, literal } from './ask.js';
import { type Postgres, postgresOf } from './connection.js';
import { type Referrer, type Relation, relationsOf } from './facts.js';

/** Tables of one command that are asked for. */
const MOST_ASKED = 50;

export const postgres: Asker = {
  tools: ['psql', 'dropdb'],
  ask(matches, world, leave, milliseconds) {
    const [first] = matches;
    const wanted = matches.flatMap(match => (subjectOf(match) ? [match] : []));
    if (leave.sql !== true || !first || wanted.length === 0) return [];
    const place = postgresOf(first.invocation, world);
    if ('unasked' in place) return [`guard did not ask the database: ${place.unasked}.`];
    const start = Date.now();
    const left = () => Math.max(100, milliseconds - (Date.now() - start));
    return [
      ...aboutRelations(wanted, place, left()),
      ...wanted.flatMap(match =>
        subjectOf(match)?.kind === 'whole' ? aboutWhole(match, place, left()) : [],
      ),
    ];
  },
};

function aboutRelations(matches: readonly Match[], place: Postgres, milliseconds: number): readonly string[] {
  const asked = matches.flatMap(match => {
    const subject = subjectOf(match);
    return subject?.kind === 'relation' ? [{ match, name: subject.name }] : [];
  });
  const more = new Set(asked.splice(MOST_ASKED).map(one => one.name)).size;
  const facts = relationsOf(
    place,
    asked.map(one => one.name),
    milliseconds,
  );
  const lines: string[] = asked.flatMap(({ match, name }) => {
    if (!facts.relations.has(name)) return [];
    const relation = facts.relations.get(name);
    return relation
      ? sentences(match, relation, place)
      : [`There is no ${visible(name)} in ${place.shown} now.`];
  });
  if (more > 0) lines.push(`  and ${counted(more, 'table')} more, which were not asked for`);
  return facts.fault === undefined ? lines : [...lines, notAsked(place, facts.fault, lines.length > 0)];
}

function notAsked(place: Postgres, fault: string, hasSome = false): string {
  return hasSome
    ? `guard could not ask ${place.shown} to the end (${fault}): it is at least this.`
    : `guard could not ask ${place.shown}: ${fault}.`;
}

function sentences({ effect }: Match, relation: Relation, place: Postgres): readonly string[] {
  const cascade = effect?.with.includes('cascade=true') === true;
  const isView = relation.kind === 'v';
  const name = nameOf(relation);
  const size = isView ? '' : ` has ${rowsText(relation.rows)} (${sizeText(relation.bytes)})`;
  const head = isView ? `${name} is a view in ${place.shown}.` : `${name} in ${place.shown}${size}.`;
  if (effect?.resource === 'sql.row') {
    const isTruncate = effect.with.includes('truncate=true');
    return [head, ...(isTruncate ? emptied(relation, cascade) : withRows(relation, effect.action))];
  }
  if (effect?.resource === 'sql.column') return [head];
  return [head, ...dropped(relation, cascade)];
}

/** TRUNCATE … CASCADE empties every table that refers to it; without, the server refuses while there is one. */
function emptied({ referrers }: Relation, cascade: boolean): readonly string[] {
  const tables = [...new Map(referrers.map(one => [one.oid, one])).values()];
  if (tables.length === 0) return [];
  const names = listed(tables.map(withCount));
  if (!cascade) return [`  ${names} ${tables.length === 1 ? 'refers' : 'refer'} to it`];
  return [`  CASCADE also empties ${counted(tables.length, 'table')}: ${names}`];
}

function withRows({ referrers }: Relation, action: string): readonly string[] {
  const along = referrers.filter(one => one.cascades);
  if (action !== 'delete' || along.length === 0) return [];
  return [`  rows that refer to it go along (ON DELETE CASCADE): ${listed(along.map(withCount))}`];
}

function dropped({ views, referrers }: Relation, cascade: boolean): readonly string[] {
  const keys = referrers.filter(one => one.direct);
  const names = keys.map(one => `${shortName(one.name)}.${visible(one.constraint)}`);
  const verb = cascade ? 'CASCADE also drops' : 'it is needed by';
  return [
    ...(views.length === 0
      ? []
      : [`  ${verb} ${counted(views.length, 'view')}: ${listed(views.map(view => shortName(view.name)))}`]),
    ...(keys.length === 0 ? [] : [`  ${verb} ${counted(keys.length, 'foreign key')}: ${listed(names)}`]),
  ];
}

function withCount({ name, rows }: Referrer): string {
  return `${shortName(name)} (${rowsText(rows)})`;
}

function nameOf({ schema, name }: Pick<Relation, 'schema' | 'name'>): string {
  return visible(schema === 'public' ? name : `${schema}.${name}`);
}

function shortName(name: string): string {
  return visible(name.replace(/^public\./, ''));
}

/** A schema or database as a whole: its tables, an estimate of their rows, its size, who is connected. */
function aboutWhole({ effect }: Match, place: Postgres, milliseconds: number): readonly string[] {
  const name = effect?.target ?? '';
  const isSchema = effect?.resource === 'sql.schema';
  const { rows, fault } = askPostgres(
    place,
    isSchema ? schemaScript(name) : databaseScript(name),
    milliseconds,
  );
  const [told] = rows as readonly { tables?: number; rows?: number; bytes: number; users?: number }[];
  if (fault !== undefined || !told) return [notAsked(place, fault ?? 'it gave no answer')];
  const { tables = 0, rows: many = 0, bytes, users = 0 } = told;
  const shown = visible(name);
  if (bytes === null) return [`There is no ${isSchema ? 'schema' : 'database'} ${shown} there now.`];
  if (isSchema)
    return [
      `Schema ${shown} in ${place.shown} has ${counted(tables, 'table')} with about ${counted(many, 'row')} (${sizeText(bytes)}).`,
    ];
  const connected = users === 0 ? [] : [`  ${counted(users, 'session')} connected to it`];
  return [`Database ${shown} is ${sizeText(bytes)} large.`, ...connected];
}

function schemaScript(name: string): string {
  return `SET LOCAL search_path = pg_catalog, pg_temp;
SELECT json_build_object('tables', count(c.oid), 'rows', COALESCE(round(sum(greatest(c.reltuples, 0))), 0),
  'bytes', CASE WHEN count(n.oid) = 0 THEN NULL ELSE COALESCE(sum(pg_total_relation_size(c.oid)), 0) END)
FROM pg_namespace n LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'm', 'p')
WHERE n.nspname = ${literal(name)};`;
}

function databaseScript(name: string): string {
  return `SET LOCAL search_path = pg_catalog, pg_temp;
SELECT json_build_object('bytes', sum(pg_database_size(d.oid)),
  'users', (SELECT count(*) FROM pg_stat_activity a WHERE a.datname = ${literal(name)} AND a.pid <> pg_backend_pid()))
FROM pg_database d WHERE d.datname = ${literal(name)};`;
}
