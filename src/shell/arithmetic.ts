/** Looking through syntax whose value does not matter: the scripts inside it, and the variables that it sets. */

import type { ParsedScript, SyntaxNode } from 'unbash';
import { bashParser } from './parser.js';

/** The scripts of all substitutions in a piece of syntax, outermost only: they hold their own. */
export function nestedScripts(node: SyntaxNode): readonly ParsedScript[] {
  const { forEachChild } = bashParser.get();
  const found: ParsedScript[] = [];
  const look = (child: SyntaxNode) => {
    if (child.type === 'Script') found.push(child);
    else forEachChild(child, look);
  };
  look(node);
  return found;
}

/** Names that arithmetic inside a piece of syntax assigns to: `x=1`, `x+=2`, `x++`. */
export function assignedIn(node: SyntaxNode): readonly string[] {
  const { forEachChild } = bashParser.get();
  const names: string[] = [];
  const look = (child: SyntaxNode) => {
    const target =
      child.type === 'ArithmeticBinary' && /^(?!==|!=|<=|>=).*=$/.test(child.operator)
        ? child.left
        : child.type === 'ArithmeticUnary' && /^(?:\+\+|--)$/.test(child.operator)
          ? child.operand
          : undefined;
    if (target?.type === 'ArithmeticWord') {
      const name = /^[A-Za-z_]\w*/.exec(target.value)?.[0];
      if (name) names.push(name);
    }
    if (child.type !== 'Script') forEachChild(child, look);
  };
  look(node);
  return names;
}
