/** What a SQLite file says of the tables that a command would take, in sentences. */

import type { World } from '../../port.js';
import { counted, quote, sizeText, visible } from '../../text.js';
import { type Asker, listed } from '../asker.js';
import { askSqlite, databasesOf, quoted, readOnly, rowsOf, tableOf, text } from './ask.js';

const MOST_ROWS = 200_000;
const MOST_TABLES = 20;

export const sqlite: Asker = {
  tools: ['sqlite3'],
  ask(matches, world, _leave, milliseconds) {
    const tables = [...new Set(matches.flatMap(({ effect }) => tableOf(effect) ?? []))].slice(0, MOST_TABLES);
    const [invocation] = matches.map(match => match.invocation);
    const databases = invocation && tables.length > 0 ? databasesOf(invocation, world) : [];
    if (databases?.length !== 1) return [];
    return about(databases[0]!, tables, world, milliseconds);
  },
};

function about(
  path: string,
  tables: readonly string[],
  world: World,
  milliseconds: number,
): readonly string[] {
  const facts = world.stat(path);
  if (facts.kind !== 'file') return [];
  const shown = quote([visible(path)]);
  const isQuiet = ['-wal', '-journal'].every(end => world.stat(`${path}${end}`).kind === 'missing');
  const names = tables.map(text).join(', ');
  // A table that is not there must not end the counting.
  const script = `.bail off
SELECT m.name AS name, m.type AS type, (SELECT group_concat(t.name, ', ') FROM sqlite_master t WHERE t.type = 'trigger' AND t.tbl_name = m.name) AS triggers
  FROM sqlite_master m WHERE m.type IN ('table', 'view') AND m.name COLLATE NOCASE IN (${names});
${tables.map(countOf).join('\n')}`;
  const ran = askSqlite(readOnly(path, isQuiet), script, world.env, milliseconds);
  const rows = rowsOf(ran);
  const counts = new Map(
    rows.flatMap(({ of, rows: many }) => (typeof many === 'number' ? [[String(of), many]] : [])),
  );
  const known = rows.filter(one => one['type'] !== undefined);
  return tables.flatMap(table => {
    const found = known.find(one => String(one['name']).toLowerCase() === table.toLowerCase());
    if (!found)
      return ran.status === -1 || known.length === 0
        ? []
        : [`There is no ${visible(table)} in ${shown} now.`];
    if (found['type'] === 'view') return [`${visible(table)} is a view in ${shown}.`];
    const many = counts.get(table);
    const size = sizeText(facts.size);
    if (many === undefined) return [`${visible(table)} in ${shown} (${size}).`];
    const least = many >= MOST_ROWS ? 'at least ' : '';
    const triggers = typeof found['triggers'] === 'string' ? found['triggers'].split(', ') : [];
    return [
      `${visible(table)} in ${shown} (${size}) has ${least}${counted(many, 'row')}.`,
      ...(triggers.length > 0 ? [`  its triggers: ${listed(triggers.map(visible))}`] : []),
    ];
  });
}

function countOf(table: string): string {
  return `SELECT ${text(table)} AS of, count(*) AS rows FROM (SELECT 1 FROM ${quoted(table)} LIMIT ${MOST_ROWS});`;
}
