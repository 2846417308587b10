/** SQL files: whose dialect they are written in, and what of them is only there to undo a migration. Judges nothing. */

import type { Extractor, SqlClient } from './snippet.js';

/** Files that only undo: golang-migrate, diesel, sqitch, Flyway's undo migrations and their like. */
const UNDOES =
  /(^|[._-])(down|undo|revert|rollback)\.\w+$|^U\d[\w.]*__[^/]*$|(^|\/)(down|revert|rollback)s?\/[^/]*$/i;
/** Where one file holds both ways, the line that begins either: goose, sql-migrate, dbmate, rambler, Play, tern. */
const WAY_BACK =
  /^\s*(?:--|#)\s*(?:\+(?:goose|migrate)\s+down|migrate:down|rambler\s+down|-*\s*!downs)\b|^---- create above \/ drop below ----/i;
const WAY_FORTH = /^\s*(?:--|#)\s*(?:\+(?:goose|migrate)\s+up|migrate:up|rambler\s+up|-*\s*!ups)\b/i;

export const sqlFiles: Extractor = {
  kind: 'SQL file',
  matches: ({ name }) => /\.(p?sql|pgsql|ddl)$/i.test(name),
  snippets({ name, path, text }) {
    if (UNDOES.test(name) || UNDOES.test(path)) return [];
    return [{ script: withoutWayBack(text), line: 1, part: '', sql: clientOf(text) }];
  },
};

/** Lines keep their numbers. */
function withoutWayBack(text: string): string {
  let isBack = false;
  const lines = text.split('\n').map(line => {
    if (WAY_BACK.test(line)) isBack = true;
    else if (WAY_FORTH.test(line)) isBack = false;
    return isBack ? '' : line;
  });
  return lines.join('\n');
}

/** The client that would read it, by what only one dialect writes. */
function clientOf(text: string): SqlClient {
  if (/^\s*go\s*;?\s*$/im.test(text) || /\[dbo\]|\bdbo\.|\bnvarchar\b|\bidentity\s*\(\s*\d/i.test(text))
    return 'sqlcmd';
  if (/\bengine\s*=\s*\w+|\bauto_increment\b|\/\*!\d{5}|^\s*delimiter\s+\S/im.test(text)) return 'mysql';
  if (/\bautoincrement\b|^\s*pragma\s|\bwithout\s+rowid\b/im.test(text)) return 'sqlite3';
  // Snowflake's, BigQuery's: PostgreSQL has no such statement.
  if (/\bcreate\s+or\s+replace\s+(transient\s+)?(table|database|schema)\b/i.test(text)) return 'snowsql';
  return /`\w+`/.test(text) ? 'mysql' : 'psql';
}
