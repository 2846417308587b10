/** DELETE, UPDATE and MERGE of other dialects → effects, wherever in a statement they stand. Decides nothing. */

import { type Effect, type Extent, effect } from '../../effect.js';
import { unreadable } from '../scope.js';
import { at, findAll, isTree, listAt, nameOf, parseStatement, type Tree } from './parser.js';
import { type Reach, reachOf } from './reach.js';
import type { Around } from './statements.js';
import type { OtherDialect, Piece } from './tokens.js';

/** The row changes of a statement; one that only reads or inserts has none and is not parsed. */
export function rowEffects(piece: Piece, around: Around): readonly Effect[] {
  const words = piece.tokens.map(token => (token.kind === 'word' ? token.text : ''));
  const isQuery = words[0] === 'select' || words[0] === 'insert' || words[0] === 'replace';
  const changes = words.some((word, i) => /^(delete|update|merge)$/.test(word) && !isClause(words, i));
  if (isQuery || !changes) return [];
  const tree = parseStatement(piece.source, around.dialect);
  if (!tree) return byTokens(piece, words, around);
  return [
    ...findAll({ tree }, 'Delete').flatMap(node => deletion(node, around)),
    ...findAll({ tree }, 'Update').flatMap(node => change(node, around)),
    ...findAll({ tree }, 'Merge').flatMap(node => merge(node, around)),
  ];
}

/** `FOR UPDATE`, `ON DUPLICATE KEY UPDATE`, `ON DELETE CASCADE`, `DO UPDATE` change no rows by themselves. */
function isClause(words: readonly string[], i: number): boolean {
  return ['for', 'key', 'on', 'do', 'before', 'after', 'of'].includes(words[i - 1] ?? '');
}

/** How many rows a DELETE written as text means; `unknown` where it is not understood. */
export function extentOf(source: string, dialect: OtherDialect): Extent | 'none' {
  const [node] = findAll({ tree: parseStatement(source, dialect) }, 'Delete');
  return node ? reachOf(at(node, 'selection')) : 'unknown';
}

/** What the parser does not know is still a DELETE; without WHERE it means every row. */
function byTokens(piece: Piece, words: readonly string[], around: Around): readonly Effect[] {
  const verb = words[0];
  const isPlain = (verb === 'delete' || verb === 'update') && !words.includes('where');
  if (!isPlain) return [unreadable('SQL that could not be read')];
  const start = verb === 'delete' ? words.indexOf('from') + 1 : 1;
  const name = piece.tokens[start]?.raw ?? '';
  const isLimited = words.includes('limit') || words.includes('top');
  const found = rows(verb, [name], isLimited ? 'some' : 'all', around);
  return isLimited && verb === 'delete' ? found.map(byCount) : found;
}

function deletion(node: Tree, around: Around): readonly Effect[] {
  const from = at(node, 'from');
  const sources = [...listAt(from, 'WithFromKeyword'), ...listAt(from, 'WithoutKeyword')];
  const named = listAt(node, 'tables').map(nameOf);
  const isJoin =
    sources.some(source => isTree(source) && listAt(source, 'joins').length > 0) ||
    node['using'] !== undefined;
  const where = reachOf(at(node, 'selection'));
  // A join keeps what matches; without a condition of its own nobody can tell how much that is.
  const reach: Reach = isLimited(node) && where === 'all' ? 'some' : where;
  const names = named.length > 0 ? named : sources.map(tableOf);
  const found = rows('delete', names, isJoin && reach === 'some' ? 'some' : reach, around);
  return isLimited(node) && where === 'all' ? found.map(byCount) : found;
}

function change(node: Tree, around: Around): readonly Effect[] {
  const where = reachOf(at(node, 'selection'));
  const reach: Reach = isLimited(node) && where === 'all' ? 'some' : where;
  return rows('update', [tableOf(node['table'])], reach, around);
}

/** `MERGE … WHEN MATCHED THEN DELETE`: how many rows match is the data's affair. */
function merge(node: Tree, around: Around): readonly Effect[] {
  const clauses = listAt(node, 'clauses').filter(isTree);
  const doing = (what: string) =>
    clauses.filter(one => JSON.stringify(one['action'] ?? '').includes(`"${what}"`));
  const on = reachOf(at(node, 'on'));
  // Of the rows that have no match, where none can have one, all are meant.
  const isOpposite = doing('Delete').some(one => one['clause_kind'] === 'NotMatchedBySource');
  const reach: Reach = isOpposite && on === 'none' ? 'all' : on;
  const table = [tableOf({ relation: node['table'] })];
  const deleted = doing('Delete').length > 0 ? rows('delete', table, reach, around) : [];
  const isDecidedElsewhere = reach === 'some' && doing('Delete').some(one => !one['predicate']);
  return [
    ...(isDecidedElsewhere ? deleted.map(byJoin) : deleted),
    ...(doing('Update').length > 0 ? rows('update', table, reach, around) : []),
  ];
}

function byJoin(one: Effect): Effect {
  return { ...one, extent: 'unknown', with: [...one.with, 'by=join'] };
}

/** `LIMIT 1000` without a WHERE: so many go, whichever they are. */
function byCount(one: Effect): Effect {
  return { ...one, with: [...one.with, 'by=count'] };
}

function isLimited(node: Tree): boolean {
  return at(node, 'limit') !== undefined || at(node, 'top') !== undefined;
}

function rows(
  action: 'delete' | 'update',
  names: readonly string[],
  reach: Reach,
  around: Around,
): readonly Effect[] {
  if (reach === 'none') return [];
  return names
    .filter(name => !around.isTemporary(name))
    .map(name => effect(action, 'sql.row', name, { extent: reach }));
}

/** The table of a `FROM` item. */
function tableOf(source: unknown): string {
  const relation = isTree(source) ? at(source, 'relation') : undefined;
  return nameOf(at(relation, 'Table')?.['name']);
}
