/** Several views of command lines → one automaton that takes what all of them take. Knows no tool. */

import type { PlainState } from './program.js';
import type { View } from './view.js';
import { exactly, isOf, type WordClass } from './word-class.js';

/** What may stand at the very beginning, beside the words of the views. */
export interface Beginning {
  /** Words that are plain when they stand alone. */
  readonly alone: readonly string[];
  /** Options after which the beginning is still the beginning, and how many words each takes with it. */
  readonly before: readonly { readonly option: string; readonly values: 0 | 1 }[];
}

/** The states of the automaton, equal ones merged; none where nothing is plain. */
export function automaton(views: readonly View[], beginning: Beginning): readonly PlainState[] {
  const builder = new Builder();
  const start = builder.begin(builder.stateFor(views), beginning);
  return merge(builder.states, start);
}

interface Growing {
  ends: boolean;
  to: Map<string, number>;
  careful: readonly WordClass[];
  rest?: number;
}

class Builder {
  readonly states: Growing[] = [];
  readonly #byKey = new Map<string, number>();

  stateFor(views: readonly View[]): number {
    const key = JSON.stringify(views.map(view => view.key));
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const state: Growing = { ends: views.every(view => view.ends), to: new Map(), careful: [] };
    const index = this.#add(state);
    this.#byKey.set(key, index);
    const rest = all(views.map(view => view.rest));
    const careful = unique(views.flatMap(view => view.careful));
    for (const word of new Set(views.flatMap(view => view.words))) {
      const next = isStepWord(word) ? all(views.map(view => view.step(word))) : undefined;
      if (next) state.to.set(word, this.stateFor(next));
      else if (rest && !careful.some(one => isOf(one, word))) careful.push(exactly(word));
    }
    if (rest) Object.assign(state, { careful, rest: this.stateFor(rest) });
    return index;
  }

  /** The state where a command line begins. What is peculiar to it must not come back later in the line. */
  begin(from: number, { alone, before }: Beginning): number {
    const state = this.states[from]!;
    const to = new Map(state.to);
    const start = this.#add({ ...state, to });
    const end = this.#add({ ends: true, to: new Map(), careful: [] });
    const takes = (word: string) =>
      state.rest !== undefined && !to.has(word) && !state.careful.some(one => isOf(one, word));
    for (const word of alone) if (!takes(word)) to.set(word, end);
    for (const { option, values } of before) {
      to.set(
        option,
        values === 0 ? start : this.#add({ ends: false, to: new Map(), careful: [], rest: start }),
      );
    }
    return start;
  }

  #add(state: Growing): number {
    this.states.push(state);
    return this.states.length - 1;
  }
}

/** Words that sh takes as they stand; a table that names others must say so by a class. */
function isStepWord(word: string): boolean {
  return /^[A-Za-z0-9_.:/@+=,%-]+$/.test(word);
}

function all(views: readonly (View | undefined)[]): readonly View[] | undefined {
  const known = views.filter(view => view !== undefined);
  return known.length === views.length ? known : undefined;
}

function unique(classes: readonly WordClass[]): WordClass[] {
  return [...new Map(classes.map(one => [JSON.stringify(one), one])).values()];
}

/** Merges states that take the same lines, so that a program's size is that of what is told apart in it. */
function merge(states: readonly Growing[], start: number): readonly PlainState[] {
  let group = states.map(() => 0);
  for (let count = 1; ; ) {
    const numbers = new Map<string, number>();
    const next = states.map(state => {
      const key = JSON.stringify([
        state.ends,
        [...state.to].map(([word, to]) => [word, group[to]]).sort(),
        state.careful,
        state.rest === undefined ? null : group[state.rest],
      ]);
      if (!numbers.has(key)) numbers.set(key, numbers.size);
      return numbers.get(key)!;
    });
    group = next;
    if (numbers.size === count) break;
    count = numbers.size;
  }
  return reachable(
    [...new Set(group)].map(one => asState(states[group.indexOf(one)]!, group)),
    group[start]!,
  );
}

function asState({ ends, to, careful, rest }: Growing, group: readonly number[]): PlainState {
  const byTarget = new Map<number, string[]>();
  for (const [word, target] of to) {
    // A step to where any other word leads is none, unless a class would take the word.
    const isRest = rest !== undefined && group[target] === group[rest];
    if (isRest && !careful.some(one => isOf(one, word))) continue;
    byTarget.set(group[target]!, [...(byTarget.get(group[target]!) ?? []), word]);
  }
  return {
    ends,
    steps: [...byTarget].map(([target, words]) => ({ words, to: target })),
    careful,
    ...(rest !== undefined && { rest: group[rest]! }),
  };
}

/** The states that can be reached, the start first. */
function reachable(states: readonly PlainState[], start: number): readonly PlainState[] {
  const order: number[] = [start];
  for (const at of order) {
    const { steps, rest } = states[at]!;
    for (const to of [...steps.map(step => step.to), ...(rest === undefined ? [] : [rest])]) {
      if (!order.includes(to)) order.push(to);
    }
  }
  const number = new Map(order.map((old, i) => [old, i]));
  return order.map(at => {
    const { steps, rest, ...state } = states[at]!;
    return {
      ...state,
      steps: steps.map(({ words, to }) => ({ words, to: number.get(to)! })),
      ...(rest !== undefined && { rest: number.get(rest)! }),
    };
  });
}
