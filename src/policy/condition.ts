/** Conditions of rules → functions over one effect and its invocation. Knows no rule and no tool. */

import type { Effect } from '../effects/effect.js';
import { environmentOf } from '../invocation/invocation.js';
import { compileGlobs, listOf, type Matcher } from './glob.js';
import { type CommandPattern, compilePattern } from './pattern.js';
import { isExcuseThere, matchesPattern, type Prepared } from './pattern-match.js';
import { compileReading } from './pattern-reading.js';
import type { Certainty } from './pattern-words.js';
import type { Condition, Globs } from './rule.js';

/** The environment of the door, through which variables that a command does not set are seen. */
export type DoorEnvironment = Readonly<Record<string, string | undefined>>;

/** What is soon told comes first; by action and resource the entries were found. */
const effectKeys = ['host', 'extent', 'target', 'action', 'resource'] as const;

/** A condition in two halves: what must hold for the effect, and what for the invocation. */
export interface CompiledCondition {
  /** True where any key speaks of an effect. */
  readonly hasEffect: boolean;
  /** True where any key speaks of the invocation. */
  readonly hasInvocation: boolean;
  readonly patterns: readonly CommandPattern[];
  /** Is that where it must be? True where the condition does not ask. `environment` is only called where it does. */
  environmentHolds(environment: () => string): boolean;
  effectHolds(effect: Effect): boolean;
  invocationHolds(prepared: Prepared, environment: DoorEnvironment, certainty: Certainty): boolean;
}

/**
 * Compiles once; globs when they are first asked, for of most rules the first says no. Throws `GuardError` for a bad pattern, and
 * for a bad glob where `matcherOf` does, as when rules are checked.
 */
export function compileCondition(
  condition: Condition,
  matcherOf: (globs: Globs) => Matcher = compileLater,
): CompiledCondition {
  const tests = effectKeys.flatMap(key => {
    const globs = condition[key];
    return globs === undefined ? [] : [{ key, matches: matcherOf(key === 'host' ? lower(globs) : globs) }];
  });
  const withMatches = condition.with === undefined ? undefined : matcherOf(condition.with);
  const patterns =
    condition.readings?.map(compileReading) ?? listOf(condition.command ?? []).flatMap(compilePattern);
  const variables = condition.env === undefined ? [] : listOf(condition.env).map(compileVariable);
  const inEnvironment = condition.environment === undefined ? undefined : compileGlobs(condition.environment);
  const byCommand = condition.command !== undefined;
  const byEnvironment = condition.env !== undefined;
  return {
    hasEffect: tests.length > 0 || withMatches !== undefined,
    hasInvocation: byCommand || byEnvironment,
    patterns,
    environmentHolds: environment => inEnvironment === undefined || inEnvironment(environment()),
    effectHolds: effect => {
      for (const { key, matches } of tests) if (!matches(effect[key])) return false;
      return withMatches === undefined || effect.with.some(withMatches);
    },
    invocationHolds: (prepared, environment, certainty) =>
      (!byCommand || patterns.some(pattern => matchesPattern(pattern, prepared, certainty))) &&
      (!byEnvironment || variables.some(isSet => isSet(prepared, environment, certainty))),
  };
}

function compileLater(globs: Globs): Matcher {
  let compiled: Matcher | undefined;
  return text => {
    compiled ??= compileGlobs(globs);
    return compiled(text);
  };
}

function lower(globs: Globs): Globs {
  return listOf(globs).map(glob => glob.toLowerCase());
}

function compileVariable(text: string) {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  const matches: Matcher | undefined = equals < 0 ? undefined : compileGlobs(text.slice(equals + 1));
  return ({ invocation }: Prepared, environment: DoorEnvironment, certainty: Certainty): boolean => {
    const value = environmentOf(invocation, name, environment);
    if (value === undefined) return false;
    if (matches === undefined) return true;
    if (!value.certain) return certainty === 'possibly';
    return matches(value.text) && !isExcuseThere(value, invocation, certainty);
  };
}
