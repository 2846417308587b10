/**
 * What of one program needs no judge: an automaton over its words. Whoever follows it (a shim, a hook's front end, this
 * file) must send to the judge every command line that it does not carry to an end. Pure data; knows no tool.
 */

import { isOf, type WordClass } from './word-class.js';

/** A place on the way through a command line. */
export interface PlainState {
  /** The command line may end here. */
  readonly ends: boolean;
  /** Words, none of them special to sh, and the state that each leads to. They are looked up first. */
  readonly steps: readonly { readonly words: readonly string[]; readonly to: number }[];
  /** Among all other words, those that need the judge. */
  readonly careful: readonly WordClass[];
  /** Where any other word leads; absent, it needs the judge. */
  readonly rest?: number;
}

/** A variable of the environment that sends everything to the judge where it is set to anything but these or nothing. */
export interface PlainVariable {
  readonly name: string;
  /** Values that change nothing; none: being set is enough. */
  readonly harmless: readonly string[];
}

/** What of one program needs no judge. */
export interface PlainProgram {
  /** The first is where a command line begins; none: everything needs the judge. */
  readonly states: readonly PlainState[];
  readonly environment: readonly PlainVariable[];
  /** Without arguments on a terminal, no judge is needed. */
  readonly terminal: boolean;
}

/** A program of which everything needs the judge. */
export const NOTHING_PLAIN: PlainProgram = { states: [], environment: [], terminal: false };

/** Does the automaton carry these words (the program's name left out) to an end? Linear in the words. */
export function isPlain(
  program: PlainProgram,
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  let state = program.states[0];
  for (const word of words) {
    if (state === undefined) return false;
    const to: number | undefined = follow(state, word);
    state = to === undefined ? undefined : program.states[to];
  }
  return state?.ends === true && program.environment.every(variable => isHarmless(variable, environment));
}

function follow(state: PlainState, word: string): number | undefined {
  const step = state.steps.find(({ words }) => words.includes(word));
  if (step) return step.to;
  return state.careful.some(one => isOf(one, word)) ? undefined : state.rest;
}

function isHarmless(
  { name, harmless }: PlainVariable,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  const value = environment[name];
  if (harmless.length === 0) return value === undefined;
  return value === undefined || value === '' || harmless.includes(value);
}
