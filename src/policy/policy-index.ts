/**
 * A policy laid out for judging: rules are found by the effect's action and resource or by the invocation's tool,
 * so that judging does not grow with the number of packs. Compiled once for each policy, each rule when first met.
 */

import type { Sign } from '../effects/surroundings/sign.js';
import { type CompiledCondition, compileCondition } from './condition.js';
import { compileEnvironments, type Environments, type Naming } from './environments.js';
import { compileGlobs, isWild, listOf } from './glob.js';
import { compilePattern } from './pattern.js';
import type { Condition, Policy, Rule } from './rule.js';

/** One entry of a rule's `when`, with all that narrows the rule. */
export class Entry {
  readonly rule: Rule;
  readonly #condition: Condition;
  readonly #narrowings: readonly Condition[];
  #when: CompiledCondition | undefined;
  #unless: readonly CompiledCondition[] | undefined;

  constructor(rule: Rule, condition: Condition, narrowings: readonly Condition[]) {
    this.rule = rule;
    this.#condition = condition;
    this.#narrowings = narrowings;
  }

  get condition(): Condition {
    return this.#condition;
  }

  get when(): CompiledCondition {
    this.#when ??= compileCondition(this.#condition);
    return this.#when;
  }

  get unless(): readonly CompiledCondition[] {
    this.#unless ??= this.#narrowings.map(compileCondition);
    return this.#unless;
  }
}

/** Where the entries of a policy are found. */
export class PolicyIndex {
  readonly #effectEntries: Entry[] = [];
  readonly #byTool = new Map<string, Entry[]>();
  readonly #forEveryTool: Entry[] = [];
  readonly #byEffect = new Map<string, Map<string, readonly Entry[]>>();
  readonly #byInvocation = new Map<string, readonly Entry[]>();
  readonly #environments: Environments | undefined;
  #naming: Naming | undefined;

  constructor(policy: Policy) {
    this.#environments = policy.environments;
    const exceptions = new Map<string, Condition[]>();
    for (const { rule, when } of policy.exceptions) {
      exceptions.set(rule, [...(exceptions.get(rule) ?? []), when]);
    }
    for (const rule of policy.rules) {
      const narrowings = [...rule.unless, ...(exceptions.get(rule.id) ?? [])];
      for (const condition of rule.when) this.#add(new Entry(rule, condition, narrowings));
    }
  }

  /** The environment that the policy names by these signs; empty where none of them tells. */
  environmentOf(signs: readonly Sign[]): string {
    this.#naming ??= compileEnvironments(this.#environments);
    return this.#naming(signs);
  }

  /** Entries without `command` that may hold for such an effect. */
  forEffect(action: string, resource: string): readonly Entry[] {
    let byAction = this.#byEffect.get(resource);
    if (byAction === undefined) {
      byAction = new Map();
      this.#byEffect.set(resource, byAction);
    }
    let entries = byAction.get(action);
    if (entries === undefined) {
      entries = this.#effectEntries.filter(
        ({ condition }) => mayBe(condition.action, action) && mayBe(condition.resource, resource),
      );
      byAction.set(action, entries);
    }
    return entries;
  }

  /** Entries by `command` or environment alone that may hold for such an invocation. */
  forInvocation(tool: string): readonly Entry[] {
    const own = this.#byTool.get(tool);
    if (own === undefined) return this.#forEveryTool;
    let entries = this.#byInvocation.get(tool);
    if (entries === undefined) {
      entries = [...own, ...this.#forEveryTool];
      this.#byInvocation.set(tool, entries);
    }
    return entries;
  }

  #add(entry: Entry): void {
    const { condition } = entry;
    if (condition.command === undefined && condition.env !== undefined && !speaksOfEffects(condition)) {
      this.#forEveryTool.push(entry);
    } else if (condition.command === undefined) {
      this.#effectEntries.push(entry);
    } else {
      for (const tool of condition.tools ?? toolsOf(condition)) {
        const entries = tool === null ? this.#forEveryTool : this.#byTool.get(tool);
        if (entries) entries.push(entry);
        else if (tool !== null) this.#byTool.set(tool, [entry]);
      }
    }
  }
}

const indexes = new WeakMap<Policy, PolicyIndex>();

/** The index of a policy, made when first asked for. A policy is never changed after that. */
export function indexOf(policy: Policy): PolicyIndex {
  let index = indexes.get(policy);
  if (index === undefined) {
    index = new PolicyIndex(policy);
    indexes.set(policy, index);
  }
  return index;
}

/** The tools whose invocations a condition's patterns may match; `null` for any. */
export function toolsOf(condition: Condition): readonly (string | null)[] {
  const patterns = condition.command === undefined ? [] : listOf(condition.command);
  return [...new Set(patterns.flatMap(compilePattern).map(pattern => pattern.tool ?? null))];
}

function mayBe(globs: Condition['action'], text: string): boolean {
  if (globs === undefined) return true;
  return listOf(globs).some(glob => (isWild(glob) ? compileGlobs(glob)(text) : glob === text));
}

/** Does any key of the condition ask for an effect? */
export function speaksOfEffects({
  action,
  resource,
  target,
  host,
  extent,
  with: arguments_,
}: Condition): boolean {
  return [action, resource, target, host, extent, arguments_].some(key => key !== undefined);
}
