/**
 * A saved SQLite file against the one that stands there now → the steps back, table by table. Nothing is deleted: rows that
 * came since stay, and rows that were changed since are set back only by a yes.
 */

import { copyFileSync, existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { askSqlite, quoted, readOnly, rowsOf, text } from '../../clients/sqlite/ask.js';
import { counted, quote, sizeText, visible } from '../../text.js';
import { notSaved } from '../capture.js';
import type { Environment, Item, Step } from '../saver.js';

/** The copy's name in the snapshot. */
export const COPY = 'copy.db';
const MINUTES = 10 * 60_000;

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  /** Columns of the declared primary key. */
  readonly key: readonly string[];
  readonly isView: boolean;
}

export function sqliteSteps(item: Item, directory: string, env: Environment): readonly Step[] {
  const copy = join(directory, COPY);
  const { place } = item;
  if (!existsSync(copy)) return [];
  if (!existsSync(place) || statSync(place).size === 0) return [wholeFile(copy, place)];
  const pair = new Pair(copy, place, env);
  const wanted = item.with['tables'] ?? [];
  const isWanted = ({ name }: Table) =>
    wanted.includes('*') || wanted.some(one => one.toLowerCase() === name.toLowerCase());
  const now = new Map(pair.tables('main').map(table => [table.name.toLowerCase(), table]));
  return pair
    .tables('saved')
    .filter(isWanted)
    .flatMap(table => {
      const present = now.get(table.name.toLowerCase());
      if (!present) return [recreation(table, pair)];
      return table.isView ? [] : rowSteps(item, table, present, pair);
    });
}

/** The file as it stands with the saved one attached. */
class Pair {
  readonly #saved: string;
  readonly #place: string;
  readonly #env: Environment;

  constructor(saved: string, place: string, env: Environment) {
    this.#saved = saved;
    this.#place = place;
    this.#env = env;
  }

  /** `place`, as one would type it. */
  get shown(): string {
    return quote([visible(this.#place)]);
  }

  tables(schema: 'main' | 'saved'): readonly Table[] {
    const found = this.ask(
      `SELECT m.name AS name, m.type AS type, json_group_array(i.name) AS columns,
         json_group_array(CASE WHEN i.pk > 0 THEN i.name END) AS key
       FROM ${schema}.sqlite_master m
       LEFT JOIN pragma_table_info(CASE m.type WHEN 'table' THEN m.name END, ${text(schema)}) i
       WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' GROUP BY m.name, m.type ORDER BY m.type, m.rootpage;`,
    );
    const names = (value: unknown) =>
      (JSON.parse(String(value)) as (string | null)[]).filter(one => one !== null);
    return found.map(one => ({
      name: String(one['name']),
      columns: names(one['columns']),
      key: names(one['key']),
      isView: one['type'] === 'view',
    }));
  }

  ask(query: string): readonly Readonly<Record<string, unknown>>[] {
    return rowsOf(this.#run(readOnly(this.#place, false), query));
  }

  /** One transaction; triggers rest, for what they would change is what was saved. */
  change(script: string): void {
    this.#run(
      this.#place,
      `.timeout 5000\n.dbconfig enable_trigger off\nBEGIN IMMEDIATE;\n${script}\nCOMMIT;`,
    );
  }

  #run(database: string, script: string) {
    const attached = `ATTACH ${text(readOnly(this.#saved, !existsSync(`${this.#saved}-wal`)))} AS saved;`;
    const ran = askSqlite(database, `${attached}\n${script}`, this.#env, MINUTES);
    if (ran.status === 0) return ran;
    const why = ran.fault === 'missing' ? 'sqlite3 is not installed' : ran.stderr.toString().split('\n')[0];
    throw notSaved(`${this.shown}: ${visible(why ?? '')}`);
  }
}

function wholeFile(copy: string, place: string): Step {
  return {
    text: `restore ${quote([visible(place)])} (${sizeText(statSync(copy).size)})`,
    apply: () => {
      for (const end of ['-wal', '-journal', ''])
        if (existsSync(`${copy}${end}`)) {
          copyFileSync(`${copy}${end}`, `${place}${end}.guard`);
          renameSync(`${place}${end}.guard`, `${place}${end}`);
        }
    },
  };
}

/** The table by its own statement, its rows, then what was on it: indexes and triggers. */
function recreation(table: Table, pair: Pair): Step {
  const name = quoted(table.name);
  const columns = table.columns.map(quoted).join(', ');
  return {
    text: `create ${visible(table.name)} again in ${pair.shown}${table.isView ? '' : ', with its rows'}`,
    apply() {
      const found = pair.ask(
        `SELECT type, sql FROM saved.sqlite_master WHERE tbl_name = ${text(table.name)} AND sql IS NOT NULL ORDER BY type NOT IN ('table', 'view');`,
      );
      const [own, ...others] = found.map(one => `${String(one['sql'])};`);
      const rows = table.isView
        ? ''
        : `INSERT INTO main.${name} (${columns}) SELECT ${columns} FROM saved.${name};`;
      pair.change([own, rows, ...others].join('\n'));
    },
  };
}

function rowSteps(item: Item, table: Table, present: Table, pair: Pair): readonly Step[] {
  const name = visible(table.name);
  const lacking = table.columns.filter(one => !present.columns.includes(one));
  if (lacking.length > 0)
    return [
      {
        text: `leave ${name}`,
        differs: `it has no column ${lacking.map(visible).join(', ')} now`,
        apply: () => undefined,
      },
    ];
  const columns = table.columns.map(quoted).join(', ');
  const saved = `saved.${quoted(table.name)}`;
  const main = `main.${quoted(table.name)}`;
  // Each as often as it is missing.
  const nth = `row_number() OVER (PARTITION BY ${columns})`;
  const lost = `SELECT ${columns}, ${nth} FROM ${saved} EXCEPT SELECT ${columns}, ${nth} FROM ${main}`;
  const same = table.key.map(one => `m.${quoted(one)} IS lost.${quoted(one)}`).join(' AND ');
  const taken = same === '' ? '0' : `EXISTS (SELECT 1 FROM ${main} m WHERE ${same})`;
  const [counts] = pair.ask(
    `SELECT count(*) FILTER (WHERE NOT (${taken})) AS missing, count(*) FILTER (WHERE ${taken}) AS changed FROM (${lost}) lost;`,
  );
  const [missing, changed] = [Number(counts?.['missing'] ?? 0), Number(counts?.['changed'] ?? 0)];
  const insert = `INSERT INTO ${main} (${columns}) SELECT ${columns} FROM (${lost}) lost WHERE`;
  const others = table.columns.filter(one => !table.key.includes(one));
  const sets = others.map(one => `${quoted(one)} = excluded.${quoted(one)}`).join(', ');
  return [
    ...(missing === 0
      ? []
      : [
          {
            text: `put ${counted(missing, 'row')} back into ${name} of ${pair.shown}`,
            apply: () => pair.change(`${insert} NOT (${taken}) ON CONFLICT DO NOTHING;`),
          },
        ]),
    ...(changed === 0
      ? []
      : [
          {
            text: `set ${counted(changed, 'row')} of ${name} in ${pair.shown} back to what ${changed === 1 ? 'it was' : 'they were'}`,
            differs: `${changed === 1 ? 'it was' : 'they were'} changed since`,
            changes: { kind: item.kind, what: item.what, place: item.place, with: { tables: [table.name] } },
            apply: () =>
              pair.change(
                `${insert} ${taken} ON CONFLICT (${table.key.map(quoted).join(', ')}) DO UPDATE SET ${sets};`,
              ),
          },
        ]),
  ];
}
