/**
 * Questions to a SQLite file: the real sqlite3 shell, no start-up file, opened so that nothing of it is written. A file of
 * this machine needs nobody's leave.
 */

import type { Effect } from '../../effects/effect.js';
import { sqliteSteps } from '../../invocation/clients/sqlite.js';
import type { Invocation } from '../../invocation/invocation.js';
import { absolute } from '../../paths.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { type Environment, type Ran, run } from '../../subprocess.js';

const MOST = 64 * 1024 * 1024;

/** A script of a thousand statements has a thousand effects and one file. */
const known = new WeakMap<Invocation, readonly string[] | undefined>();

/** The files that a sqlite3 command works on, absolute; `undefined` where one of them is not known. None for `:memory:`. */
export function databasesOf(invocation: Invocation, world: World): readonly string[] | undefined {
  if (!known.has(invocation)) known.set(invocation, filesOf(invocation, world));
  return known.get(invocation);
}

function filesOf(invocation: Invocation, world: World): readonly string[] | undefined {
  if (invocation.tool !== 'sqlite3' || invocation.remote !== undefined) return [];
  const opened = sqliteSteps(invocation, world).flatMap(step =>
    step.kind === 'open' || step.kind === 'database' ? [step.path] : [],
  );
  const [first] = invocation.operands;
  const words = [...(first ? [first] : []), ...opened].filter(word => !isNone(word));
  if (words.some(word => !word.certain) || !invocation.directory.certain) return undefined;
  const directory = invocation.directory.text || world.cwd;
  return [...new Set(words.map(({ text }) => absolute(pathIn(text), directory)))];
}

/** The table of the main database that an effect takes rows, columns or all from. */
export function tableOf(effect: Effect | undefined): string | undefined {
  if (!effect || effect.target === '' || effect.target.includes('?')) return undefined;
  if (!['sql.table', 'sql.row', 'sql.column', 'sql.view'].includes(effect.resource)) return undefined;
  if (effect.action !== 'delete' && effect.action !== 'update') return undefined;
  const parts = effect.target.replace(/^main\./i, '').split('.');
  return effect.resource === 'sql.column' ? parts.slice(0, -1).join('.') : parts.join('.');
}

function isNone({ text, certain }: Word): boolean {
  return certain && (text === '' || text === ':memory:' || text.startsWith('file::memory:'));
}

/** `file:shop.db?mode=rw` names shop.db. */
function pathIn(text: string): string {
  const [, path] = /^file:(?:\/\/(?:localhost)?(?=\/))?([^?#]*)/.exec(text) ?? [];
  return path === undefined
    ? text
    : path.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** A file's address for reading alone. With nothing of a log beside it not even the locks are needed. */
export function readOnly(path: string, isQuiet: boolean): string {
  return `file:${encodeURI(path).replaceAll('?', '%3f').replaceAll('#', '%23')}?${isQuiet ? 'immutable=1' : 'mode=ro'}`;
}

/** Runs the shell's commands and SQL, rows as JSON. `database` is a path or a `file:` address. */
export function askSqlite(database: string, script: string, env: Environment, milliseconds: number): Ran {
  const words = ['-batch', '-bail', '-init', '/dev/null', '-json', database];
  return run('sqlite3', words, { env, input: `${script}\n`, timeout: milliseconds, most: MOST });
}

/** The rows of each query, as far as they came. */
export function rowsOf({ stdout }: Ran): readonly Readonly<Record<string, unknown>>[] {
  const text = stdout.toString();
  const end = text.lastIndexOf(']\n');
  if (end < 0) return [];
  // Each result is an array of its own; no text in it holds a bare newline.
  return JSON.parse(text.slice(0, end + 1).replaceAll(']\n[', ','));
}

/** A name as SQLite takes it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as SQLite takes it. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
