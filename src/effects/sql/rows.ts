/**
 * Statements that remove or change rows → effects: TRUNCATE, and DELETE, UPDATE, MERGE wherever they stand, in CTEs
 * too. What functions inside the same statement do is read in `functions.ts`.
 */

import type { MergeStmt, Node, RangeVar } from 'libpg-query';
import { type Effect, type Extent, effect } from '../effect.js';
import { type Reach, reachOf } from './condition.js';
import { callEffects } from './functions.js';
import { isTemporaryRelation, type Readers, type Scope } from './scope.js';
import { as, find, isOptionOn, partsOf, tableName } from './tree.js';

export const rowReaders = {
  TruncateStmt: ({ relations, behavior }, scope) =>
    (relations ?? []).flatMap(node => {
      const relation = as(node, 'RangeVar');
      if (isTemporary(relation, scope)) return [];
      const more = behavior === 'DROP_CASCADE' ? ['truncate=true', 'cascade=true'] : ['truncate=true'];
      return [effect('delete', 'sql.row', tableName(relation), { extent: 'all', with: more })];
    }),
  DeleteStmt: (_, scope, node) => executed(node, scope),
  UpdateStmt: (_, scope, node) => executed(node, scope),
  MergeStmt: (_, scope, node) => executed(node, scope),
  InsertStmt: (_, scope, node) => executed(node, scope),
  SelectStmt: (_, scope, node) => executed(node, scope),
  DeclareCursorStmt: (_, scope, node) => executed(node, scope),
  // Nobody prepares a statement that is not to be executed.
  PrepareStmt: (_, scope, node) => executed(node, scope),
  ExecuteStmt: (_, scope, node) => executed(node, scope),
  CreateTableAsStmt: (_, scope, node) => executed(node, scope),
  // The one call that the tree does not wrap in a node of its own.
  CallStmt({ funccall }, scope) {
    if (!funccall) return [];
    const called = effect('execute', 'sql.routine', partsOf(funccall.funcname).join('.'));
    return [...executed({ FuncCall: funccall }, scope), called];
  },
  ExplainStmt: ({ options, query }, scope) =>
    query && isOptionOn(options, 'analyze') ? executed(query, scope) : [],
} satisfies Readers;

/** The effects of running a statement with all its subqueries. */
export function executed(node: Node, scope: Scope): readonly Effect[] {
  const changes = find(node, ['DeleteStmt', 'UpdateStmt', 'MergeStmt', 'OnConflictClause']).flatMap(change =>
    changeOf(change, scope),
  );
  return [...changes, ...callEffects(node, scope)];
}

function changeOf(node: Node, scope: Scope): readonly Effect[] {
  const deletion = as(node, 'DeleteStmt');
  if (deletion) {
    const found = rows('delete', deletion.relation, reachIn(deletion.whereClause, deletion.relation), scope);
    return deletion.usingClause && isJoin(deletion.whereClause) ? found.map(byJoin) : found;
  }
  const change = as(node, 'UpdateStmt');
  if (change) return rows('update', change.relation, reachIn(change.whereClause, change.relation), scope);
  const merge = as(node, 'MergeStmt');
  return merge ? mergeEffects(merge, scope) : [];
}

function reachIn(where: Node | undefined, relation: RangeVar | undefined): Reach {
  return reachOf(where, tableName(relation));
}

function rows(
  action: 'delete' | 'update',
  relation: RangeVar | undefined,
  reach: Reach,
  scope: Scope,
): readonly Effect[] {
  if (reach === 'none' || isTemporary(relation, scope)) return [];
  const extent: Extent = reach;
  return [effect(action, 'sql.row', tableName(relation), { extent })];
}

/** Each `WHEN … THEN DELETE|UPDATE`: all rows only where the join condition lets every row match. */
function mergeEffects(merge: MergeStmt, scope: Scope): readonly Effect[] {
  const joined = reachIn(merge.joinCondition, merge.relation);
  return (merge.mergeWhenClauses ?? []).flatMap(node => {
    const clause = as(node, 'MergeWhenClause');
    const action = clause?.commandType === 'CMD_DELETE' ? 'delete' : 'update';
    if (clause?.commandType !== 'CMD_DELETE' && clause?.commandType !== 'CMD_UPDATE') return [];
    const isUnmatched = clause.matchKind === 'MERGE_WHEN_NOT_MATCHED_BY_SOURCE';
    const isEvery = joined === (isUnmatched ? 'none' : 'all');
    const condition = clause.condition ? reachIn(clause.condition, merge.relation) : 'all';
    const reach = condition === 'all' ? (isEvery ? 'all' : 'some') : condition;
    const found = rows(action, merge.relation, reach, scope);
    const isDecidedElsewhere = action === 'delete' && !clause.condition && isJoin(merge.joinCondition);
    return isDecidedElsewhere ? found.map(byJoin) : found;
  });
}

/** A condition that only says which rows of two tables belong together: how many match is the data's affair. */
function isJoin(condition: Node | undefined): boolean {
  const both = as(condition, 'BoolExpr');
  if (both) return both.boolop === 'AND_EXPR' && (both.args ?? []).every(isJoin);
  const comparison = as(condition, 'A_Expr');
  return as(comparison?.lexpr, 'ColumnRef') !== undefined && as(comparison?.rexpr, 'ColumnRef') !== undefined;
}

function byJoin(one: Effect): Effect {
  return one.extent === 'some' ? { ...one, extent: 'unknown', with: [...one.with, 'by=join'] } : one;
}

function isTemporary(relation: RangeVar | undefined, scope: Scope): boolean {
  return isTemporaryRelation(relation) || scope.isTemporary(tableName(relation));
}
