/** `cd`, `pushd`, `popd`: where later commands run. Looks whether a directory is there, and changes nothing. */

import { absolute } from '../paths.js';
import type { Call } from './builtins.js';
import { certain, uncertain, type Word } from './command.js';
import type { Reading } from './reading.js';
import { assign, type Exit, join, lookUp, type State } from './state.js';

/** `cd`. */
export function changeDirectory({ args, state, walker }: Call): Exit {
  const operands = operandsOf(args);
  if (operands.length > 1) return entered(state, uncertain(), false, walker.reading);
  const [target] = operands;
  const variable = (name: string) => lookUp(name, state, walker.reading)?.value ?? uncertain();
  if (target === undefined) return entered(state, variable('HOME'), false, walker.reading);
  if (target.certain && target.text === '-') return entered(state, variable('OLDPWD'), true, walker.reading);
  return entered(state, target, false, walker.reading);
}

/** `pushd DIR`; what turns the stack leaves the directory unknown. */
export function pushDirectory({ args, state, walker }: Call): Exit {
  const [target] = args.filter(word => word.text !== '--' && word.text !== '-n');
  if (target === undefined || /^[-+]\d+$/.test(target.text)) {
    return entered({ ...state, stack: [] }, uncertain(), true, walker.reading);
  }
  const exit = entered(state, target, false, walker.reading);
  const pushed = (end: State | null) =>
    end === null || end === state ? end : { ...end, stack: [state.directory, ...state.stack] };
  return { ok: pushed(exit.ok), fail: exit.fail, next: exit.next === exit.ok ? pushed(exit.ok) : exit.next };
}

/** `popd`; back to what `pushd` left, where that is known. */
export function popDirectory({ args, state, walker }: Call): Exit {
  const [top, ...stack] = state.stack;
  if (args.length > 0 || top === undefined) {
    return entered({ ...state, stack: [] }, uncertain(), true, walker.reading);
  }
  return entered({ ...state, stack }, top, true, walker.reading);
}

/** The arguments behind `-L`, `-P`, `--`. */
function operandsOf(args: readonly Word[]): readonly Word[] {
  const first = args.findIndex(word => !word.certain || !/^-[LPe@]+$/.test(word.text));
  if (first < 0) return [];
  return args[first]!.certain && args[first]!.text === '--' ? args.slice(first + 1) : args.slice(first);
}

/** Into a directory. `safe`: the shell was there before, so that it surely is one. */
function entered(state: State, target: Word, safe: boolean, reading: Reading): Exit {
  const directory = resolve(state, target, reading);
  const ok = { ...assign(state, reading, 'OLDPWD', state.directory, { exported: false }), directory };
  if (safe || (directory.certain && isThere(directory.text, reading))) return { ok, fail: state, next: ok };
  return { ok, fail: state, next: join(ok, state, reading) };
}

function resolve(state: State, target: Word, reading: Reading): Word {
  // Where it comes from is kept: what `mktemp -d` makes is temporary.
  if (!target.certain) return { ...uncertain(target.text), ...sourceOf(target) };
  if (target.text.startsWith('/')) return certain(absolute(target.text, '/'));
  const searched = !/^\.\.?(?:\/|$)/.test(target.text) && lookUp('CDPATH', state, reading)?.value;
  if (searched && !(searched.certain && searched.text === '')) return uncertain();
  return state.directory.certain ? certain(absolute(target.text, state.directory.text)) : uncertain();
}

function sourceOf({ outputOf, holes }: Word): Partial<Word> {
  return outputOf ? { outputOf, ...(holes && { holes }) } : {};
}

/** Positive evidence only: it is a directory now, or an earlier command of the script named it (to make it). */
function isThere(path: string, reading: Reading): boolean {
  const { home, cwd } = reading.world;
  if (path === '/' || path === '/tmp' || path === home || path === cwd) return true;
  const facts = reading.world.stat(path);
  if (facts.kind === 'directory') return true;
  if (facts.kind === 'symlink') return reading.world.stat(facts.realPath).kind === 'directory';
  if (facts.kind !== 'missing') return false;
  return reading.named(path);
}
