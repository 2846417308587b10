/**
 * Layers → one policy: built-in packs, then the system's files, the user's, the project's. A project may add and
 * strengthen; whatever in it relaxes is left out and said. Reads no file.
 */

import { type SignKind, signKinds } from '../effects/surroundings/sign.js';
import { type Environments, PRODUCTION } from './environments.js';
import type { Changes } from './load.js';
import {
  type AgentPolicy,
  type AllowedLog,
  type Decision,
  decisions,
  type Exception,
  type Pack,
  type Policy,
  type PolicyFault,
  type PresenceLevel,
  presenceLevels,
  type Rule,
  type Safety,
} from './rule.js';

/** What one file of a layer says. */
export interface LayerFile {
  readonly file: string;
  readonly pack?: Pack;
  readonly changes?: Changes;
}

/**
 * Files of one origin. What an agent can write is bound to tighten: a project's files, and the user's own too where the
 * system's policy demands H1.
 */
export interface Layer {
  readonly mayRelax: boolean;
  readonly files: readonly LayerFile[];
}

/** Puts the layers together, lowest first. `faults` are those met while reading them. */
export function compose(
  builtin: readonly Pack[],
  layers: readonly Layer[],
  faults: readonly PolicyFault[],
): Omit<Policy, 'hash'> {
  const composition = new Composition(faults);
  for (const pack of builtin) composition.add(pack, `built-in pack ${pack.pack}`);
  for (const layer of layers) {
    // All rules of a layer first: its changes may speak of any of them.
    for (const { pack, file } of layer.files) if (pack) composition.add(pack, file);
    for (const { changes } of layer.files) if (changes) composition.change(changes, layer.mayRelax);
  }
  return composition.policy();
}

class Composition {
  readonly #rules = new Map<string, Rule>();
  readonly #off = new Set<string>();
  readonly #exceptions: Exception[] = [];
  readonly #terminals = new Set<string>();
  readonly #protect = new Set<string>();
  readonly #agents: Record<string, AgentPolicy> = {};
  #presence: PresenceLevel | undefined;
  #wait: number | undefined;
  #allowed: AllowedLog | undefined;
  readonly #environments = new Map<string, Map<SignKind, string[]>>();
  readonly #faults: PolicyFault[];
  #safety: Safety = {};

  constructor(faults: readonly PolicyFault[]) {
    this.#faults = [...faults];
  }

  add(pack: Pack, file: string): void {
    for (const rule of pack.rules) {
      if (this.#rules.has(rule.id))
        this.#fault(`the rule ${rule.id} exists already; this one is left out`, file);
      else this.#rules.set(rule.id, rule);
    }
  }

  change(changes: Changes, mayRelax: boolean): void {
    const { at, terminals, wait, allowed } = changes;
    this.#changeRules(changes, mayRelax);
    this.#except(changes, mayRelax);
    for (const id of changes.protect) this.#protect.add(id);
    for (const [name, kinds] of Object.entries(changes.environments)) {
      if (name === PRODUCTION || mayRelax) this.#map(name, kinds);
      else this.#relaxing(`says what is ${name}`, at['environments'] ?? '');
    }
    if (terminals.every(terminal => this.#terminals.has(terminal)) || mayRelax)
      for (const terminal of terminals) this.#terminals.add(terminal);
    else this.#relaxing('names terminals', at['presence'] ?? '');
    this.#demand(changes, mayRelax);
    for (const [name, agent] of Object.entries(changes.agents))
      this.#treat(name, agent, mayRelax, at[`agents.${name}`] ?? '');
    if (wait === undefined || wait === this.#wait || mayRelax) this.#wait = wait ?? this.#wait;
    else this.#relaxing('says how long to wait', at['wait'] ?? '');
    if (allowed === undefined || allowed === this.#allowed || mayRelax)
      this.#allowed = allowed ?? this.#allowed;
    else this.#relaxing('says what is logged', at['audit'] ?? '');
    this.#save(changes, mayRelax);
  }

  #changeRules({ rules, at: places }: Changes, mayRelax: boolean): void {
    for (const [id, { decision, enabled }] of Object.entries(rules)) {
      const at = places[`rules.${id}`] ?? '';
      const rule = this.#ruleOf(id, at);
      if (!rule) continue;
      if (decision !== undefined) this.#decide(rule, decision, mayRelax, at);
      if (enabled === true) this.#off.delete(id);
      else if (enabled === false && (mayRelax || this.#off.has(id))) this.#off.add(id);
      else if (enabled === false) this.#relaxing(`switches ${id} off`, at);
    }
  }

  #except({ exceptions, at: places }: Changes, mayRelax: boolean): void {
    for (const [i, exception] of exceptions.entries()) {
      const at = places[`exceptions.${i}`] ?? '';
      if (this.#isKnown(exception)) continue;
      if (!mayRelax) this.#relaxing(`makes an exception from ${exception.rule}`, at);
      else if (this.#ruleOf(exception.rule, at)) this.#exceptions.push(exception);
    }
  }

  /** The rule of that id; where there is none, that is said. */
  #ruleOf(id: string, at: string): Rule | undefined {
    const rule = this.#rules.get(id);
    if (!rule) this.#fault(`there is no rule ${id}; see \`guard rule list\``, at);
    return rule;
  }

  /** An agent that writes the project's file must not choose to be asked less, or that less is kept. */
  #save({ safety, at }: Changes, mayRelax: boolean): void {
    if (mayRelax) {
      this.#safety = {
        ...this.#safety,
        ...safety,
        undo: { ...this.#safety.undo, ...safety.undo },
        preview: { ...this.#safety.preview, ...safety.preview },
      };
      return;
    }
    for (const key of Object.keys(safety)) this.#relaxing(`sets ${key}`, at[key] ?? '');
  }

  policy(): Omit<Policy, 'hash'> {
    const all = [...this.#rules.values()];
    return {
      rules: all.filter(rule => !this.#off.has(rule.id)),
      disabled: all.filter(rule => this.#off.has(rule.id)),
      exceptions: this.#exceptions,
      terminals: [...this.#terminals],
      protect: [...this.#protect],
      ...(this.#presence !== undefined && { presence: this.#presence }),
      agents: this.#agents,
      ...(this.#wait !== undefined && { wait: this.#wait }),
      ...(this.#allowed !== undefined && { allowed: this.#allowed }),
      environments: Object.fromEntries(
        [...this.#environments].map(([name, kinds]) => [name, Object.fromEntries(kinds)]),
      ),
      safety: this.#safety,
      faults: this.#faults,
    };
  }

  #map(name: string, kinds: Environments[string]): void {
    const mapped = this.#environments.get(name) ?? new Map<SignKind, string[]>();
    this.#environments.set(name, mapped);
    for (const kind of signKinds) {
      const globs = kinds[kind];
      if (globs) mapped.set(kind, [...(mapped.get(kind) ?? []), ...globs]);
    }
  }

  #decide(rule: Rule, decision: Decision, mayRelax: boolean, at: string): void {
    const weaker = decisions.indexOf(decision) < decisions.indexOf(rule.decision);
    if (weaker && !mayRelax) this.#relaxing(`weakens ${rule.id} to ${decision}`, at);
    else this.#rules.set(rule.id, { ...rule, decision });
  }

  /** What a lower layer says already is no news, so that a person's file may stand copied in /etc/guard. */
  #isKnown(exception: Exception): boolean {
    const text = JSON.stringify(exception);
    return this.#exceptions.some(one => JSON.stringify(one) === text);
  }

  #demand({ presence, at }: Changes, mayRelax: boolean): void {
    if (presence === undefined) return;
    const order = (level: PresenceLevel | undefined) => presenceLevels.indexOf(level ?? 'H0');
    // No word for H0 counts but from above: where nothing is said, what is set up decides.
    if (mayRelax || order(presence) > order(this.#presence)) this.#presence = presence;
    else if (order(presence) < order(this.#presence))
      this.#relaxing(`asks for less presence (${presence})`, at['presence'] ?? '');
  }

  #treat(name: string, agent: AgentPolicy, mayRelax: boolean, at: string): void {
    const known = this.#agents[name] ?? {};
    const loosens =
      (agent.default === 'confirm' && known.default === 'deny') ||
      (agent.confirm === 'ask' && known.confirm !== 'ask');
    if (loosens && !mayRelax) this.#relaxing(`gives ${name} more leave`, at);
    else this.#agents[name] = { ...known, ...agent };
  }

  #relaxing(what: string, at: string): void {
    this.#fault(`this file can only tighten, and it ${what}; that part is left out`, at);
  }

  #fault(message: string, at: string): void {
    this.#faults.push({ message, at });
  }
}
