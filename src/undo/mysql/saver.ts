/** The saver of MySQL and MariaDB tables that a client drops or empties: what of a command it could save, where policy gives leave. */

import { listed } from '../../clients/asker.js';
import { mysqlOf } from '../../clients/mysql/connection.js';
import { type Relation, relationsOf } from '../../clients/mysql/facts.js';
import { isMoved } from '../../clients/mysql/preview.js';
import { subjectOf } from '../../clients/subject.js';
import type { Match, Safety } from '../../policy/rule.js';
import type { World } from '../../port.js';
import { visible } from '../../text.js';
import { notSaved } from '../capture.js';
import { isWanted } from '../leave.js';
import type { Environment, Item, Limits, Measure, Planned, Saved, Saver } from '../saver.js';
import { Dumps } from './dump.js';
import { describe, type Name, rowsFile, type Table, writeRecord } from './record.js';
import { mysqlSteps, placeOf } from './steps.js';

/** Milliseconds: whether it fits is a promise, for which a question may wait a little; a snapshot for which the command waits. */
const MEASURING = 2_000;
const ASKING = 5_000;
/** Each has files of its own. */
const MOST_TABLES = 100;

export const mysql: Saver = { kind: 'mysql', plan, name, measure, save, steps: mysqlSteps };

function plan(match: Match, world: World, safety: Safety | undefined): readonly Planned[] {
  const { effect, invocation } = match;
  const subject = subjectOf(match);
  if (!effect || !subject || invocation.tool !== 'mysql' || !isWanted(safety) || isMoved(match)) return [];
  const place = mysqlOf(invocation, world);
  if ('unasked' in place) return [];
  const { options, database, shown, env } = place;
  const isDelete = effect.resource === 'sql.row' && effect.action === 'delete';
  const isThere = effect.host === 'localhost' || /^127\.|^::1$/.test(effect.host);
  const chosen =
    subject.kind === 'whole'
      ? { databases: [subject.name] }
      : { tables: [subject.name], ...(isDelete && { deleted: [subject.name] }) };
  const item = { kind: 'mysql', what: '', place: [shown, ...options, database].join(' '), env };
  const known = { options, database: [database], shown: [shown], hosts: [isThere ? '' : effect.host] };
  return [{ ...item, with: { ...known, ...chosen } }];
}

function name({ with: { tables = [], databases = [], shown = [] } }: Item): string {
  const names = [...databases.map(one => `database ${visible(one)}`), ...tables.map(visible)];
  return `${listed(names)} of ${shown[0] ?? 'the server'}`;
}

function measure(item: Planned): Measure | undefined {
  // How large a whole database's dump is, only saving tells.
  if ((item.with['databases'] ?? []).length > 0) return undefined;
  const { relations, fault } = relationsOf(
    savingPlace(item, item.env ?? {}),
    item.with['tables'] ?? [],
    MEASURING,
  );
  if (fault !== undefined) return undefined;
  const found = [...relations.values()].filter(one => one !== undefined);
  return { entries: found.length, bytes: found.reduce((sum, one) => sum + one.bytes, 0), complete: true };
}

/** The command's own connection, whose password stands in the environment. */
function savingPlace(item: Item, env: Environment) {
  return { ...placeOf(item, env), files: ['--no-defaults'] };
}

/** Throws `GuardError('not-saved')`. */
function save(item: Planned, directory: string, limits: Limits, env: Environment): Saved {
  const place = savingPlace(item, env);
  const { tables: names = [], databases = [], deleted = [] } = item.with;
  const { relations, fault } = relationsOf(place, names, ASKING);
  if (fault !== undefined) throw notSaved(`${place.shown} could not be asked: ${fault}`);
  const found = names.flatMap(name => {
    const relation = relations.get(name);
    return relation ? [relation, ...along(relation, deleted.includes(name))] : [];
  });
  const unique = [...new Map(found.map(one => [`${one.schema}.${one.name}`, one])).values()];
  if (unique.length > MOST_TABLES) throw notSaved(`it takes more than ${MOST_TABLES} tables`);
  const tables = describe(place, unique, ASKING);
  const dumps = new Dumps(directory, place, limits);
  for (const [i, table] of tables.entries()) dumpTable(table, i, dumps);
  for (const schema of new Set(tables.map(one => one.schema))) {
    const own = tables.filter(one => one.schema === schema && !one.isView);
    const all = own.map(one => one.name);
    if (all.length > 0)
      dumps.write(rowsFile(schema, tables), ['--no-create-info', '--skip-triggers', schema, ...all]);
  }
  for (const [i, database] of databases.entries())
    dumps.write(`database.${i}.sql`, ['--routines', '--events', '--databases', database]);
  writeRecord(directory, { tables, databases });
  const left = names
    .filter(one => !relations.get(one))
    .map(one => `there was no ${visible(one)} in ${place.shown}`);
  return { bytes: dumps.bytes, entries: tables.length + databases.length, left };
}

/** Tables whose rows go with those that are deleted. */
function along({ referrers }: Relation, isDelete: boolean): readonly Name[] {
  return isDelete ? referrers.filter(one => one.cascades) : [];
}

/** Definition and triggers apart: rows come back between them. */
function dumpTable({ schema, name, hasTriggers }: Table, at: number, dumps: Dumps): void {
  dumps.write(`table.${at}.sql`, ['--no-data', '--skip-triggers', schema, name]);
  if (hasTriggers)
    dumps.write(`triggers.${at}.sql`, ['--no-data', '--no-create-info', '--triggers', schema, name]);
}
