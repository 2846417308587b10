/** Which programs get a shim: those that a grammar reads, an inspector watches or a rule names. Writes nothing. */

import type { Inspector } from '../effects/effect.js';
import type { Grammar } from '../invocation/grammar.js';
import { locate } from '../locate.js';
import { baseName } from '../paths.js';
import { isWildWord, readPattern, unescapeWord } from '../policy/pattern-text.js';
import type { Rule } from '../policy/rule.js';
import { isToolName } from './text.js';

/** What is known of tools when shims are made. */
export interface Knowledge {
  readonly grammars: readonly Grammar[];
  readonly inspectors: readonly Inspector[];
  /** The rules in force, the user's included. */
  readonly rules: readonly Rule[];
  /** What nothing destructive may touch. */
  readonly protect?: readonly string[];
}

/**
 * Programs that scripts start thousands of times, and that mostly write where the shell sends them. Judging each start
 * would be felt in every build; whole scripts are still judged with them (`guard check -c`, `guard exec -c`).
 */
const LEFT_OUT: ReadonlySet<string> = new Set(
  'awk bzip2 cat gzip lzma perl sed tail tar time xz yes zstd'.split(' '),
);

/**
 * Every program on `path` that should have a shim, sorted. A shim without its program would make it look installed:
 * scripts choose by `command -v pnpm`. What is installed later gets its shim from `guard shim install`.
 */
export function shimmedTools(known: Knowledge, path: string | undefined): readonly string[] {
  return candidates(known).filter(name => locate(name, path) !== undefined);
}

/** Every program that would get a shim if it were installed, sorted. */
export function candidates(known: Knowledge): readonly string[] {
  const names = new Set([
    ...known.grammars.filter(grammar => grammar.shim !== false).flatMap(namesOf),
    ...known.inspectors.flatMap(inspector => Object.keys(inspector.watches)),
    ...known.rules.flatMap(rule => rule.when.flatMap(condition => programsIn(condition.command))),
  ]);
  names.delete('guard');
  return [...names].filter(name => isToolName(name) && !LEFT_OUT.has(name)).sort();
}

/** The grammar's own name and its others. */
export function namesOf(grammar: Grammar): readonly string[] {
  return [grammar.tool, ...(grammar.names ?? [])];
}

function programsIn(patterns: string | readonly string[] | undefined): readonly string[] {
  if (patterns === undefined) return [];
  return (typeof patterns === 'string' ? [patterns] : patterns)
    .flatMap(pattern => readPattern(pattern))
    .flatMap(([program]) =>
      program === undefined || isWildWord(program) ? [] : [baseName(unescapeWord(program))],
    );
}
