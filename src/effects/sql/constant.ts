/**
 * The text that an SQL expression yields, where it can be told without a server: for dynamic SQL. Identifiers and
 * literals that are not known but safely quoted (`%I`, `quote_literal`, `::regclass`) become the stand-ins `"?"`, `'?'`.
 */

import type { FuncCall, Node } from 'libpg-query';
import { as, partsOf } from './tree.js';

const IDENTIFIER = '"?"';
const LITERAL = "'?'";
const MAX_DEPTH = 200;

/** The text, or `undefined` where it depends on anything but quoted names and values. */
export function textOf(node: Node | undefined, depth = 0): string | undefined {
  if (node === undefined || depth > MAX_DEPTH) return undefined;
  const constant = as(node, 'A_Const');
  if (constant) {
    if (constant.sval) return constant.sval.sval ?? '';
    return constant.ival ? String(constant.ival.ival ?? 0) : undefined;
  }
  const cast = as(node, 'TypeCast');
  if (cast) {
    const type = partsOf(cast.typeName?.names).at(-1) ?? '';
    const text = textOf(cast.arg, depth + 1);
    // The output of these types is a name, quoted where it must be.
    return (
      text ??
      (/^reg(class|namespace|role|type|proc|procedure|operator|collation)$/.test(type)
        ? IDENTIFIER
        : undefined)
    );
  }
  const operation = as(node, 'A_Expr');
  if (operation) {
    if (partsOf(operation.name).join() !== '||') return undefined;
    const left = textOf(operation.lexpr, depth + 1);
    const right = textOf(operation.rexpr, depth + 1);
    return left === undefined || right === undefined ? undefined : left + right;
  }
  const call = as(node, 'FuncCall');
  return call ? textOfCall(call, depth) : undefined;
}

function textOfCall(call: FuncCall, depth: number): string | undefined {
  const name = partsOf(call.funcname).at(-1);
  const values = (call.args ?? []).map(argument => textOf(argument, depth + 1));
  switch (name) {
    case 'format':
      return formatted(values[0], values.slice(1));
    case 'concat':
      return values.includes(undefined) ? undefined : values.join('');
    case 'quote_ident':
      return identifier(values[0]);
    case 'quote_literal':
    case 'quote_nullable':
      return literal(values[0]);
    case 'string_agg':
      return values[0];
    default:
      return undefined;
  }
}

/** PostgreSQL's `format()`: `%s`, `%I`, `%L`, `%%`, with positions. */
function formatted(
  template: string | undefined,
  values: readonly (string | undefined)[],
): string | undefined {
  if (template === undefined) return undefined;
  let next = 0;
  let isKnown = true;
  const text = template.replace(/%(?:(\d+)\$)?(.)/gs, (_, position: string | undefined, form: string) => {
    if (form === '%') return '%';
    const at = position === undefined ? next : Number(position) - 1;
    next = at + 1;
    const value = values[at];
    if (form === 'I') return identifier(value);
    if (form === 'L') return literal(value);
    if (form !== 's' || value === undefined) isKnown = false;
    return value ?? '';
  });
  return isKnown ? text : undefined;
}

function identifier(value: string | undefined): string {
  return value === undefined ? IDENTIFIER : `"${value.replaceAll('"', '""')}"`;
}

function literal(value: string | undefined): string {
  return value === undefined ? LITERAL : `'${value.replaceAll("'", "''")}'`;
}
