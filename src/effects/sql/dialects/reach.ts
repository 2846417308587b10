/**
 * How many rows a WHERE clause lets through, told from the clause alone, on the trees of the other dialects' parser.
 * Errs to `some`, never to `none`.
 */

import { at, findAll, isTree, listAt, type Tree } from './parser.js';

export type Reach = 'all' | 'none' | 'one' | 'some';
type Truth = 'always' | 'never' | 'depends';
type Constant = string | number | boolean;

const MAX_DEPTH = 200;

/** The reach of a clause; without one every row is meant. */
export function reachOf(where: Tree | undefined): Reach {
  if (where === undefined) return 'all';
  const truth = truthOf(where, 0);
  if (truth === 'always') return 'all';
  if (truth === 'never') return 'none';
  if (looksAtNoRow(where)) return 'all';
  return isKey(where) ? 'one' : 'some';
}

function truthOf(node: Tree | undefined, depth: number): Truth {
  if (node === undefined || depth > MAX_DEPTH) return 'depends';
  const nested = at(node, 'Nested');
  if (nested) return truthOf(nested, depth + 1);
  const unary = at(node, 'UnaryOp');
  if (unary?.['op'] === 'Not') return opposite(truthOf(at(unary, 'expr'), depth + 1));
  const value = constantOf(node);
  if (value !== undefined) return truthOfConstant(value);
  const notNull = at(node, 'IsNotNull');
  if (notNull)
    return columnOf(notNull) === undefined && constantOf(notNull) === undefined ? 'depends' : 'always';
  const like = at(node, 'Like') ?? at(node, 'ILike');
  if (like) {
    const pattern = constantOf(at(like, 'pattern'));
    return like['negated'] === false && /^%+$/.test(String(pattern ?? '')) ? 'always' : 'depends';
  }
  const isTrue = at(node, 'IsTrue') ?? at(node, 'IsNotFalse');
  if (isTrue) return truthOf(isTrue, depth + 1);
  const isFalse = at(node, 'IsFalse') ?? at(node, 'IsNotTrue');
  if (isFalse) return opposite(truthOf(isFalse, depth + 1));
  const exists = at(node, 'Exists');
  if (exists) return 'depends';
  const binary = at(node, 'BinaryOp');
  return binary ? truthOfBinary(binary, depth) : 'depends';
}

function truthOfBinary(binary: Tree, depth: number): Truth {
  const operator = String(binary['op']);
  const [left, right] = [at(binary, 'left'), at(binary, 'right')];
  if (operator === 'And' || operator === 'Or') {
    const truths = [truthOf(left, depth + 1), truthOf(right, depth + 1)];
    const [decides, needed]: [Truth, Truth] = operator === 'And' ? ['never', 'always'] : ['always', 'never'];
    if (truths.includes(decides)) return decides;
    return truths.every(truth => truth === needed) ? needed : 'depends';
  }
  const [a, b] = [constantOf(left), constantOf(right)];
  if (a !== undefined && b !== undefined) return truthOfConstants(operator, a, b);
  const [column, other] = [columnOf(left), columnOf(right)];
  if (column !== undefined && column === other) {
    return ['Eq', 'GtEq', 'LtEq', 'Spaceship'].includes(operator) ? 'always' : 'depends';
  }
  // Keys are counted from 1 everywhere.
  if (column !== undefined && /(^|[._])(row)?id$/i.test(column) && typeof b === 'number') {
    const isWide = (operator === 'Gt' && b <= 0) || (operator === 'GtEq' && b <= 1);
    return isWide || (operator === 'NotEq' && b <= 0) ? 'always' : 'depends';
  }
  return 'depends';
}

function opposite(truth: Truth): Truth {
  if (truth === 'depends') return truth;
  return truth === 'always' ? 'never' : 'always';
}

function constantOf(node: Tree | undefined): Constant | undefined {
  const inner = at(at(node, 'Value'), 'value') ?? at(node, 'Value');
  if (!inner) return undefined;
  const number = inner['Number'];
  if (Array.isArray(number)) return Number(number[0]);
  if (typeof inner['Boolean'] === 'boolean') return inner['Boolean'];
  const text = inner['SingleQuotedString'] ?? inner['DoubleQuotedString'];
  return typeof text === 'string' ? text : undefined;
}

/** A string counts as the number it starts with, as MySQL and SQLite have it. */
function truthOfConstant(value: Constant): Truth {
  const isTrue =
    typeof value === 'string' ? Number.parseFloat(value) || /^(t|true|yes|on)$/i.test(value) : value;
  return isTrue ? 'always' : 'never';
}

function truthOfConstants(operator: string, left: Constant, right: Constant): Truth {
  const [a, b] = typeof left === typeof right ? [left, right] : [Number(left), Number(right)];
  const results: Readonly<Record<string, boolean>> = {
    Eq: a === b,
    Spaceship: a === b,
    NotEq: a !== b,
    Lt: a < b,
    Gt: a > b,
    LtEq: a <= b,
    GtEq: a >= b,
  };
  const result = results[operator];
  if (result === undefined) return 'depends';
  return result ? 'always' : 'never';
}

function columnOf(node: Tree | undefined): string | undefined {
  const single = at(node, 'Identifier')?.['value'];
  if (typeof single === 'string') return single.toLowerCase();
  const parts = listAt(node, 'CompoundIdentifier').flatMap(part => (isTree(part) ? part['value'] : []));
  const texts = parts.filter(part => typeof part === 'string');
  return texts.length > 0 ? texts.join('.').toLowerCase() : undefined;
}

/** A clause without columns, subqueries and chance tells no rows apart. */
function looksAtNoRow(where: Tree): boolean {
  const whole = { where };
  if (findAll(whole, 'Identifier').length > 0 || JSON.stringify(where).includes('"CompoundIdentifier"'))
    return false;
  return !/"(Subquery|InSubquery|Exists|Function|Placeholder)"/.test(JSON.stringify(where));
}

/** `id = 7`, `uuid = '…'`, one of the conditions joined by AND. */
function isKey(where: Tree): boolean {
  const binary = at(where, 'BinaryOp');
  if (!binary) return false;
  const [left, right] = [at(binary, 'left'), at(binary, 'right')];
  if (binary['op'] === 'And') return [left, right].some(side => side !== undefined && isKey(side));
  if (binary['op'] !== 'Eq') return false;
  const [one, other] = [columnOf(left), columnOf(right)];
  // A key of another table names no row.
  const column = one === undefined || other === undefined ? (one ?? other) : undefined;
  return column !== undefined && /(^|[._])(row|uu)?(id|uuid|key|slug)$|_id$/i.test(column);
}
