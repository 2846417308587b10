/**
 * Tables that a command drops or empties → archives of pg_dump beside a record of what hung on them. Over the command's own
 * connection; the server's data is only read.
 */

import { type Relation, relationsOf } from '../../clients/postgres/facts.js';
import { visible } from '../../text.js';
import { notSaved } from '../capture.js';
import type { Environment, Item, Limits, Saved } from '../saver.js';
import { dumpAll } from './dump.js';
import { placeOf } from './place.js';
import { describe, type Record, type Wanted, writeRecord } from './record.js';
import { describeSchema } from './schema.js';

/** Milliseconds for a question to the server, for which the command waits. */
const ASKING = 5_000;

/** Each is an archive of its own. */
const MOST_TABLES = 200;

/** Throws `GuardError('not-saved')`. */
export function saveTables(item: Item, directory: string, limits: Limits, env: Environment): Saved {
  const place = placeOf(item, env);
  const names = item.with['tables'] ?? [];
  if (names.length > MOST_TABLES) throw notSaved(`it takes more than ${MOST_TABLES} tables`);
  const { relations, fault } = relationsOf(place, names, ASKING);
  if (fault !== undefined) throw notSaved(`${place.shown} could not be asked: ${fault}`);
  const found = names.flatMap(name => {
    const relation = relations.get(name);
    return relation ? [{ name, relation }] : [];
  });
  const missing = names.filter(name => !relations.get(name));
  const left = missing.map(name => `there was no ${visible(name)} in ${place.shown}`);
  const schemas = (item.with['schemas'] ?? []).flatMap(name => {
    const described = describeSchema(place, name, ASKING);
    if (!described) left.push(`there was no schema ${visible(name)} in ${place.shown}`);
    return described ?? [];
  });
  const tables = found.length === 0 ? [] : [describe(place, wantedOf(found, item), ASKING)];
  const all = [...schemas, ...tables];
  const record: Record = {
    groups: all.flatMap(one => one.groups).map((group, i) => ({ ...group, archive: `archive.${i}` })),
    keys: all.flatMap(one => one.keys),
  };
  if (record.groups.length === 0) {
    writeRecord(directory, record);
    return { bytes: 0, entries: 0, left };
  }
  const archives = record.groups.map(({ archive, relations, schema }) => ({
    file: archive,
    chosen: schema === undefined ? relations.map(({ name }) => `--table=${name}`) : [`--schema=${schema}`],
  }));
  const bytes = dumpAll(archives, directory, place, limits.cap, limits.milliseconds);
  writeRecord(directory, record);
  return { bytes, entries: record.groups.flatMap(group => group.relations).length, left };
}

/** With CASCADE also what goes along: views and keys of a DROP, whole tables of a TRUNCATE or DELETE. */
function wantedOf(found: readonly { name: string; relation: Relation }[], item: Item): Wanted {
  const has = (list: string, name: string) => item.with[list]?.includes(name) === true;
  const isTable = ({ relation }: { relation: Relation }) => relation.kind !== 'v' && relation.kind !== 'm';
  const cascading = found.filter(({ name }) => has('cascading', name));
  const emptied = found.filter(({ name }) => has('emptied', name));
  const along = [
    ...cascading.filter(one => emptied.includes(one)).flatMap(one => one.relation.referrers),
    ...found
      .filter(({ name }) => has('deleted', name))
      .flatMap(one => one.relation.referrers.filter(referrer => referrer.cascades)),
  ];
  const dropped = found.filter(({ name }) => has('dropped', name));
  const views = dropped.filter(one => cascading.includes(one)).flatMap(one => one.relation.views);
  const unique = (oids: readonly number[]) => [...new Set(oids)];
  return {
    tables: unique([...found.filter(isTable).map(one => one.relation.oid), ...along.map(one => one.oid)]),
    views: unique([
      ...found.filter(one => !isTable(one)).map(one => one.relation.oid),
      ...views.map(one => one.oid),
    ]),
    dropped: unique(dropped.map(one => one.relation.oid)),
  };
}
