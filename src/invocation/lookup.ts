/** Grammars found by a program's name. The build puts a table in this file's place that reads one grammar alone. */

import type { Grammar } from './grammar.js';
import { grammars } from './grammars/index.js';

const byName = new Map(
  grammars.flatMap(grammar => [grammar.tool, ...(grammar.names ?? [])].map(name => [name, grammar] as const)),
);

/** The grammar by which a program of this base name reads its arguments. */
export function grammarOf(name: string): Grammar | undefined {
  return byName.get(name);
}
