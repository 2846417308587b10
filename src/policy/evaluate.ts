/** Understood commands × policy → verdict: the strictest match wins, and order never matters. Parses nothing. */

import type { Effect } from '../effects/effect.js';
import { onlyHelps } from '../invocation/help.js';
import { agentMatch } from './agents.js';
import type { CompiledCondition, DoorEnvironment } from './condition.js';
import { Prepared } from './pattern-match.js';
import { Placed } from './placed.js';
import { type Entry, indexOf, type PolicyIndex } from './policy-index.js';
import { protectedMatch } from './protect.js';
import {
  type Decision,
  decisions,
  type Match,
  type Observed,
  type Policy,
  type Rule,
  type Understood,
  type Verdict,
} from './rule.js';
import { targetOf } from './target.js';

const NO_ENVIRONMENT: DoorEnvironment = {};

/**
 * Judges. A rule applies to an effect where one of its `when` entries holds and none of its `unless` entries, nor a
 * person's exception, holds for that same effect. An entry with `command` and no effect key applies to the invocation.
 * `environment` is the door's, for `env` conditions. Matches come strictest first, then by rule.
 */
export function evaluate(
  policy: Policy,
  observed: readonly Observed[],
  environment: DoorEnvironment = NO_ENVIRONMENT,
): Verdict {
  const index = indexOf(policy);
  const understood = observed.map(one => new Placed(one, index, policy.protect ?? []));
  const matches: Match[] = [];
  for (const one of understood) for (const match of matchesOf(index, one, environment)) matches.push(match);
  const forbidden = protectedMatch(policy.protect ?? [], matches, understood);
  if (forbidden) matches.push(forbidden);
  const notForAgent = agentMatch(policy, matches);
  if (notForAgent) matches.push(notForAgent);
  if (matches.length === 0) return { decision: 'allow', matches, understood };
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
  const judged = new Judged(understood, environment);
  const speaking = index.forInvocation(invocation.tool, () => judged.firstWords(), judged.name);
  const commands =
    speaking.length === 0 || onlyHelps(invocation) ? [] : speaking.filter(entry => judged.holds(entry.when));
  const matches: Match[] = [];
  for (const effect of effects) {
    const candidates = index.forEffect(effect);
    const applying = rulesOf(candidates, entry => judged.appliesTo(entry, effect));
    const named = rulesOf(commands, entry => entry.when.hasEffect && judged.appliesTo(entry, effect));
    for (const [rule, entry] of named.size === 0 ? applying : new Map([...applying, ...named])) {
      const target = effect.target === '' ? judged.targetOf(entry) : effect.target;
      matches.push({ rule, invocation, effect, target, environment: understood.environmentOf(effect) });
    }
  }
  const whole = rulesOf(commands, entry => judged.isWhole(entry) && !judged.isExcused(entry));
  for (const [rule, entry] of whole) {
    const target = judged.targetOf(entry);
    matches.push({ rule, invocation, target, environment: understood.environmentOf() });
  }
  return matches;
}

/** The rules of the entries that apply, each with the first of them: two entries of one rule are one match. */
function rulesOf(entries: readonly Entry[], applies: (entry: Entry) => boolean): ReadonlyMap<Rule, Entry> {
  let rules: Map<Rule, Entry> | undefined;
  for (const entry of entries) {
    // A rule is read only once it applies: of a compiled policy that is a part of its text.
    if (!applies(entry)) continue;
    rules ??= new Map();
    if (!rules.has(entry.rule)) rules.set(entry.rule, entry);
  }
  return rules ?? NO_RULES;
}

const NO_RULES: ReadonlyMap<Rule, Entry> = new Map();

/** One invocation under judgement. */
class Judged {
  readonly #understood: Understood;
  readonly #environment: DoorEnvironment;
  readonly #prepared: Prepared;

  constructor(understood: Understood, environment: DoorEnvironment) {
    this.#understood = understood;
    this.#environment = environment;
    this.#prepared = new Prepared(understood.invocation);
  }

  /** What the program is called. */
  get name(): string {
    return this.#prepared.name;
  }

  /** The spellings of the invocation's first subcommand or operand; `undefined` where it may be any. */
  firstWords(): readonly string[] | undefined {
    const [first] = this.#prepared.words;
    if (first === undefined) return [];
    return first.certain && !first.skippable && !first.splits ? first.spellings : undefined;
  }

  /** What a `when` entry asks of the invocation holds, or may hold for all that is known. */
  holds(when: CompiledCondition): boolean {
    return !when.hasInvocation || when.invocationHolds(this.#prepared, this.#environment, 'possibly');
  }

  appliesTo(entry: Entry, effect: Effect): boolean {
    const { when } = entry;
    const environment = () => this.#understood.environmentOf(effect);
    if (!when.effectHolds(effect) || !this.holds(when) || !when.environmentHolds(environment)) return false;
    return !entry.unless.some(
      unless => unless.effectHolds(effect) && this.#certainly(unless) && unless.environmentHolds(environment),
    );
  }

  /** A command that matched as a whole is excused only where each of its effects is. */
  isExcused(entry: Entry): boolean {
    const { effects } = this.#understood;
    return entry.unless.some(unless => {
      if (!this.#certainly(unless) || !unless.environmentHolds(() => this.#understood.environmentOf()))
        return false;
      return !unless.hasEffect || (effects.length > 0 && effects.every(unless.effectHolds));
    });
  }

  /** The command as a whole is what the entry speaks of. */
  isWhole({ when }: Entry): boolean {
    return !when.hasEffect && when.environmentHolds(() => this.#understood.environmentOf());
  }

  /** What the command acts on, as far as the words that the entry speaks of tell. */
  targetOf({ when }: Entry): string {
    return targetOf(this.#prepared, when.patterns, () => this.#understood.signs());
  }

  #certainly(unless: CompiledCondition): boolean {
    return !unless.hasInvocation || unless.invocationHolds(this.#prepared, this.#environment, 'certainly');
  }
}
