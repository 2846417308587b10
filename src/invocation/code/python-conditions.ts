/** What a condition of Python says of a name's value: `f.endswith('.pyc')`, `d == '__pycache__'`. Runs nothing. */

import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from './python-nodes.js';
import { stringValue } from './python-string.js';
import { textValue, type Value } from './value.js';

type Text = (node: SyntaxNode) => string;

/** The names with what they are where the condition holds; of `or` and `not` nothing is known. */
export function namesUnder(test: SyntaxNode, text: Text): readonly (readonly [name: string, value: Value])[] {
  const [left, operator, right] = childrenOf(test);
  if (!left || !operator) return [];
  if (test.name === 'ParenthesizedExpression') return namesUnder(operator, text);
  if (test.name === 'CallExpression') return endOf(left, operator, text);
  if (test.name !== 'BinaryExpression' || !right) return [];
  if (text(operator) === 'and') return [...namesUnder(left, text), ...namesUnder(right, text)];
  const value =
    text(operator) === '==' && right.name === 'String' ? stringValue(text(right)).text : undefined;
  return left.name === 'VariableName' && value?.certain ? [[text(left), textValue(value.text)]] : [];
}

/** `f.endswith('.pyc')` */
function endOf(callee: SyntaxNode, list: SyntaxNode, text: Text): readonly (readonly [string, Value])[] {
  const [object, , property] = childrenOf(callee);
  const [, end] = childrenOf(list);
  if (callee.name !== 'MemberExpression' || object?.name !== 'VariableName') return [];
  if (!property || text(property) !== 'endswith' || end?.name !== 'String') return [];
  const word = stringValue(text(end)).text;
  if (!word?.certain) return [];
  return [[text(object), { text: { text: word.text, certain: false, holes: [0], varies: true } }]];
}
