/**
 * How many rows a WHERE clause lets through, told from the clause alone: all (it is always true, or looks at no row),
 * none, one named row, or some. Errs to `some`, never to none.
 */

import type { A_Expr, Node } from 'libpg-query';
import { as, find, partsOf } from './tree.js';

export type Reach = 'all' | 'none' | 'one' | 'some';
type Truth = 'always' | 'never' | 'depends';

const MAX_DEPTH = 200;

/** The reach of a WHERE clause on rows of `table`. */
export function reachOf(where: Node | undefined, table: string): Reach {
  if (where === undefined) return 'all';
  if (as(where, 'CurrentOfExpr')) return 'one';
  const truth = truthOf(where, table, 0);
  if (truth === 'always') return 'all';
  if (truth === 'never') return 'none';
  if (looksAtNoRow(where)) return 'all';
  return isKey(where) ? 'one' : 'some';
}

/** True for every row that has the columns at all; NULLs are not counted against it. */
function truthOf(node: Node | undefined, table: string, depth: number): Truth {
  if (node === undefined || depth > MAX_DEPTH) return 'depends';
  const logic = as(node, 'BoolExpr');
  if (logic) {
    const truths = (logic.args ?? []).map(argument => truthOf(argument, table, depth + 1));
    if (logic.boolop === 'NOT_EXPR') return opposite(truths[0] ?? 'depends');
    const [decides, needed]: [Truth, Truth] =
      logic.boolop === 'AND_EXPR' ? ['never', 'always'] : ['always', 'never'];
    if (truths.includes(decides)) return decides;
    return truths.every(truth => truth === needed) ? needed : 'depends';
  }
  const value = constantOf(node);
  if (value !== undefined) return truthOfConstant(value);
  const test = as(node, 'NullTest');
  if (test) {
    if (constantOf(test.arg) !== undefined) return test.nulltesttype === 'IS_NULL' ? 'never' : 'always';
    return test.nulltesttype === 'IS_NOT_NULL' && as(test.arg, 'ColumnRef') ? 'always' : 'depends';
  }
  const boolean = as(node, 'BooleanTest');
  if (boolean) return truthOfTest(truthOf(boolean.arg, table, depth + 1), boolean.booltesttype ?? '');
  const subquery = as(node, 'SubLink');
  if (subquery)
    return truthOfSubquery(subquery.subselect, subquery.testexpr, subquery.subLinkType ?? '', table);
  const comparison = as(node, 'A_Expr');
  return comparison ? truthOfComparison(comparison) : 'depends';
}

function opposite(truth: Truth): Truth {
  if (truth === 'depends') return truth;
  return truth === 'always' ? 'never' : 'always';
}

function truthOfTest(truth: Truth, test: string): Truth {
  if (test === 'IS_TRUE' || test === 'IS_NOT_FALSE') return truth;
  return test === 'IS_FALSE' || test === 'IS_NOT_TRUE' ? opposite(truth) : 'depends';
}

type Constant = string | number | boolean;

function constantOf(node: Node | undefined): Constant | undefined {
  const cast = as(node, 'TypeCast');
  if (cast) return constantOf(cast.arg);
  const constant = as(node, 'A_Const');
  if (!constant || constant.isnull) return undefined;
  if (constant.boolval) return constant.boolval.boolval ?? false;
  if (constant.ival) return constant.ival.ival ?? 0;
  if (constant.fval) return Number(constant.fval.fval);
  return constant.sval ? (constant.sval.sval ?? '') : undefined;
}

function truthOfConstant(value: Constant): Truth {
  if (typeof value === 'string') {
    if (/^(t|tr|tru|true|y|ye|yes|on|1)$/i.test(value.trim())) return 'always';
    return /^(f|fa|fal|fals|false|n|no|of|off|0)$/i.test(value.trim()) ? 'never' : 'depends';
  }
  return value ? 'always' : 'never';
}

function truthOfComparison(comparison: A_Expr): Truth {
  const { kind, lexpr, rexpr } = comparison;
  const operator = partsOf(comparison.name).at(-1) ?? '';
  const [left, right] = [constantOf(lexpr), constantOf(rexpr)];
  if (kind === 'AEXPR_LIKE' || kind === 'AEXPR_ILIKE') {
    return operator.startsWith('~') && /^%+$/.test(String(right ?? '')) ? 'always' : 'depends';
  }
  if (operator === '~' && /^(\^?\.\*\$?|)$/.test(String(right ?? 'no'))) return 'always';
  if (kind !== 'AEXPR_OP') return 'depends';
  if (left !== undefined && right !== undefined) return truthOfConstants(operator, left, right);
  const [column, other] = [columnOf(lexpr), columnOf(rexpr)];
  if (column !== undefined && column === other)
    return ['=', '>=', '<='].includes(operator) ? 'always' : 'depends';
  // Keys are counted from 1 everywhere.
  if (column !== undefined && /(^|[._])id$/.test(column) && typeof right === 'number') {
    const isWide = (operator === '>' && right <= 0) || (operator === '>=' && right <= 1);
    return isWide || (operator === '<>' && right <= 0) ? 'always' : 'depends';
  }
  return 'depends';
}

function truthOfConstants(operator: string, left: Constant, right: Constant): Truth {
  if (typeof left !== typeof right) return 'depends';
  const results: Readonly<Record<string, boolean>> = {
    '=': left === right,
    '<>': left !== right,
    '<': left < right,
    '>': left > right,
    '<=': left <= right,
    '>=': left >= right,
  };
  const result = results[operator];
  if (result === undefined) return 'depends';
  return result ? 'always' : 'never';
}

function columnOf(node: Node | undefined): string | undefined {
  const column = as(node, 'ColumnRef');
  return column ? partsOf(column.fields).join('.') : undefined;
}

/** `id IN (SELECT id FROM t)` on `t` itself, and `EXISTS (SELECT …)` that has no condition of its own. */
function truthOfSubquery(
  select: Node | undefined,
  tested: Node | undefined,
  type: string,
  table: string,
): Truth {
  const query = as(select, 'SelectStmt');
  if (!query || query.whereClause || query.limitCount || query.havingClause || query.groupClause)
    return 'depends';
  if ((query.fromClause?.length ?? 0) > 1 || query.op !== 'SETOP_NONE') return 'depends';
  const source = as(query.fromClause?.[0], 'RangeVar');
  if (type === 'EXISTS_SUBLINK') return source === undefined && query.fromClause ? 'depends' : 'always';
  if (type !== 'ANY_SUBLINK' || source?.relname !== table.split('.').at(-1)) return 'depends';
  const selected = columnOf(as(query.targetList?.[0], 'ResTarget')?.val);
  const column = columnOf(tested)?.split('.').at(-1);
  return selected !== undefined && selected.split('.').at(-1) === column ? 'always' : 'depends';
}

/** A clause without columns and subqueries cannot tell rows apart: every row or none. Chance can. */
function looksAtNoRow(where: Node): boolean {
  if (find(where, ['ColumnRef', 'SubLink', 'ParamRef']).length > 0) return false;
  return !find(where, ['FuncCall']).some(call =>
    /random|uuid/.test(partsOf(as(call, 'FuncCall')?.funcname).join('.')),
  );
}

/** `id = 7`: one row, by the usual name of a key. */
function isKey(where: Node): boolean {
  const comparison = as(where, 'A_Expr');
  if (comparison?.kind !== 'AEXPR_OP' || partsOf(comparison.name).join() !== '=') return false;
  const sides = [comparison.lexpr, comparison.rexpr];
  const column = sides.map(columnOf).find(name => name !== undefined) ?? '';
  return /(^|\.)(id|uuid|guid|ctid)$/.test(column) && sides.some(side => constantOf(side) !== undefined);
}
