/** Places among the tokens of Perl, Ruby and PHP: operators, brackets and what closes them. Knows nothing of what they mean. */

import type { Token } from './token.js';

export function isOperator(tokens: readonly Token[], at: number, text: string): boolean {
  const token = tokens[at];
  return token?.kind === 'operator' && token.text === text;
}

export function isOpening(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return token?.kind === 'operator' && (token.text === '(' || token.text === '[' || token.text === '{');
}

export function isClosing(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return token?.kind === 'operator' && (token.text === ')' || token.text === ']' || token.text === '}');
}

/** The place of the bracket that closes the one at `at`; the length where none does. */
export function closingOf(tokens: readonly Token[], at: number): number {
  let depth = 0;
  for (let to = at; to < tokens.length; to += 1) {
    if (isOpening(tokens, to)) depth += 1;
    else if (isClosing(tokens, to)) depth -= 1;
    if (depth === 0) return to;
  }
  return tokens.length;
}
