/**
 * What of saved tables is gone, and the steps that bring it back: tables that are no more, rows that are missing, rows that
 * were changed since, foreign keys. Compares first, and changes nothing by that.
 */

import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askPostgres, faultOf, literal, QUIET, runPsql } from '../../clients/postgres/ask.js';
import type { Postgres } from '../../clients/postgres/connection.js';
import { GuardError } from '../../errors.js';
import { inScratch } from '../../scratch.js';
import { run } from '../../subprocess.js';
import { counted, sizeText, visible } from '../../text.js';
import { notSaved } from '../capture.js';
import { elsewhere } from '../leave.js';
import type { Environment, Item, Planned, Step } from '../saver.js';
import { placeOf } from './place.js';
import { type Group, type Leaf, type Record, readRecord } from './record.js';
import { compare, type Difference, insertMissing, setBack, unpack, withoutNewSettings } from './rows.js';

const ASKING = 10_000;
const RESTORING = 10 * 60_000;
/** Every database begins with this schema, and pg_dump creates it in some archives only. */
const PUBLIC = 'public';

/** Throws `GuardError('no-answer')` where the server cannot be asked. */
export function tableSteps(item: Item, directory: string, env: Environment): readonly Step[] {
  const place = placeOf(item, env);
  const record = readRecord(directory);
  if (record.groups.length === 0) return [];
  const there = present(record, place);
  const isGone = ({ relations, schema }: Group) =>
    relations.every(one => !there.relations.has(one.name)) &&
    (relations.length > 0 || schema === undefined || !there.schemas.has(schema));
  const gone = record.groups.filter(isGone);
  const partly = record.groups.filter(
    group => !gone.includes(group) && group.relations.some(one => !there.relations.has(one.name)),
  );
  const stands = record.groups.filter(group => !gone.includes(group));
  const rows = stands.flatMap(group =>
    group.leaves
      .filter(leaf => there.relations.has(leaf.name))
      .flatMap(leaf => rowSteps(item, join(directory, group.archive), leaf, place)),
  );
  const steps = [
    ...(gone.length === 0 ? [] : [recreation(gone, directory, there.schemas, place)]),
    ...partly.map(group => leftAlone(group, there.relations)),
    ...rows,
    ...record.keys.filter(key => !there.keys.has(`${key.table} ${key.name}`)).map(key => keyStep(key, place)),
  ];
  return steps.map(step => elsewhere(item, step, place.shown));
}

interface Present {
  readonly schemas: ReadonlySet<string>;
  readonly relations: ReadonlySet<string>;
  readonly keys: ReadonlySet<string>;
}

function present({ groups, keys }: Record, place: Postgres): Present {
  const names = groups.flatMap(group => group.relations.map(one => one.name));
  const list = (values: readonly string[]) => `ARRAY[${values.map(literal).join(', ')}]::text[]`;
  const script = `SET LOCAL search_path = '';
SELECT json_build_object('schemas', (SELECT json_agg(quote_ident(nspname)) FROM pg_namespace), 'relations', (SELECT json_agg(n) FROM unnest(${list(names)}) AS n WHERE to_regclass(n) IS NOT NULL),
  'keys', (SELECT json_agg(conrelid::regclass::text || ' ' || quote_ident(conname)) FROM pg_constraint
    WHERE contype = 'f' AND conrelid = ANY (SELECT to_regclass(n) FROM unnest(${list(keys.map(key => key.table))}) AS n)));`;
  const { rows, fault } = askPostgres(place, script, ASKING);
  if (fault !== undefined)
    throw new GuardError('no-answer', `${place.shown} could not be asked: ${fault}`, {
      hint: 'Set what its connection needs (PGPASSWORD, a tunnel) and run `guard undo` again.',
    });
  const [told] = rows as readonly { schemas: string[]; relations: string[] | null; keys: string[] | null }[];
  return {
    schemas: new Set(told?.schemas ?? []),
    relations: new Set(told?.relations ?? []),
    keys: new Set(told?.keys ?? []),
  };
}

/** Everything of the archives, in the order that keys allow: definitions, rows, then indexes and keys. */
function recreation(
  groups: readonly Group[],
  directory: string,
  schemas: ReadonlySet<string>,
  place: Postgres,
): Step {
  const names = groups.flatMap(({ schema, relations }) =>
    schema === undefined
      ? relations.map(one => shown(one.name))
      : [`schema ${visible(schema)} (${relations.length} tables and views)`],
  );
  const bytes = groups.reduce((sum, group) => sum + statSync(join(directory, group.archive)).size, 0);
  return {
    text: `create ${names.join(', ')} again in ${visible(place.shown)}, with what was in ${names.length === 1 ? 'it' : 'them'} (${sizeText(bytes)})`,
    apply: () =>
      inScratch(scratch => {
        const files = ['pre-data', 'data', 'post-data'].flatMap(section =>
          groups.map(({ archive, schema }) => {
            const isThere = schema !== undefined && (schemas.has(schema) || schema === PUBLIC);
            return sectionOf(join(directory, archive), section, scratch, place, isThere);
          }),
        );
        const needsPublic = groups.some(({ schema }) => schema === PUBLIC) && !schemas.has(PUBLIC);
        if (needsPublic) files.unshift(scriptIn(scratch, `CREATE SCHEMA ${PUBLIC};\n`));
        const words = files.flatMap(file => ['-f', file]);
        const ran = runPsql(place, [...QUIET, '-v', 'ON_ERROR_STOP=1', '-1', ...words], '', RESTORING);
        if (ran.status !== 0) throw notSaved(`${place.shown}: ${faultOf(ran)}`);
      }),
  };
}

/** One section as a script. `hasSchema`: the schema itself stands there, and is not created again. */
function sectionOf(
  archive: string,
  section: string,
  scratch: string,
  place: Postgres,
  hasSchema: boolean,
): string {
  const file = join(scratch, `${archive.slice(archive.lastIndexOf('/') + 1)}.${section}.sql`);
  const env = { ...place.env, LC_ALL: 'C' };
  const chosen = hasSchema ? ['-L', contentsWithoutSchema(archive, scratch, env)] : [];
  const words = [`--section=${section}`, ...chosen, '-f', file, archive];
  const ran = run('pg_restore', words, { env, timeout: RESTORING });
  if (ran.status !== 0) throw notSaved(`pg_restore failed: ${faultOf(ran)}`);
  withoutNewSettings(file);
  return file;
}

/** The archive's list of contents (`pg_restore -l`) without the line of the schema itself. */
function contentsWithoutSchema(archive: string, scratch: string, env: Environment): string {
  const ran = run('pg_restore', ['-l', archive], { env, timeout: RESTORING });
  if (ran.status !== 0) throw notSaved(`pg_restore failed: ${faultOf(ran)}`);
  const lines = ran.stdout.toString('latin1').split('\n');
  return scriptIn(scratch, lines.filter(line => !/^\d+; \d+ \d+ SCHEMA - /.test(line)).join('\n'));
}

function scriptIn(scratch: string, text: string): string {
  const file = join(mkdtempSync(join(scratch, 'own-')), 'script');
  writeFileSync(file, text, { encoding: 'latin1', mode: 0o600 });
  return file;
}

function leftAlone(group: Group, there: ReadonlySet<string>): Step {
  const names = group.relations.filter(one => there.has(one.name)).map(one => shown(one.name));
  const missing = group.relations.filter(one => !there.has(one.name)).map(one => shown(one.name));
  return {
    text: `leave ${missing.join(', ')}`,
    differs: `${names.join(', ')} of the same archive stands there again; by hand: pg_restore`,
    apply: () => undefined,
  };
}

function rowSteps(item: Item, archive: string, leaf: Leaf, place: Postgres): readonly Step[] {
  const name = shown(leaf.name);
  const { missing, changed, sequences } = inScratch((scratch): Difference => {
    const data = unpack(archive, leaf, scratch, place);
    return data ? compare(data, place) : { missing: 0, changed: 0, sequences: 0 };
  });
  const using = (apply: typeof insertMissing) => () =>
    inScratch(scratch => {
      const data = unpack(archive, leaf, scratch, place);
      if (data) apply(data, place);
    });
  const steps: Step[] = [];
  if (missing > 0 || sequences > 0)
    steps.push({
      text:
        missing > 0
          ? `put ${counted(missing, 'row')} back into ${name}`
          : `put the sequences of ${name} forward again`,
      apply: using(insertMissing),
    });
  if (changed > 0)
    steps.push({
      text: `set ${counted(changed, 'row')} of ${name} back to what ${changed === 1 ? 'it was' : 'they were'}`,
      differs: `${changed === 1 ? 'it was' : 'they were'} changed since`,
      changes: onlyTable(item, leaf),
      apply: using(setBack),
    });
  return steps;
}

/** The item for one table as it is now. */
function onlyTable(item: Item, { name }: Leaf): Planned {
  const { kind, place, with: given } = item;
  const { connection = [], settings = [], shown: at = [], hosts = [] } = given;
  const what = `${shown(name)} of ${at[0] ?? ''}`;
  return {
    kind,
    place,
    what,
    with: { connection, settings, shown: at, hosts, tables: [name.replaceAll('"', '')] },
  };
}

function keyStep({ table, name, definition }: Record['keys'][number], place: Postgres): Step {
  return {
    text: `bring back the foreign key ${visible(name)} of ${shown(table)}`,
    apply: () => {
      const script = `SET search_path = '';\nALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition};\n`;
      const ran = runPsql(place, [...QUIET, '-v', 'ON_ERROR_STOP=1', '-f', '-'], script, RESTORING);
      if (ran.status !== 0) throw notSaved(`${place.shown}: ${faultOf(ran)}`);
    },
  };
}

function shown(name: string): string {
  return visible(name.replace(/^public\./, ''));
}
