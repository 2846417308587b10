/** The list of grammars. A new tool is a file beside this one and a line here. */

import type { Grammar } from '../grammar.js';

export const grammars: readonly Grammar[] = [];

const byName = new Map(
  grammars.flatMap(grammar => [grammar.tool, ...(grammar.names ?? [])].map(name => [name, grammar] as const)),
);

/** The grammar by which a program of this base name reads its arguments. */
export function grammarOf(name: string): Grammar | undefined {
  return byName.get(name);
}
