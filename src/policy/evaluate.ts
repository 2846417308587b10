/** Understood commands × policy → verdict: the strictest match wins, and order never matters. Parses nothing. */

import type { Effect } from '../effects/effect.js';
import { onlyHelps } from '../invocation/help.js';
import type { Invocation } from '../invocation/invocation.js';
import { agentMatch } from './agents.js';
import type { CompiledCondition, DoorEnvironment } from './condition.js';
import { type Prepared, prepare } from './pattern-match.js';
import { type Entry, indexOf, type PolicyIndex } from './policy-index.js';
import { protectedMatch } from './protect.js';
import {
  type Decision,
  decisions,
  type Match,
  type Policy,
  type Rule,
  type Understood,
  type Verdict,
} from './rule.js';

const NO_ENVIRONMENT: DoorEnvironment = {};

/**
 * Judges. A rule applies to an effect where one of its `when` entries holds and none of its `unless` entries, nor a
 * person's exception, holds for that same effect. An entry with `command` and no effect key applies to the invocation.
 * `environment` is the door's, for `env` conditions. Matches come strictest first, then by rule.
 */
export function evaluate(
  policy: Policy,
  understood: readonly Understood[],
  environment: DoorEnvironment = NO_ENVIRONMENT,
): Verdict {
  const index = indexOf(policy);
  const matches: Match[] = [];
  for (const one of understood) for (const match of matchesOf(index, one, environment)) matches.push(match);
  if (matches.length === 0) return { decision: 'allow', matches, understood };
  const forbidden = protectedMatch(policy.protect ?? [], matches);
  if (forbidden) matches.push(forbidden);
  const notForAgent = agentMatch(policy, matches);
  if (notForAgent) matches.push(notForAgent);
  matches.sort(byStrictness);
  return { decision: matches[0]!.rule.decision, matches, understood };
}

/** How strict a decision is: 0 is `allow`. */
function strictness(decision: Decision): number {
  return decisions.indexOf(decision);
}

function byStrictness(a: Match, b: Match): number {
  return (
    strictness(b.rule.decision) - strictness(a.rule.decision) ||
    (a.rule.id < b.rule.id ? -1 : a.rule.id > b.rule.id ? 1 : 0)
  );
}

function matchesOf(index: PolicyIndex, understood: Understood, environment: DoorEnvironment): Match[] {
  const { invocation, effects } = understood;
  const judged = new Judged(invocation, effects, environment);
  const named = index.forInvocation(invocation.tool);
  const commands =
    named.length === 0 || onlyHelps(invocation) ? [] : named.filter(entry => judged.holds(entry.when));
  const matches: Match[] = [];
  for (const effect of effects) {
    const candidates = index.forEffect(effect.action, effect.resource);
    const applying = rulesOf(candidates, entry => judged.appliesTo(entry, effect));
    for (const entry of commands) {
      if (entry.when.hasEffect && judged.appliesTo(entry, effect)) applying.add(entry.rule);
    }
    for (const rule of applying) matches.push({ rule, invocation, effect });
  }
  const whole = rulesOf(commands, entry => !entry.when.hasEffect && !judged.isExcused(entry));
  for (const rule of whole) matches.push({ rule, invocation });
  return matches;
}

/** The rules of the entries that apply; two entries of one rule are one match. */
function rulesOf(entries: readonly Entry[], applies: (entry: Entry) => boolean): Set<Rule> {
  const rules = new Set<Rule>();
  for (const entry of entries) if (applies(entry)) rules.add(entry.rule);
  return rules;
}

/** One invocation under judgement; laid out for patterns only where one asks. */
class Judged {
  readonly #invocation: Invocation;
  readonly #effects: readonly Effect[];
  readonly #environment: DoorEnvironment;
  #prepared: Prepared | undefined;

  constructor(invocation: Invocation, effects: readonly Effect[], environment: DoorEnvironment) {
    this.#invocation = invocation;
    this.#effects = effects;
    this.#environment = environment;
  }

  /** What a `when` entry asks of the invocation holds, or may hold for all that is known. */
  holds(when: CompiledCondition): boolean {
    return !when.hasInvocation || when.invocationHolds(this.#prepare(), this.#environment, 'possibly');
  }

  appliesTo(entry: Entry, effect: Effect): boolean {
    const { when } = entry;
    if (!when.effectHolds(effect) || !this.holds(when)) return false;
    return !entry.unless.some(unless => unless.effectHolds(effect) && this.#certainly(unless));
  }

  /** A command that matched as a whole is excused only where each of its effects is. */
  isExcused(entry: Entry): boolean {
    return entry.unless.some(unless => {
      if (!this.#certainly(unless)) return false;
      return !unless.hasEffect || (this.#effects.length > 0 && this.#effects.every(unless.effectHolds));
    });
  }

  #certainly(unless: CompiledCondition): boolean {
    return !unless.hasInvocation || unless.invocationHolds(this.#prepare(), this.#environment, 'certainly');
  }

  #prepare(): Prepared {
    this.#prepared ??= prepare(this.#invocation);
    return this.#prepared;
  }
}
