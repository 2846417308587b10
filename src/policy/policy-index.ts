/**
 * A policy laid out for judging: rules are found by the effect's action and resource, or by the invocation's tool and
 * first word, so that judging does not grow with the number of rules. Each rule is compiled when it is first met.
 */

import type { Effect } from '../effects/effect.js';
import type { Sign } from '../effects/surroundings/sign.js';
import { type CompiledCondition, compileCondition } from './condition.js';
import { compileEnvironments, type Environments, type Naming } from './environments.js';
import { compileGlobs, isWild, listOf, type Matcher } from './glob.js';
import { EntriesByHost } from './hosts.js';
import {
  type ByWord,
  type EntryText,
  familiesOf,
  type Layout,
  layOut,
  mayBeEmpty,
  UnreadEntries,
} from './layout.js';
import type { Condition, Policy, Rule } from './rule.js';

/** One entry of a rule's `when`, with all that narrows the rule. */
export class Entry {
  /** Its place in the policy. */
  readonly number: number;
  readonly condition: Condition;
  readonly #rule: () => Rule;
  readonly #narrowings: readonly Condition[];
  #when: CompiledCondition | undefined;
  #unless: readonly CompiledCondition[] | undefined;

  constructor(number: number, rule: () => Rule, condition: Condition, narrowings: readonly Condition[]) {
    this.number = number;
    this.#rule = rule;
    this.condition = condition;
    this.#narrowings = narrowings;
  }

  get rule(): Rule {
    return this.#rule();
  }

  get when(): CompiledCondition {
    this.#when ??= compileCondition(this.condition);
    return this.#when;
  }

  get unless(): readonly CompiledCondition[] {
    this.#unless ??= this.#narrowings.map(one => compileCondition(one));
    return this.#unless;
  }
}

/** Where the entries of a policy are found. */
export class PolicyIndex {
  readonly #layout: Layout<Entry>;
  readonly #environments: Environments | undefined;
  readonly #byEffect = new Map<string, Map<string, EntriesByHost<Entry>>>();
  readonly #byTool = new Map<string, Map<string, readonly Entry[]>>();
  #isNamed: Matcher | undefined;
  #naming: Naming | undefined;

  constructor(layout: Layout<Entry>, environments: Environments | undefined) {
    this.#layout = layout;
    this.#environments = environments;
  }

  /** The environment that the policy names by these signs; empty where none of them tells. */
  environmentOf(signs: readonly Sign[]): string {
    this.#naming ??= compileEnvironments(this.#environments);
    return this.#naming(signs);
  }

  /** Entries without `command` that may hold for such an effect. */
  forEffect(effect: Effect): readonly Entry[] {
    const { action, resource, host } = effect;
    const isLocal = host === '';
    const isBare = effect.with.length === 0;
    const key = `${action}${isLocal ? ' here' : ''}${isBare ? ' alone' : ''}`;
    const entries = kept(this.#byEffect, resource, key, () => {
      const all = familiesOf(effect).flatMap(family => this.#layout.forFamily(family));
      const speaking = all.filter(({ condition }) => {
        if (isBare && condition.with !== undefined) return false;
        if (isLocal && condition.host !== undefined && !mayBeEmpty(condition.host)) return false;
        return mayBe(condition.action, action) && mayBe(condition.resource, resource);
      });
      return new EntriesByHost(inOrder(speaking));
    });
    return entries.of(host);
  }

  /**
   * Entries by `command` or environment alone that may hold for such an invocation, whose program is called `name`. `firstWords` gives
   * the spellings of its first subcommand or operand, none where it has no such word; `undefined` where that may be any.
   */
  forInvocation(
    tool: string,
    firstWords: () => readonly string[] | undefined,
    name: string = tool,
  ): readonly Entry[] {
    const own = this.#layout.forTool(tool);
    const everyTool = this.#layout.everyTool();
    const words = own && firstWords()?.filter(word => word !== '' && own.of(word) !== undefined);
    const entries = own
      ? kept(this.#byTool, tool, words?.join('\0') ?? '*', () =>
          inOrder([
            ...(words === undefined ? own.all() : ['', ...words].flatMap(word => own.of(word) ?? [])),
            ...everyTool,
          ]),
        )
      : everyTool;
    this.#isNamed ??= compileGlobs(this.#layout.programs);
    const isNamed = this.#isNamed(tool) || (name !== tool && this.#isNamed(name));
    return isNamed ? inOrder([...entries, ...this.#layout.byProgram()]) : entries;
  }
}

/** The value under two keys, made once. */
function kept<T>(values: Map<string, Map<string, T>>, first: string, second: string, make: () => T): T {
  let within = values.get(first);
  if (within === undefined) {
    within = new Map();
    values.set(first, within);
  }
  let value = within.get(second);
  if (value === undefined) {
    value = make();
    within.set(second, value);
  }
  return value;
}

/** Each once, in the policy's order. */
function inOrder(entries: readonly Entry[]): readonly Entry[] {
  return [...new Set(entries)].sort((a, b) => a.number - b.number);
}

const indexes = new WeakMap<Policy, PolicyIndex>();

/** The index of a policy, made when first asked for. A policy is never changed after that. */
export function indexOf(policy: Policy): PolicyIndex {
  let index = policy.index ?? indexes.get(policy);
  if (index === undefined) {
    index = new PolicyIndex(layoutOf(policy), policy.environments);
    indexes.set(policy, index);
  }
  return index;
}

function layoutOf(policy: Policy): Layout<Entry> {
  const unread = new UnreadEntries(entriesOf(policy));
  const { tools, everyTool, byProgram, programs, families } = layOut(unread.others);
  const entry = ({ number, rule, condition, narrowings }: EntryText) =>
    new Entry(number, () => rule, condition, narrowings);
  const every = everyTool.map(entry);
  const named = byProgram.map(entry);
  const byTool = new Map<string, ByWord<Entry>>();
  const forTool = (tool: string): ByWord<Entry> | undefined => {
    const known = byTool.get(tool);
    const parts = known ? [] : [...(unread.take(tool) ?? []), ...(tools.get(tool) ?? [])];
    if (parts.length === 0) return known;
    const made = new Map<string, Entry[]>();
    for (const [word, texts] of parts) made.set(word, [...(made.get(word) ?? []), ...texts.map(entry)]);
    const words = { of: (word: string) => made.get(word), all: () => [...made.values()].flat() };
    byTool.set(tool, words);
    return words;
  };
  const byFamily = new Map([...families].map(([family, texts]) => [family, texts.map(entry)]));
  return {
    forTool,
    everyTool: () => every,
    byProgram: () => named,
    programs,
    forFamily: family => byFamily.get(family) ?? NONE,
  };
}

const NONE: readonly Entry[] = [];

/** Every entry of every rule, with what narrows it: the rule's own `unless` and people's exceptions. */
export function entriesOf({ rules, exceptions }: Policy): readonly EntryText[] {
  const excused = new Map<string, Condition[]>();
  for (const { rule, when } of exceptions) excused.set(rule, [...(excused.get(rule) ?? []), when]);
  const entries = rules.flatMap(rule => {
    const narrowings = [...rule.unless, ...(excused.get(rule.id) ?? [])];
    return rule.when.map(condition => ({ rule, condition, narrowings }));
  });
  return entries.map((entry, number) => ({ number, ...entry }));
}

function mayBe(globs: Condition['action'], text: string): boolean {
  if (globs === undefined) return true;
  return listOf(globs).some(glob => (isWild(glob) ? compileGlobs(glob)(text) : glob === text));
}
