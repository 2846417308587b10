/** An observed command with the environment that policy names it: worked out when first asked for, and then kept. */

import type { Effect } from '../effects/effect.js';
import type { Sign } from '../effects/surroundings/sign.js';
import type { Invocation } from '../invocation/invocation.js';
import { DEVELOPMENT } from './environments.js';
import type { PolicyIndex } from './policy-index.js';
import { namesProtected } from './protect.js';
import type { Observed, Understood } from './rule.js';

export class Placed implements Understood {
  readonly invocation: Invocation;
  readonly effects: readonly Effect[];
  readonly #observed: Observed;
  readonly #index: PolicyIndex;
  readonly #protect: readonly string[];
  readonly #known = new Map<Effect | undefined, string>();

  constructor(observed: Observed, index: PolicyIndex, protect: readonly string[]) {
    this.invocation = observed.invocation;
    this.effects = observed.effects;
    this.#observed = observed;
    this.#index = index;
    this.#protect = protect;
  }

  signs(effect?: Effect): readonly Sign[] {
    return this.#observed.signs(effect);
  }

  environmentOf(effect?: Effect): string {
    let name = this.#known.get(effect);
    if (name === undefined) {
      name = this.#index.environmentOf(this.signs(effect));
      // What is protected is no playground, wherever it stands.
      if (name === DEVELOPMENT && this.#protect.some(id => namesProtected(id, this, effect))) name = '';
      this.#known.set(effect, name);
    }
    return name;
  }
}
