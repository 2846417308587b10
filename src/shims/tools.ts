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
}

/**
 * Every program that should have a shim, sorted. What an inspector watches or a rule names has one even before the
 * program is installed. The rest (wrappers, other names of a tool) only where `path` has it: scripts ask with
 * `command -v sudo` whether there is one.
 */
export function shimmedTools(known: Knowledge, path: string | undefined): readonly string[] {
  const builtins = new Set(known.grammars.filter(grammar => grammar.builtin).flatMap(namesOf));
  const always = new Set([
    ...known.inspectors.flatMap(inspector => Object.keys(inspector.watches)),
    ...known.rules.flatMap(rule => rule.when.flatMap(condition => programsIn(condition.command))),
  ]);
  const names = new Set([
    ...known.grammars.filter(grammar => grammar.shim !== false).flatMap(namesOf),
    ...always,
  ]);
  names.delete('guard');
  return [...names]
    .filter(isToolName)
    .filter(name => (always.has(name) && !builtins.has(name)) || locate(name, path) !== undefined)
    .sort();
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
