/**
 * What one party (a grammar, an inspector, the rules) says of the words of a command line, place by place. A line is
 * plain where every party lets each of its words pass. Knows no tool.
 */

import { carefulClasses, type Scope } from './careful.js';
import type { Row } from './table.js';
import { isOf, type WordClass } from './word-class.js';

/** One party's view of a place. */
export interface View {
  /** Equal for views that say the same of all that follows. */
  readonly key: string;
  /** The command line may end here. */
  readonly ends: boolean;
  /** Words of which it has something special to say. */
  readonly words: readonly string[];
  /** The view after one word; none: the judge is needed. */
  step(word: string): View | undefined;
  /** Among the words that no party names, those that need the judge. */
  readonly careful: readonly WordClass[];
  /** The view after any other word that no party names. */
  readonly rest: View | undefined;
}

/** Any words are plain. */
export const ANYTHING: View = {
  key: '*',
  ends: true,
  words: [],
  careful: [],
  step: () => ANYTHING,
  get rest() {
    return ANYTHING;
  },
};

/** Any words are plain but those of the classes. */
export function anythingBut(careful: readonly WordClass[]): View {
  if (careful.length === 0) return ANYTHING;
  const view: View = {
    key: `but ${JSON.stringify(careful)}`,
    ends: true,
    words: [],
    careful,
    step: word => (careful.some(one => isOf(one, word)) ? undefined : view),
    get rest() {
      return view;
    },
  };
  return view;
}

/** What a table says. `scopeOf` tells by which grammar the words after a path are read. */
export function viewOfTable(
  row: Row,
  scopeOf: (path: readonly string[]) => Scope,
  path: readonly string[] = [],
): View {
  const after = row.unless && anythingBut(carefulClasses(row.unless, scopeOf(path)));
  return {
    key: `row ${path.join(' ')}`,
    ends: row.ends,
    words: [...row.next.keys()],
    careful: after?.careful ?? [],
    step(word) {
      const next = row.next.get(word);
      return next ? viewOfTable(next, scopeOf, [...path, word]) : after?.step(word);
    },
    rest: after,
  };
}
