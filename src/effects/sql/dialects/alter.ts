/** ALTER in other dialects → effects: columns and partitions that go, mutations of ClickHouse. Decides nothing. */

import { type Effect, effect } from '../../effect.js';
import { defined } from '../anew.js';
import type { Cursor } from './cursor.js';
import { extentOf } from './rows.js';
import type { Around } from './statements.js';
import type { Piece, Token } from './tokens.js';
import { userEffects } from './users.js';

/** What DROP names in a table when it is not a column. */
const OTHERS = new Set(
  'constraint index key primary foreign check fulltext default period projection'.split(' '),
);

export function alterEffects(cursor: Cursor, piece: Piece, around: Around): readonly Effect[] {
  if (cursor.take('system')) return [effect('update', 'sql.server-setting', cursor.name())];
  if (cursor.take('database')) return databaseEffects(cursor);
  if (!cursor.take('table')) return userEffects(piece);
  cursor.takeIfExists();
  const table = cursor.name();
  if (around.isTemporary(table)) return [];
  // ON CLUSTER name, of ClickHouse.
  if (cursor.take('on') && cursor.take('cluster')) cursor.name();
  return cursor.clauses().flatMap(clause => clauseEffects(clause, table, around));
}

function clauseEffects(clause: readonly Token[], table: string, around: Around): readonly Effect[] {
  const words = clause.map(token => (token.kind === 'word' ? token.text : ''));
  const [verb, what] = words;
  if (verb === 'drop') {
    if (what === 'partition' || what === 'part' || what === 'detached') return [partition(clause, table)];
    if (OTHERS.has(what ?? ''))
      return [
        effect('delete', 'sql.constraint', constraintOf(clause, words, table), {
          with: words.includes('exists') ? ['if-exists=true'] : [],
        }),
      ];
    const start = what === 'column' ? 2 : 1;
    const name = clause
      .slice(start)
      .find(token => !['if', 'exists'].includes(token.text) && token.text !== '(');
    return name
      ? [effect('delete', 'sql.column', `${table}.${name.kind === 'word' ? name.raw : name.text}`)]
      : [];
  }
  if (verb === 'add' && OTHERS.has(what ?? ''))
    return [defined('sql.constraint', constraintOf(clause, words, table))];
  const isPartition = what === 'partition' || what === 'part';
  if (isPartition && (verb === 'truncate' || verb === 'replace')) return [partition(clause, table)];
  const isMoved = verb === 'detach' || verb === 'exchange' || (verb === 'move' && words.includes('table'));
  if ((isPartition && isMoved) || verb === 'switch')
    return [
      effect('update', 'sql.partition', `${table}.${clause[2]?.text ?? ''}`, { with: ['detached=true'] }),
    ];
  if (
    what === 'ttl' &&
    (verb === 'modify' || verb === 'materialize') &&
    !/ to (disk|volume) /.test(words.join(' '))
  )
    return [effect('delete', 'sql.row', table, { extent: 'some', with: ['by=age'] })];
  if (verb === 'unfreeze') return [effect('delete', 'sql.tablespace', table)];
  if (verb === 'discard' && words.includes('tablespace'))
    return [effect('delete', 'sql.row', table, { extent: 'all' })];
  if (verb === 'set') return settings(clause, words, table);
  if (verb === 'clear' && what === 'column')
    return [effect('delete', 'sql.column', `${table}.${clause[2]?.raw ?? ''}`)];
  // ClickHouse's mutations.
  if ((verb === 'delete' || verb === 'update') && words.includes('where')) {
    const settings = words.indexOf('settings');
    const where = clause
      .slice(words.indexOf('where') + 1, settings < 0 ? undefined : settings)
      .map(token => (token.kind === 'string' ? `'${token.text}'` : token.raw));
    const extent = extentOf(`DELETE FROM t WHERE ${where.join(' ')}`, around.dialect);
    return extent === 'none' ? [] : [effect(verb, 'sql.row', table, { extent })];
  }
  return [];
}

/** `ALTER DATABASE a SET OFFLINE`: nobody reaches it then. */
function databaseEffects(cursor: Cursor): readonly Effect[] {
  const name = cursor.name();
  return /\b(offline|single_user|emergency|close)\b/i.test(cursor.rest())
    ? [effect('update', 'sql.server-state', name, { with: ['state=down'] })]
    : [];
}

/** Oracle's SET UNUSED; Snowflake's time travel switched off. */
function settings(clause: readonly Token[], words: readonly string[], table: string): readonly Effect[] {
  if (words[1] === 'unused') {
    const name = clause.slice(2).find(token => token.text !== 'column' && token.text !== '(');
    return [effect('delete', 'sql.column', `${table}.${name?.raw ?? ''}`)];
  }
  // BigQuery deletes the table by then.
  if (words.includes('expiration_timestamp'))
    return [effect('delete', 'sql.table', table, { with: ['by=age'] })];
  const kept = words.indexOf('data_retention_time_in_days');
  const isNone = kept > 0 && clause[kept + 2]?.text === '0';
  return isNone ? [effect('delete', 'sql.log', table, { with: ['retention=short'] })] : [];
}

/** `DROP FOREIGN KEY fk`, `ADD CONSTRAINT fk FOREIGN KEY (a)`; a primary key is the only one of its table. */
function constraintOf(clause: readonly Token[], words: readonly string[], table: string): string {
  if (words[1] === 'primary') return `${table}.primary key`;
  const name = clause.slice(2).find(one => !['if', 'not', 'exists', 'key', 'index'].includes(one.text));
  return `${table}.${name?.kind === 'word' ? name.raw : (name?.text ?? '')}`;
}

/** Rows of a partition go with it. */
function partition(clause: readonly Token[], table: string): Effect {
  const name = clause.at(-1);
  return effect('delete', 'sql.partition', `${table}.${name?.text ?? ''}`, { with: ['rows=true'] });
}
