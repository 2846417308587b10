/**
 * Layers → one policy: built-in packs, then the system's files, the user's, the project's. A project may add and
 * strengthen; whatever in it relaxes is left out and said. Reads no file.
 */

import type { Changes } from './load.js';
import {
  type Decision,
  decisions,
  type Exception,
  type Pack,
  type Policy,
  type PolicyFault,
  type Rule,
} from './rule.js';

/** What one file of a layer says. */
export interface LayerFile {
  readonly file: string;
  readonly pack?: Pack;
  readonly changes?: Changes;
}

/** Files of one origin. What a project says is bound to tighten, because an agent can write it. */
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
  readonly #faults: PolicyFault[];

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
    for (const [id, change] of Object.entries(changes.rules)) {
      const at = changes.at[`rules.${id}`] ?? '';
      const rule = this.#rules.get(id);
      if (!rule) {
        this.#fault(`there is no rule ${id}; see \`guard rule list\``, at);
        continue;
      }
      if (change.decision !== undefined) this.#decide(rule, change.decision, mayRelax, at);
      if (change.enabled === false && !mayRelax) this.#relaxing(`switches ${id} off`, at);
      else if (change.enabled === false) this.#off.add(id);
      else if (change.enabled === true) this.#off.delete(id);
    }
    for (const [i, exception] of changes.exceptions.entries()) {
      const at = changes.at[`exceptions.${i}`] ?? '';
      if (!mayRelax) this.#relaxing(`makes an exception from ${exception.rule}`, at);
      else if (this.#rules.has(exception.rule)) this.#exceptions.push(exception);
      else this.#fault(`there is no rule ${exception.rule}; see \`guard rule list\``, at);
    }
    for (const id of changes.protect) this.#protect.add(id);
    if (changes.terminals.length > 0 && !mayRelax) {
      this.#relaxing('names terminals', changes.at['presence'] ?? '');
    } else for (const terminal of changes.terminals) this.#terminals.add(terminal);
  }

  policy(): Omit<Policy, 'hash'> {
    const all = [...this.#rules.values()];
    return {
      rules: all.filter(rule => !this.#off.has(rule.id)),
      disabled: all.filter(rule => this.#off.has(rule.id)),
      exceptions: this.#exceptions,
      terminals: [...this.#terminals],
      protect: [...this.#protect],
      faults: this.#faults,
    };
  }

  #decide(rule: Rule, decision: Decision, mayRelax: boolean, at: string): void {
    const weaker = decisions.indexOf(decision) < decisions.indexOf(rule.decision);
    if (weaker && !mayRelax) this.#relaxing(`weakens ${rule.id} to ${decision}`, at);
    else this.#rules.set(rule.id, { ...rule, decision });
  }

  #relaxing(what: string, at: string): void {
    this.#fault(`a project file can only tighten, and this one ${what}; that part is left out`, at);
  }

  #fault(message: string, at: string): void {
    this.#faults.push({ message, at });
  }
}
