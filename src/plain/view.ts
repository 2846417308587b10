/**
 * What one party (a grammar, an inspector, the rules) says of the words of a command line, place by place. A line is
 * plain where every party lets each of its words pass. Knows no tool.
 */

import type { PlainRuns } from '../invocation/grammar.js';
import { carefulClasses, type Scope } from './careful.js';
import type { Row } from './table.js';
import { beginning, beyond, isOf, type WordClass } from './word-class.js';

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

/** What all of them say together; nothing where one of them needs the judge. */
export function together(views: readonly (View | undefined)[]): View | undefined {
  const known = views.filter(view => view !== undefined);
  if (known.length < views.length) return undefined;
  return {
    key: JSON.stringify(known.map(view => view.key)),
    ends: known.every(view => view.ends),
    words: known.flatMap(view => view.words),
    careful: known.flatMap(view => view.careful),
    step: word => together(known.map(view => view.step(word))),
    get rest() {
      return together(known.map(view => view.rest));
    },
  };
}

/** What a view says of the first word, or where it says nothing what another does. */
export function either(first: View, second: View): View {
  return {
    key: JSON.stringify([first.key, second.key]),
    ends: first.ends || second.ends,
    words: [...first.words, ...second.words],
    careful: second.careful,
    step: word => (first.words.includes(word) ? first.step(word) : second.step(word)),
    get rest() {
      return second.rest;
    },
  };
}

/** The view of lines of other programs behind some words. `lineOf` is the view of one's line, its name left out. */
export function viewOfRuns(
  { behind, programs }: PlainRuns,
  lineOf: (name: string) => View | undefined,
  path = '',
): View {
  const next = new Set(
    behind
      .filter(one => one.startsWith(path) && one !== path)
      .map(one => one.slice(path.length).split(' ')[0]!),
  );
  const runs = behind.some(one => one.trim() === path.trim());
  return {
    key: `runs ${path}`,
    ends: false,
    words: [...next, ...(runs ? programs : [])],
    careful: [],
    step: word =>
      next.has(word)
        ? viewOfRuns({ behind, programs }, lineOf, `${path}${word} `)
        : runs && programs.includes(word)
          ? lineOf(word)
          : undefined,
    rest: undefined,
  };
}

/** What a table says. `scopeOf` tells by which grammar the words after a path are read. */
export function viewOfTable(
  row: Row,
  scopeOf: (path: readonly string[]) => Scope,
  path: readonly string[] = [],
): View {
  const after = row.any
    ? viewOfTable(row.any, scopeOf, [...path, '?'])
    : row.unless && anythingBut(carefulClasses(row.unless, scopeOf(path)));
  const other = row.only === undefined ? beginning('-') : beyond(row.only);
  const careful = [...(row.any ? [other] : []), ...(after?.careful ?? [])];
  return {
    key: `row ${path.join(' ')}`,
    ends: row.ends,
    words: [...row.next.keys()],
    careful,
    step(word) {
      const next = row.next.get(word);
      if (next) return viewOfTable(next, scopeOf, [...path, word]);
      if (row.any === undefined) return after?.step(word);
      return careful.some(one => isOf(one, word)) ? undefined : after;
    },
    rest: after,
  };
}
