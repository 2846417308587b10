/**
 * What of one program needs no judge: an automaton over its words. Whoever follows it (a shim, a hook's front end, this
 * file) must send to the judge every command line that it does not carry to an end. Pure data; knows no tool.
 */

import type { PathProgram } from './paths.js';
import { testOf, type WordClass } from './word-class.js';

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
  /** Variables that do so only where one of these words stands in the line. */
  readonly speaking?: { readonly words: readonly string[]; readonly environment: readonly PlainVariable[] };
  /** Without arguments on a terminal, no judge is needed. */
  readonly terminal: boolean;
  /** Where it works on paths: what of that needs no judge. */
  readonly paths?: PathProgram;
}

/** A program of which everything needs the judge. */
export const NOTHING_PLAIN: PlainProgram = { states: [], environment: [], terminal: false };

type Environment = Readonly<Record<string, string | undefined>>;

/** Does the automaton carry these words (the program's name left out) to an end? Linear in the words. */
export function isPlain(program: PlainProgram, words: readonly string[], environment: Environment): boolean {
  return followedIn(program, environment)?.(words) === true;
}

/** What tells of lines in an environment whether they are plain; nothing where a variable leaves none. */
export function followedIn(program: PlainProgram, environment: Environment): Follow | undefined {
  if (!areHarmless(program.environment, environment)) return undefined;
  const follow = followed(program);
  const { speaking } = program;
  if (speaking === undefined || areHarmless(speaking.environment, environment)) return follow;
  return (words, from) => !words.some(word => speaking.words.includes(word)) && follow(words, from);
}

function areHarmless(variables: readonly PlainVariable[], environment: Environment): boolean {
  return variables.every(({ name, harmless }) => {
    const value = environment[name];
    if (harmless.length === 0) return value === undefined;
    return value === undefined || value === '' || harmless.includes(value);
  });
}

/** Tells of words from `from` on whether an automaton carries them to an end. */
export type Follow = (words: readonly string[], from?: number) => boolean;

/** The automaton as a function, made once: a batch asks it of a million lines a second. */
function followed(program: PlainProgram): Follow {
  let follow = functions.get(program);
  if (follow === undefined) {
    follow = compiled(program.states);
    functions.set(program, follow);
  }
  return follow;
}

const functions = new WeakMap<PlainProgram, Follow>();

interface Place {
  readonly ends: boolean;
  readonly steps: Map<string, Place>;
  readonly isCareful: ((word: string) => boolean) | undefined;
  rest: Place | undefined;
}

function compiled(states: readonly PlainState[]): Follow {
  const places = states.map(
    ({ ends, careful }): Place => ({ ends, steps: new Map(), isCareful: testOf(careful), rest: undefined }),
  );
  for (const [i, { steps, rest }] of states.entries()) {
    const place = places[i]!;
    for (const { words, to } of steps) for (const word of words) place.steps.set(word, places[to]!);
    if (rest !== undefined) place.rest = places[rest];
  }
  const [start] = places;
  return (words, from = 0) => {
    let place = start;
    for (let i = from; i < words.length && place !== undefined; i += 1) {
      const word = words[i]!;
      place = place.steps.get(word) ?? (place.isCareful?.(word) ? undefined : place.rest);
    }
    return place?.ends === true;
  };
}
