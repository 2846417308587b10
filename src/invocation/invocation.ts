/**
 * The words of floor 2: a simple command as its own tool reads it. Nothing here judges, and what the grammar
 * lacks is recorded as unknown instead of guessed.
 */

import type { Assignment, Doubt, Input, Redirect, Word } from '../shell/command.js';
import type { Mount } from './mounts.js';

/** One use of an option. Repeated options appear once per use, in order. */
export interface OptionUse {
  /** The canonical name: the first long spelling in the grammar's row, else its first spelling (`--force`, `-r`). */
  readonly name: string;
  /** The value, where the option takes one and it was given. */
  readonly value?: Word;
  /** `--no-force`, `--force=false`: the option was switched off here. */
  readonly negated: boolean;
  /** Index in `argv` of the word that named it. */
  readonly at: number;
}

/** A simple command as its tool reads it. */
export interface Invocation {
  /** The grammar's tool (`git`), or the program's base name where no grammar knows it; empty where uncertain. */
  readonly tool: string;
  /** True where a grammar of that tool read the arguments; false: the generic reading, options' arity unknown. */
  readonly known: boolean;
  /** The program as it was named, `argv[0]`. */
  readonly program: Word;
  /** All words, `argv[0]` first. */
  readonly argv: readonly Word[];
  /** Canonical subcommand names: `['push']`, `['volume', 'delete']`. */
  readonly subcommand: readonly string[];
  readonly options: readonly OptionUse[];
  /** Arguments that are neither options nor their values, in order, subcommands left out. */
  readonly operands: readonly Word[];
  /** How many of `operands` stood before `--`; the rest cannot be options or revisions. */
  readonly operandsBeforeDashes: number;
  /** Options that the grammar lacks; the words after them are among `operands`. */
  readonly unknown: readonly Word[];
  /** Environment that differs from the door's: assignments, exports, wrappers like `env`, inner values last. */
  readonly environment: readonly Assignment[];
  /** True behind `env -i` and its like: nothing of the door's environment is left. */
  readonly clearedEnvironment: boolean;
  /** The variables of the shell around a builtin that runs text in it (`eval`, `trap`, `source`). */
  readonly variables?: readonly Assignment[];
  readonly redirects: readonly Redirect[];
  /** The redirections are those of a group or loop, not of a command. */
  readonly compound?: true;
  /** Absolute paths at which, by a test around it, no file with content stands when it starts. */
  readonly absent?: readonly string[];
  readonly input: Input;
  /** The working directory the program will run in, `git -C` and its like not yet applied. */
  readonly directory: Word;
  /** The wrappers it came through, outermost first: `['sudo', 'bash -c']`. */
  readonly via: readonly string[];
  /** The machine that it runs on, where that is another one; `?` where it is not known which. */
  readonly remote?: string;
  /** What of this machine the container sees that it runs in. */
  readonly mounts?: readonly Mount[];
  /** It runs in a container that was made for it, in which only what is below these paths was there before. */
  readonly fresh?: readonly string[];
  /** More arguments may follow that guard cannot see (`xargs`, `find -exec … +`, an unquoted `$args`). */
  readonly openEnded: boolean;
  readonly doubts: readonly Doubt[];
  /** Where the outermost script says it: offsets into its text. */
  readonly span?: readonly [start: number, end: number];
}

/** Is the option on when the last use wins? `name` is canonical. */
export function isOn(invocation: Invocation, ...names: readonly string[]): boolean {
  const last = invocation.options.findLast(use => names.includes(use.name));
  return last !== undefined && !last.negated;
}

/** Every value given to the options, in order; uses without a value are left out. */
export function valuesOf(invocation: Invocation, ...names: readonly string[]): readonly Word[] {
  return invocation.options.flatMap(use => (names.includes(use.name) && use.value ? [use.value] : []));
}

/** The last value given to any of the options. */
export function lastValue(invocation: Invocation, ...names: readonly string[]): Word | undefined {
  return valuesOf(invocation, ...names).at(-1);
}

/** A variable as the program will see it: the command's own environment over the door's. */
export function environmentOf(
  invocation: Invocation,
  name: string,
  doors: Readonly<Record<string, string | undefined>>,
): Word | undefined {
  const own = invocation.environment.findLast(assignment => assignment.name === name);
  if (own) return own.value;
  const inherited = invocation.clearedEnvironment ? undefined : doors[name];
  return inherited === undefined ? undefined : { text: inherited, certain: true };
}
