/**
 * The saver of whole PostgreSQL databases that psql or dropdb drops: one archive of pg_dump, and the database made again from
 * it where none of that name stands. Over the command's own connection, to another database than the one that goes.
 */

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { askPostgres, faultOf, literal } from '../../clients/postgres/ask.js';
import { type Postgres, postgresOf } from '../../clients/postgres/connection.js';
import { subjectOf } from '../../clients/subject.js';
import { GuardError } from '../../errors.js';
import type { Match, Safety } from '../../policy/rule.js';
import type { World } from '../../port.js';
import { run } from '../../subprocess.js';
import { quote, sizeText, visible } from '../../text.js';
import { notSaved } from '../capture.js';
import { elsewhere, isWanted } from '../leave.js';
import type { Environment, Item, Limits, Measure, Planned, Saved, Saver, Step } from '../saver.js';
import { dumpAll } from './dump.js';
import { connectionItem, placeOf } from './place.js';

const FILE = 'archive';
const ASKING = 5_000;
/** Milliseconds: whether it fits is a promise, for which a question may wait a little. */
const MEASURING = 2_000;
const RESTORING = 10 * 60_000;

export const postgresDatabase: Saver = { kind: 'postgres-database', plan, measure, save, steps };

function plan(match: Match, world: World, safety: Safety | undefined): readonly Planned[] {
  const { effect, invocation } = match;
  if (effect?.resource !== 'sql.database' || !['psql', 'dropdb'].includes(invocation.tool)) return [];
  const subject = subjectOf(match);
  if (subject === undefined || !isWanted(safety)) return [];
  const place = postgresOf(invocation, world);
  if ('unasked' in place) return [];
  const item = connectionItem('postgres-database', place, effect.host);
  const what = `database ${visible(subject.name)}`;
  return [
    {
      ...item,
      what,
      place: `${item.place} ${subject.name}`,
      with: { ...item.with, database: [subject.name] },
    },
  ];
}

function measure(item: Planned, _world: World, _limits: Limits): Measure | undefined {
  const bytes = sizeOf(item, placeOf(item, item.env ?? {}), MEASURING);
  return typeof bytes === 'number' ? { entries: 1, bytes, complete: true } : undefined;
}

/** Bytes of the database, which is about twice what a dump of it is; `null` where there is none, `undefined` where nobody says. */
function sizeOf(item: Item, place: Postgres, milliseconds: number): number | null | undefined {
  const script = `SELECT json_build_object('bytes', (SELECT pg_catalog.pg_database_size(oid)::int8 FROM pg_catalog.pg_database WHERE datname = ${literal(nameOf(item))}));`;
  const { rows, fault } = askPostgres(place, script, milliseconds);
  const [told] = rows as readonly { bytes: number | null }[];
  return fault === undefined ? told?.bytes : undefined;
}

function save(item: Planned, directory: string, limits: Limits, env: Environment): Saved {
  const place = placeOf(item, env);
  const size = sizeOf(item, place, ASKING);
  if (size === undefined) throw notSaved(`${place.shown} could not be asked`);
  if (size === null)
    return { bytes: 0, entries: 0, left: [`there was no database ${visible(nameOf(item))}`] };
  const archives = [{ file: FILE, chosen: [] }];
  const bytes = dumpAll(archives, directory, within(place, item), limits.cap, limits.milliseconds);
  return { bytes, entries: 1, left: [] };
}

function steps(item: Item, directory: string, env: Environment): readonly Step[] {
  const place = placeOf(item, env);
  const archive = join(directory, FILE);
  const stats = statSync(archive, { throwIfNoEntry: false });
  if (!stats) return [];
  const size = sizeOf(item, place, ASKING);
  if (size === undefined)
    throw new GuardError('no-answer', `${place.shown} could not be asked`, {
      hint: 'Set what its connection needs (PGPASSWORD, a tunnel) and run `guard undo` again.',
    });
  const name = visible(nameOf(item));
  if (size !== null)
    return [
      {
        text: `leave database ${name}`,
        differs: `one of that name stands there; into it by hand: ${quote(['pg_restore', '-d', nameOf(item), archive])}`,
        apply: () => undefined,
      },
    ];
  const step: Step = {
    text: `create database ${name} again, with all that was in it (${sizeText(stats.size)})`,
    apply: () => create(archive, place),
  };
  return [elsewhere(item, step, place.shown)];
}

/** The archive knows its database's name, encoding and owner. */
function create(archive: string, place: Postgres): void {
  const maintenance = place.connection === '' ? ['-d', 'postgres'] : ['-d', place.connection];
  const words = ['-C', '--exit-on-error', '-w', ...maintenance, archive];
  const ran = run('pg_restore', words, { env: { ...place.env, LC_ALL: 'C' }, timeout: RESTORING });
  if (ran.status !== 0) throw notSaved(`${place.shown}: ${faultOf(ran)}`);
}

/** The same connection to the database that is about to go; of a name that is given twice, libpq takes the last. */
function within(place: Postgres, item: Item): Postgres {
  const name = `dbname='${nameOf(item).replace(/[\\']/g, '\\$&')}'`;
  return {
    ...place,
    connection: `${place.connection} ${name}`.trim(),
    shown: `database ${visible(nameOf(item))}`,
  };
}

function nameOf(item: Item): string {
  return item.with['database']?.[0] ?? '';
}
