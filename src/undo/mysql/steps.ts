/**
 * What of saved tables of MySQL is gone, and the steps that bring it back: tables and databases that are no more, rows that are
 * missing, rows that were changed since. Compares first, and changes nothing by that.
 */

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { askMysql, text } from '../../clients/mysql/ask.js';
import { type Mysql, storedMysql } from '../../clients/mysql/connection.js';
import { GuardError } from '../../errors.js';
import { inScratch } from '../../scratch.js';
import { counted, sizeText, visible } from '../../text.js';
import { elsewhere } from '../leave.js';
import type { Environment, Item, Planned, Step } from '../saver.js';
import { describe, readRecord, rowsFile, type Table } from './record.js';
import { compare, type Data, insertMissing, nameOf, runFile, setBack } from './rows.js';

const ASKING = 10_000;

/** The item's connection, with the password of whoever asks now. */
export function placeOf({ with: given }: Item, env: Environment): Mysql {
  const stored = storedMysql(given['options'] ?? [], given['database']?.[0] ?? '', env);
  return { ...stored, shown: given['shown']?.[0] ?? 'the server' };
}

/** Throws `GuardError('no-answer')` where the server cannot be asked. */
export function mysqlSteps(item: Item, directory: string, env: Environment): readonly Step[] {
  const place = placeOf(item, env);
  const { tables, databases } = readRecord(directory);
  const there = databasesIn(place);
  const now = new Map(describe(place, tables, ASKING).map(one => [nameOf(one), one]));
  const gone = tables.filter(one => !now.has(nameOf(one)));
  const steps = [
    ...databases.map((name, i) =>
      databaseStep(name, there.has(name), join(directory, `database.${i}.sql`), place),
    ),
    ...(gone.length === 0 ? [] : [recreation(gone, tables, directory, place)]),
    ...tables.flatMap(table => {
      const present = now.get(nameOf(table));
      if (!present || table.isView) return [];
      return rowSteps(item, table, present, join(directory, rowsFile(table.schema, tables)), place);
    }),
  ];
  return steps.map(step => elsewhere(item, step, place.shown));
}

function databasesIn(place: Mysql): ReadonlySet<string> {
  const script = `SELECT JSON_QUOTE(schema_name) FROM information_schema.schemata WHERE schema_name <> ${text('')};`;
  const { rows, fault } = askMysql(place, script, ASKING);
  if (fault !== undefined)
    throw new GuardError('no-answer', `${place.shown} could not be asked: ${fault}`, {
      hint: 'Set what its connection needs (MYSQL_PWD, a tunnel) and run `guard undo` again.',
    });
  return new Set(rows.map(String));
}

function databaseStep(name: string, isThere: boolean, file: string, place: Mysql): Step {
  const size = sizeText(statSync(file).size);
  if (isThere)
    return {
      text: `leave database ${visible(name)}`,
      differs: `one of that name stands there; by hand: mysql <${file}`,
      apply: () => undefined,
    };
  return {
    text: `create database ${visible(name)} again on ${visible(place.shown)}, with what was in it (${size})`,
    apply: () => {
      runFile(file, place);
    },
  };
}

/** Definitions, rows, then triggers; keys that refer to each other are not checked meanwhile, as in any dump. */
function recreation(gone: readonly Table[], tables: readonly Table[], directory: string, place: Mysql): Step {
  const names = gone.map(one => shown(one, place)).join(', ');
  const hasRows = gone.some(one => !one.isView);
  const it = gone.length === 1 ? 'it' : 'them';
  return {
    text: `create ${names} again in ${visible(place.shown)}${hasRows ? `, with what was in ${it}` : ''}`,
    apply: () =>
      inScratch(scratch => {
        const at = (table: Table) => tables.indexOf(table);
        const run = (file: string, table: Table) =>
          runFile(join(directory, file), {
            ...place,
            options: [...place.options, `--database=${table.schema}`],
          });
        // A view needs its tables first: they stand before it.
        for (const table of gone.filter(one => !one.isView)) run(`table.${at(table)}.sql`, table);
        for (const table of gone.filter(one => !one.isView)) {
          insertMissing(
            { table, file: join(directory, rowsFile(table.schema, tables)), scratch },
            place,
            false,
          );
          if (table.hasTriggers) run(`triggers.${at(table)}.sql`, table);
        }
        for (const table of gone.filter(one => one.isView)) run(`table.${at(table)}.sql`, table);
      }),
  };
}

function rowSteps(item: Item, table: Table, present: Table, file: string, place: Mysql): readonly Step[] {
  const name = shown(table, place);
  const lacking = table.columns.filter(one => !present.columns.some(({ name }) => name === one.name));
  if (lacking.length > 0)
    return [
      {
        text: `leave ${name}`,
        differs: `it has no column ${lacking.map(one => visible(one.name)).join(', ')} now`,
        apply: () => undefined,
      },
    ];
  const { missing, changed } = inScratch(scratch => compare({ table, file, scratch }, place));
  const using = (apply: (data: Data, place: Mysql) => void) => () =>
    inScratch(scratch => apply({ table, file, scratch }, place));
  const triggers = present.hasTriggers ? { differs: 'its own triggers run for rows that come back' } : {};
  return [
    ...(missing === 0
      ? []
      : [
          {
            text: `put ${counted(missing, 'row')} back into ${name}`,
            ...triggers,
            apply: using(insertMissing),
          },
        ]),
    ...(changed === 0
      ? []
      : [
          {
            text: `set ${counted(changed, 'row')} of ${name} back to what ${changed === 1 ? 'it was' : 'they were'}`,
            differs: `${changed === 1 ? 'it was' : 'they were'} changed since`,
            changes: onlyTable(item, table),
            apply: using(setBack),
          },
        ]),
  ];
}

/** The item for one table as it is now. */
function onlyTable(item: Item, { schema, name }: Table): Planned {
  const { options = [], database = [], shown: at = [], hosts = [] } = item.with;
  const table = `${schema}.${name}`;
  return {
    ...item,
    what: `${table} of ${at[0] ?? ''}`,
    with: { options, database, shown: at, hosts, tables: [table] },
  };
}

function shown({ schema, name }: Table, { database }: Mysql): string {
  return visible(schema === database ? name : `${schema}.${name}`);
}
