/**
 * What bash's own commands do to the shell: directory, variables, functions, the way on. They are found as commands
 * like any other; here only what later commands will see of them.
 */

import type { Input, Word } from './command.js';
import { certain, uncertain } from './command.js';
import { changeDirectory, popDirectory, pushDirectory } from './directory.js';
import { read, readLines } from './read-line.js';
import { evaluate, source } from './sourced.js';
import { assign, type Exit, forgetVariables, leaving, lookUp, type State } from './state.js';
import type { Setting } from './variables.js';
import type { Walker } from './walk.js';

/** One call of a builtin. `args` without its name. */
export interface Call {
  readonly name: string;
  readonly args: readonly Word[];
  /** `NAME=value` among the arguments of `export` and its kin. */
  readonly declared: readonly Setting[];
  /** `NAME=value` in front of it. */
  readonly settings: readonly Setting[];
  readonly state: State;
  /** What it reads, here-documents included. */
  readonly input: Input;
  readonly walker: Walker;
}

type Builtin = (call: Call) => Exit;

const NAME = /^[A-Za-z_]\w*$/;

const BUILTINS: Readonly<Record<string, Builtin>> = {
  cd: changeDirectory,
  pushd: pushDirectory,
  popd: popDirectory,
  export: declare,
  readonly: declare,
  declare,
  typeset: declare,
  local: declare,
  unset,
  set,
  shift,
  shopt: ({ args, state }) => leaving(args.some(changesGlobs) ? { ...state, globbing: 'unknown' } : state),
  alias,
  unalias: ({ args, state }) => {
    const aliases = new Map(state.aliases);
    for (const { text } of args) {
      if (text === '-a') aliases.clear();
      else aliases.delete(text);
    }
    return leaving({ ...state, aliases });
  },
  read,
  mapfile: readLines,
  readarray: readLines,
  getopts: call => forget(call, [...call.args.slice(1, 2), certain('OPTARG')]),
  let: call =>
    forget(
      call,
      call.args.map(word => certain(/^[A-Za-z_]\w*/.exec(word.text)?.[0] ?? '')),
    ),
  printf,
  wait: call => leaving(call.state),
  eval: evaluate,
  source,
  '.': source,
  exit: ({ walker }) => walker.functions.end(),
  return: ({ state, walker }) => walker.functions.leave(state),
  break: jump,
  continue: jump,
};

/** The builtin that these words run, `command` and `builtin` before it peeled. */
export function builtinOf(
  words: readonly Word[],
): { readonly name: string; readonly args: readonly Word[]; readonly run: Builtin } | undefined {
  const [first, ...args] = words;
  if (!first?.certain) return undefined;
  if ((first.text === 'command' || first.text === 'builtin') && !args[0]?.text.startsWith('-')) {
    return builtinOf(args);
  }
  const run = Object.hasOwn(BUILTINS, first.text) ? BUILTINS[first.text] : undefined;
  return run && { name: first.text, args, run };
}

/** Is it one of the commands that change the shell itself? */
export function isBuiltin(name: string): boolean {
  return Object.hasOwn(BUILTINS, name);
}

/** Does this command take assignments for arguments? */
export function declares(name: string): boolean {
  return /^(?:export|readonly|declare|typeset|local)$/.test(name);
}

function changesGlobs(word: Word): boolean {
  return (
    !word.certain ||
    /^(?:nullglob|failglob|dotglob|globstar|extglob|nocaseglob|globasciiranges)$/.test(word.text)
  );
}

/** Variables that a builtin sets to what guard does not know (`read x`), or to `value`. */
export function forget({ state, walker }: Call, names: readonly Word[], value = uncertain()): Exit {
  return leaving(
    names.reduce(
      (now, { text }) => (NAME.test(text) ? assign(now, walker.reading, text, value) : now),
      state,
    ),
  );
}

/** `printf -v NAME …` leaves in NAME what `printf …` would print. */
function printf(call: Call): Exit {
  const [option, name, ...rest] = call.args;
  if (option?.text !== '-v' || !name) return leaving(call.state);
  const { directory, input } = call.state;
  const words = [certain('printf'), ...rest];
  const printed = { words, assignments: [], exported: [], redirects: [], input, directory };
  return forget(call, [name], { ...uncertain(), outputOf: [printed] });
}

function declare({ name, args, declared, state, walker }: Call): Exit {
  const { reading } = walker;
  const flags = args.filter(word => /^[-+]\w/.test(word.text)).map(word => word.text);
  const exports =
    name === 'export' ? !flags.some(flag => flag.includes('n')) : flags.some(flag => /^-\w*x/.test(flag));
  const off = (name === 'export' && !exports) || flags.some(flag => /^\+\w*x/.test(flag));
  const change = exports ? { exported: true } : off ? { exported: false } : {};
  // -i, -l, -u and -n make another value of what is assigned.
  const altered = name !== 'export' && flags.some(flag => /^-\w*[ilunA]/.test(flag));
  let after = state;
  const localizes = name !== 'export' && name !== 'readonly' && !flags.some(flag => flag.includes('g'));
  if (localizes) walker.functions.localize(args, state);
  for (const { name: variable, value, items } of declared) {
    const kept = altered ? { value: uncertain() } : { value, ...(items && { items }) };
    after = assign(after, reading, variable, kept.value, {
      ...change,
      ...('items' in kept && { items: kept.items }),
    });
  }
  for (const word of args) {
    if (!word.certain) {
      if (word.splits && !declared.some(setting => setting.word === word)) after = forgetVariables(after);
      continue;
    }
    const [, variable = '', value] = /^([A-Za-z_]\w*)(?:=(.*))?$/s.exec(word.text) ?? [];
    if (variable === '' || declared.some(setting => setting.word === word)) continue;
    const old = lookUp(variable, after, reading);
    if (value !== undefined) after = assign(after, reading, variable, certain(value), change);
    else if (name === 'local') after = assign(after, reading, variable, certain(''), change);
    else if (old)
      after = assign(after, reading, variable, old.value, {
        ...change,
        ...(old.items && { items: old.items }),
      });
    else after = assign(after, reading, variable, uncertain(), change);
  }
  return leaving(after);
}

function unset({ args, state, walker }: Call): Exit {
  let after = state;
  for (const { text, certain: sure } of args) {
    if (!sure) after = forgetVariables(after);
    else if (NAME.test(text)) {
      after = assign(after, walker.reading, text, undefined);
      if (args[0]?.text === '-f' || !state.variables.has(text)) {
        const functions = new Map(after.functions);
        if (functions.delete(text)) after = { ...after, functions };
      }
    }
  }
  return leaving(after);
}

function set({ args, state }: Call): Exit {
  let after = state;
  for (const [at, word] of args.entries()) {
    if (word.text === '--' && word.certain) return leaving({ ...after, positional: args.slice(at + 1) });
    if (!word.certain) return leaving({ ...after, positional: undefined });
    if (!/^[-+]/.test(word.text)) {
      if (/^[-+]\w*o$/.test(args[at - 1]?.text ?? '')) {
        after = option(after, word.text, args[at - 1]!.text.startsWith('-'));
        continue;
      }
      return leaving({ ...after, positional: args.slice(at) });
    }
    const on = word.text.startsWith('-');
    if (word.text.includes('e')) after = option(after, 'errexit', on);
    if (word.text.includes('f')) after = option(after, 'noglob', on);
    if (word.text.includes('a')) after = option(after, 'allexport', on);
  }
  return leaving(after);
}

function option(state: State, name: string, on: boolean): State {
  if (name === 'errexit') return { ...state, errexit: on };
  if (name === 'noglob') return { ...state, globbing: on ? 'off' : 'on' };
  return name === 'allexport' ? { ...state, exportsAll: on } : state;
}

function shift({ args, state }: Call): Exit {
  const count = args.length === 0 ? 1 : Number(args[0]!.certain ? args[0]!.text : Number.NaN);
  const before = state.positional;
  const known = before !== undefined && count >= 0 && !before.slice(0, count).some(word => word.splits);
  return leaving({ ...state, positional: known ? before.slice(count) : undefined });
}

function alias({ args, state }: Call): Exit {
  const aliases = new Map(state.aliases);
  for (const { text } of args) {
    const equals = text.indexOf('=');
    if (equals > 0) aliases.set(text.slice(0, equals), text.slice(equals + 1));
  }
  return leaving({ ...state, aliases });
}

function jump({ name, args, state, walker }: Call): Exit {
  const levels = (args[0]?.certain && Number(args[0].text)) || 1;
  return walker.loops.leave(name === 'break' ? 'break' : 'continue', levels, state);
}
