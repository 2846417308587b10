/**
 * What a shell knows at one point of a script: variables, directory, functions, aliases. A state is never
 * changed, only followed by another, so that branches can part from it and join again. Runs nothing.
 */

import type { Function as FunctionNode } from 'unbash';
import { certain, type Input, uncertain, type Word } from './command.js';
import type { Reading } from './reading.js';

/** A variable's content. `atomic`: unknown, but never more or less than one argument (a number). */
export interface Value extends Word {
  readonly atomic?: true;
}

export interface Variable {
  /** `undefined`: the script has unset it. */
  readonly value: Value | undefined;
  /** The elements, where it is an array and they are known. */
  readonly items?: readonly Word[];
  readonly exported: boolean;
}

export interface ShellFunction {
  readonly bodies: readonly FunctionNode['body'][];
  /** False where only some ways through the script define it, so that a program of that name may run instead. */
  readonly sure: boolean;
  readonly foreign: boolean;
}

export interface State {
  readonly variables: ReadonlyMap<string, Variable>;
  readonly directory: Word;
  /** `$1` and on; `undefined` where they are not known. */
  readonly positional: readonly Word[] | undefined;
  readonly functions: ReadonlyMap<string, ShellFunction>;
  readonly aliases: ReadonlyMap<string, string>;
  /** The directories of `pushd`, the latest first. */
  readonly stack: readonly Word[];
  readonly input: Input;
  /** What `exec` has opened, by descriptor. */
  readonly opened: ReadonlyMap<number, Word>;
  readonly globbing: 'on' | 'off' | 'unknown';
  /** `set -e`. */
  readonly errexit: boolean;
  /** `set -a`. */
  readonly exportsAll: boolean;
  /** Code that nobody could read has run, and may have set any variable. */
  readonly opaque: boolean;
}

/** Where a command leaves the shell. `null`: this way out is never taken (`exit`). */
export interface Exit {
  readonly ok: State | null;
  readonly fail: State | null;
  /** What a command after `;` starts from. */
  readonly next: State | null;
}

/** The command leaves the shell in that state whether it succeeds or fails; null: the shell goes on no further. */
export function leaving(state: State | null): Exit {
  return { ok: state, fail: state, next: state };
}

/** Set by bash itself, whatever the environment says. */
const DYNAMIC =
  /^(?:RANDOM|SRANDOM|SECONDS|EPOCHSECONDS|EPOCHREALTIME|LINENO|UID|EUID|PPID|BASHPID|SHLVL|OPTIND|HISTCMD)$/;
const DYNAMIC_TEXT =
  /^(?:BASH.*|DIRSTACK|FUNCNAME|GROUPS|HOSTNAME|HOSTTYPE|MACHTYPE|OSTYPE|PIPESTATUS|REPLY|SHELLOPTS|COMP_.*|_)$/;

/** A variable as it stands. `undefined`: guard sees it nowhere; a value of `undefined`: it is surely unset. */
export function lookUp(name: string, state: State, reading: Reading): Variable | undefined {
  const own = state.variables.get(name);
  if (own) return own;
  if (DYNAMIC.test(name)) return { value: { text: '', certain: false, atomic: true }, exported: false };
  if (DYNAMIC_TEXT.test(name)) return { value: uncertain(), exported: false };
  if (name === 'PWD') return { value: state.directory, exported: true };
  // Sourced files and `eval` set variables; that they move HOME nobody expects.
  const hidden = state.opaque && name !== 'HOME' && name !== 'USER';
  const around = reading.variables.findLast(assignment => assignment.name === name);
  if (around && !hidden) return { value: around.unset ? undefined : around.value, exported: true };
  const inherited = reading.clearedEnvironment ? undefined : reading.world.env[name];
  if (inherited !== undefined) return { value: hidden ? uncertain() : certain(inherited), exported: true };
  if (name === 'HOME') return { value: certain(reading.world.home), exported: false };
  if (name === 'IFS') return { value: certain(' \t\n'), exported: false };
  return undefined;
}

/** `NAME=value`: keeps whether it is exported. `exported` true or false changes that. */
export function assign(
  state: State,
  reading: Reading,
  name: string,
  value: Value | undefined,
  change: { readonly items?: readonly Word[]; readonly exported?: boolean } = {},
): State {
  const exported = change.exported ?? (state.exportsAll || (lookUp(name, state, reading)?.exported ?? false));
  // Each state holds its own copy, so that thousands of variables must be paid for.
  if (!reading.spend(4 * state.variables.size)) return state;
  const variables = new Map(state.variables);
  variables.set(name, change.items ? { value, items: change.items, exported } : { value, exported });
  return { ...state, variables };
}

/** The state in which every variable that the script has set may hold anything. */
export function forgetVariables(state: State): State {
  const variables = new Map<string, Variable>();
  for (const [name, { exported }] of state.variables) variables.set(name, { value: uncertain(), exported });
  return { ...state, variables };
}

/** What holds on either way. What differs is uncertain. */
export function join(one: State | null, other: State | null, reading: Reading): State | null {
  if (one === null || one === other) return other;
  if (other === null) return one;
  return {
    variables: joinVariables(one, other, reading),
    directory: sameWord(one.directory, other.directory) ? one.directory : uncertain(),
    positional: sameWords(one.positional, other.positional) ? one.positional : undefined,
    functions: joinFunctions(one.functions, other.functions),
    aliases: one.aliases === other.aliases ? one.aliases : new Map([...one.aliases, ...other.aliases]),
    stack: sameWords(one.stack, other.stack) ? one.stack : [],
    input: one.input === other.input ? one.input : { from: 'text', text: uncertain() },
    opened: one.opened === other.opened ? one.opened : new Map([...one.opened, ...other.opened]),
    globbing: one.globbing === other.globbing ? one.globbing : 'unknown',
    errexit: one.errexit && other.errexit,
    exportsAll: one.exportsAll || other.exportsAll,
    opaque: one.opaque || other.opaque,
  };
}

function joinVariables(one: State, other: State, reading: Reading): ReadonlyMap<string, Variable> {
  if (one.variables === other.variables) return one.variables;
  const joined = new Map<string, Variable>();
  for (const name of new Set([...one.variables.keys(), ...other.variables.keys()])) {
    const left = lookUp(name, one, reading);
    const right = lookUp(name, other, reading);
    joined.set(name, left && right && sameVariable(left, right) ? left : unlike(left, right));
  }
  return joined;
}

function unlike(one: Variable | undefined, other: Variable | undefined): Variable {
  const exported = (one?.exported || other?.exported) ?? false;
  // Set on one way only: where it holds anything, it is that.
  const only = one === undefined ? other?.value : other === undefined ? one.value : undefined;
  if (only?.outputOf && only.text === '') return { value: only, exported };
  const number = isNumber(one?.value) && isNumber(other?.value);
  return { value: number ? { text: '', certain: false, atomic: true } : uncertain(), exported };
}

function isNumber(value: Value | undefined): boolean {
  return value !== undefined && (value.atomic === true || (value.certain && /^\d+$/.test(value.text)));
}

function joinFunctions(
  one: State['functions'],
  other: State['functions'],
): ReadonlyMap<string, ShellFunction> {
  if (one === other) return one;
  const joined = new Map<string, ShellFunction>();
  for (const name of new Set([...one.keys(), ...other.keys()])) {
    const left = one.get(name);
    const right = other.get(name);
    if (left && left === right) joined.set(name, left);
    else {
      const bodies = [...new Set([...(left?.bodies ?? []), ...(right?.bodies ?? [])])];
      const foreign = (left?.foreign || right?.foreign) ?? false;
      joined.set(name, { bodies, sure: (left?.sure && right?.sure) ?? false, foreign });
    }
  }
  return joined;
}

/** True where nothing that the walker looks at tells them apart. */
export function sameState(one: State | null, other: State | null): boolean {
  if (one === other || one === null || other === null) return one === other;
  if (!sameWord(one.directory, other.directory) || !sameWords(one.positional, other.positional)) return false;
  if (one.variables === other.variables) return true;
  if (one.variables.size !== other.variables.size) return false;
  for (const [name, variable] of one.variables) {
    const match = other.variables.get(name);
    if (match === undefined || !sameVariable(variable, match)) return false;
  }
  return true;
}

function sameVariable(one: Variable, other: Variable): boolean {
  if (one === other) return true;
  if (one.exported !== other.exported || one.value?.atomic !== other.value?.atomic) return false;
  if (one.items !== other.items && !sameWords(one.items, other.items)) return false;
  if (one.value === undefined || other.value === undefined) return one.value === other.value;
  return sameWord(one.value, other.value);
}

function sameWord(one: Word, other: Word): boolean {
  if (one === other) return true;
  return (
    one.text === other.text && one.certain === other.certain && one.splits === other.splits && !one.outputOf
  );
}

function sameWords(one: readonly Word[] | undefined, other: readonly Word[] | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined || one.length !== other.length) return false;
  return one.every((word, at) => sameWord(word, other[at]!));
}
