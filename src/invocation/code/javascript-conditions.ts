/** What a condition of JavaScript says of a name's value: `f.endsWith('.log')`, `d === 'dist'`. Runs nothing. */

import type { AnyNode } from 'acorn';
import { textValue, type Value } from './value.js';

type Names = readonly (readonly [name: string, value: Value])[];

/** The names with what they are where the condition holds; of `||` and `!` nothing is known. */
export function namesUnder(test: AnyNode): Names {
  switch (test.type) {
    case 'LogicalExpression':
      return test.operator === '&&' ? [...namesUnder(test.left), ...namesUnder(test.right)] : [];
    case 'BinaryExpression': {
      const text = literal(test.right);
      const isEqual = test.operator === '===' || test.operator === '==';
      return isEqual && test.left.type === 'Identifier' && text !== undefined
        ? [[test.left.name, textValue(text)]]
        : [];
    }
    case 'CallExpression': {
      const { callee } = test;
      if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return [];
      const end = callee.property.type === 'Identifier' && callee.property.name === 'endsWith';
      const text = literal(test.arguments[0]);
      if (!end || text === undefined) return [];
      return [[callee.object.name, { text: { text, certain: false, holes: [0], varies: true } }]];
    }
    default:
      return [];
  }
}

/** What `list.filter(f => …)` leaves in, as far as its condition says. */
export function chosenBy(callback: AnyNode | undefined): Value | undefined {
  if (callback?.type !== 'ArrowFunctionExpression' || callback.body.type === 'BlockStatement')
    return undefined;
  const [parameter] = callback.params;
  if (parameter?.type !== 'Identifier') return undefined;
  return namesUnder(callback.body).find(([name]) => name === parameter.name)?.[1];
}

function literal(node: AnyNode | undefined): string | undefined {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}
