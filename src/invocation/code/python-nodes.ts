/** The nodes of Python's syntax tree, as the readers of statements and expressions take them apart. Runs nothing. */

import type { SyntaxNode } from '@lezer/common';
import { concat, EACH, textValue, UNKNOWN, type Value } from './value.js';

/** What a loop takes one by one: the items, or what a search for files stands for. */
export function eachOf(value: Value): readonly Value[] {
  return value.items ?? [value.text && value.name === 'glob' ? value : EACH];
}

/** `'rm %s' % x`, `'rm {}'.format(x)`. */
export function formatted(template: Value, values: readonly Value[]): Value {
  const text = template.text?.text ?? '';
  let next = 0;
  const pieces = text.split(/(%[sdr]|\{[^{}]*\})/);
  return concat(
    pieces.map((piece, at) => {
      if (at % 2 === 0) return textValue(piece);
      next += 1;
      return values[next - 1] ?? UNKNOWN;
    }),
  );
}

/** The children of a node, comments left out. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'Comment') found.push(child);
  }
  return found;
}

/** The parts between the commas of a list, its brackets left out. */
export function argumentsOf(list: SyntaxNode): readonly (readonly SyntaxNode[])[] {
  return split(
    childrenOf(list).filter(child => !'()[]{}'.includes(child.name)),
    ',',
  );
}

/** Nodes between separators, as the arguments of a call between commas. */
export function split(nodes: readonly SyntaxNode[], separator: string): readonly (readonly SyntaxNode[])[] {
  const parts: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === separator) parts.push([]);
    else parts.at(-1)!.push(node);
  }
  return parts.filter(part => part.length > 0);
}

/** True for a node that has a value. */
export function isExpression(node: SyntaxNode): boolean {
  return /Expression$|String$|^(VariableName|Number|Boolean|None|Ellipsis)$/.test(node.name);
}
