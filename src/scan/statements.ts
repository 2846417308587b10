/**
 * Judging a whole SQL file as its client would read it, so that transactions and temporary tables count, and finding the
 * statements that its verdict comes from by judging them one by one. Makes no verdict of its own.
 */

import { splitStatements } from '../effects/sql/dialects/tokens.js';
import { redactArgv } from '../invocation/redact.js';
import { meaningOf } from '../invocation/sql/words-in.js';
import type { Match, Verdict } from '../policy/rule.js';
import type { Snippet, SqlClient } from './snippet.js';

type Judge = (argv: readonly string[]) => Promise<Verdict>;

/** A rule that a statement would meet. */
interface Found {
  readonly line: number;
  readonly match: Match;
  readonly command: string;
}

/** Statements that are judged one by one; of more, what the file does is said at its first line. */
const MAX_STATEMENTS = 2_000;

interface Client {
  /** How the client is given a file, and one statement. */
  readonly file: (path: string) => readonly string[];
  readonly text: (sql: string) => readonly string[];
  /** By whose quotes and comments the text is cut; PostgreSQL's are DuckDB's. */
  readonly dialect: 'duckdb' | 'mysql' | 'sqlite' | 'mssql' | 'generic';
}

const clients: Readonly<Record<SqlClient, Client>> = {
  psql: {
    file: path => ['psql', '-X', '-f', path],
    text: sql => ['psql', '-X', '-c', sql],
    dialect: 'duckdb',
  },
  mysql: {
    file: path => ['mysql', '-e', `source ${path}`],
    text: sql => ['mysql', '-e', sql],
    dialect: 'mysql',
  },
  sqlite3: {
    file: path => ['sqlite3', 'app.db', `.read ${path}`],
    text: sql => ['sqlite3', 'app.db', sql],
    dialect: 'sqlite',
  },
  sqlcmd: { file: path => ['sqlcmd', '-i', path], text: sql => ['sqlcmd', '-Q', sql], dialect: 'mssql' },
  // Reads any dialect by its verbs.
  snowsql: { file: path => ['snowsql', '-f', path], text: sql => ['snowsql', '-q', sql], dialect: 'generic' },
};

/** What the SQL at `path` would meet, by line; `fault` where it could not be read to its end. */
export async function sqlFindings(
  { script, sql = 'psql' }: Snippet,
  path: string,
  judge: Judge,
): Promise<{ readonly findings: readonly Found[]; readonly fault?: string }> {
  if (!canMatter(script)) return { findings: [] };
  const first = await judge(clients[sql].file(path));
  const client = isUnread(first) && sql === 'psql' ? 'snowsql' : sql;
  const whole = client === sql ? first : await judge(clients[client].file(path));
  const matches = whole.matches.filter(match => !isUnreadMatch(match));
  const fault = isUnread(whole) ? { fault: 'it holds SQL that could not be read' } : {};
  if (matches.length === 0) return { findings: [], ...fault };
  const located = await locate(script, clients[client], new Set(matches.map(keyOf)), judge);
  const known = new Set(located.map(({ match }) => match.rule.id));
  const others = new Map(
    matches.filter(({ rule }) => !known.has(rule.id)).map(match => [match.rule.id, match]),
  );
  const atStart = [...others.values()].map(match => ({ line: 1, match, command: match.target }));
  return { findings: [...atStart, ...located], ...fault };
}

/** The statements that alone would do what the whole does, one finding a rule and line. */
async function locate(
  script: string,
  client: Client,
  wanted: ReadonlySet<string>,
  judge: Judge,
): Promise<readonly Found[]> {
  const split = splitStatements(script, client.dialect);
  if ('fault' in split) return [];
  const statements = split.pieces.filter(({ source }) => canMatter(source));
  const found = new Map<string, Found>();
  for (const { source, at } of statements.slice(0, MAX_STATEMENTS)) {
    const line = script.slice(0, at).split('\n').length;
    for (const match of (await judge(client.text(source))).matches) {
      const place = `${line} ${match.rule.id}`;
      if (!wanted.has(keyOf(match)) || found.has(place)) continue;
      const command = (redactArgv(match.invocation).at(-1) ?? '').replace(/\s+/g, ' ');
      found.set(place, { line, match, command });
    }
  }
  return [...found.values()].sort((a, b) => a.line - b.line);
}

function canMatter(text: string): boolean {
  return meaningOf(text, 'generic').effect || meaningOf(text, 'postgres').effect;
}

function isUnread({ matches }: Verdict): boolean {
  return matches.some(isUnreadMatch);
}

function isUnreadMatch({ effect }: Match): boolean {
  return effect?.action === 'unknown';
}

function keyOf({ rule, effect }: Match): string {
  return [rule.id, effect?.resource, effect?.target].join('\n');
}
