/** What a MySQL or MariaDB server says of the tables and databases that a command would take, in sentences. */

import type { Match } from '../../policy/rule.js';
import { counted, sizeText, visible } from '../../text.js';
import { type Asker, listed } from '../asker.js';
import { rowsText } from '../rows.js';
import { subjectOf } from '../subject.js';
import { askMysql, text } from './ask.js';
import { type Mysql, mysqlOf } from './connection.js';
import { type Referrer, type Relation, relationsOf } from './facts.js';

/** Tables of one command that are asked for. */
const MOST_ASKED = 50;

export const mysql: Asker = {
  tools: ['mysql'],
  ask(matches, world, leave, milliseconds) {
    const [first] = matches;
    const wanted = matches.filter(match => subjectOf(match) !== undefined);
    if (leave.sql !== true || !first || wanted.length === 0) return [];
    const place = mysqlOf(first.invocation, world);
    if ('unasked' in place) return [`guard did not ask the database: ${place.unasked}.`];
    if (wanted.some(match => isMoved(match)))
      return ['guard did not ask the database: the input changes to another database on the way.'];
    const start = Date.now();
    const left = () => Math.max(100, milliseconds - (Date.now() - start));
    const wholes = wanted.flatMap(match => wholeOf(match));
    return [
      ...aboutTables(wanted, place, left()),
      ...[...new Set(wholes)].flatMap(name => aboutDatabase(name, place, left())),
    ];
  },
};

/** Without a database of its own the name is one of whatever `USE` chose. */
export function isMoved(match: Match): boolean {
  const subject = subjectOf(match);
  return (
    subject?.kind === 'relation' &&
    !subject.name.includes('.') &&
    match.effect?.with.includes('database=changed') === true
  );
}

function wholeOf(match: Match): readonly string[] {
  const subject = subjectOf(match);
  return subject?.kind === 'whole' ? [subject.name] : [];
}

function aboutTables(matches: readonly Match[], place: Mysql, milliseconds: number): readonly string[] {
  const asked = matches.flatMap(match => {
    const subject = subjectOf(match);
    return subject?.kind === 'relation' ? [{ match, name: subject.name }] : [];
  });
  const more = new Set(asked.splice(MOST_ASKED).map(one => one.name)).size;
  const { relations, fault } = relationsOf(
    place,
    asked.map(one => one.name),
    milliseconds,
  );
  const lines = asked.flatMap(({ match, name }) => {
    if (!relations.has(name)) return [];
    const relation = relations.get(name);
    return relation
      ? sentences(match, relation, place)
      : [`There is no ${visible(name)} in ${visible(place.shown)} now.`];
  });
  if (more > 0) lines.push(`  and ${counted(more, 'table')} more, which were not asked for`);
  return fault === undefined ? lines : [...lines, notAsked(place, fault)];
}

function notAsked({ shown }: Mysql, fault: string): string {
  return `guard could not ask ${visible(shown)}: ${fault}.`;
}

function sentences({ effect }: Match, relation: Relation, place: Mysql): readonly string[] {
  const name = nameOf(relation, place);
  const shown = visible(place.shown);
  if (relation.isView) return [`${name} is a view in ${shown}.`];
  const head = `${name} in ${shown} has ${rowsText(relation.rows)} (${sizeText(relation.bytes)}).`;
  if (effect?.resource === 'sql.column') return [head];
  const isDelete = effect?.resource === 'sql.row' && !effect.with.includes('truncate=true');
  if (!isDelete) return [head, ...needed(relation, place)];
  return effect.action === 'delete' ? [head, ...goingAlong(relation, place)] : [head];
}

/** DROP and TRUNCATE fail while another table's key refers to it, unless the checks are off. */
function needed({ referrers }: Relation, place: Mysql): readonly string[] {
  const keys = referrers.filter(one => one.direct);
  if (keys.length === 0) return [];
  const names = keys.map(one => `${nameOf(one, place)}.${visible(one.constraint)}`);
  return [`  it is needed by ${counted(keys.length, 'foreign key')}: ${listed(names)}`];
}

function goingAlong({ referrers }: Relation, place: Mysql): readonly string[] {
  const along = [...new Map(referrers.filter(one => one.cascades).map(one => [nameOf(one, place), one]))];
  if (along.length === 0) return [];
  const names = along.map(([name, { rows }]) => `${name} (${rowsText(rows)})`);
  return [`  rows that refer to it go along (ON DELETE CASCADE): ${listed(names)}`];
}

function nameOf({ schema, name }: Pick<Referrer, 'schema' | 'name'>, { database }: Mysql): string {
  return visible(schema.toLowerCase() === database.toLowerCase() ? name : `${schema}.${name}`);
}

/** A database as a whole: its tables, an estimate of their rows, its size. */
function aboutDatabase(name: string, place: Mysql, milliseconds: number): readonly string[] {
  const script = `SELECT JSON_OBJECT('there', (SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = ${text(name)}),
  'tables', COUNT(*), 'rows', COALESCE(SUM(table_rows), 0), 'bytes', COALESCE(SUM(data_length + index_length), 0))
FROM information_schema.tables WHERE table_schema = ${text(name)} AND table_type = 'BASE TABLE';`;
  const { rows, fault } = askMysql(place, script, milliseconds);
  const [told] = rows as readonly { there: number; tables: number; rows: number; bytes: number }[];
  if (fault !== undefined || !told) return [notAsked(place, fault ?? 'it gave no answer')];
  if (told.there === 0) return [`There is no database ${visible(name)} there now.`];
  return [
    `Database ${visible(name)} has ${counted(told.tables, 'table')} with about ${counted(told.rows, 'row')} (${sizeText(told.bytes)}).`,
  ];
}
