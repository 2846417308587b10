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
  if (!cursor.take('table')) return userEffects(piece);
  cursor.takeIfExists();
  const table = cursor.name();
  if (around.isTemporary(table)) return [];
  // ON CLUSTER name, of ClickHouse.
  if (cursor.take('on')) cursor.next();
  if (cursor.take('on')) cursor.name();
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
  if (verb === 'truncate' && what === 'partition') return [partition(clause, table)];
  if (verb === 'discard' && words.includes('tablespace'))
    return [effect('delete', 'sql.row', table, { extent: 'all' })];
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
