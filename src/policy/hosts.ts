/** Entries by the end of the host that they speak of: of the hundred for requests, a request's own host leaves a few. Matches nothing. */

import { expandBraces, isWild, listOf } from './glob.js';
import type { Condition, Globs } from './rule.js';

/** Entries in the policy's order, found by an effect's host. */
export class EntriesByHost<E extends { readonly condition: Condition }> {
  readonly #entries: readonly E[];
  /** By entry, the ends of its hosts; nothing where it speaks of no host, or where the end of one is open. */
  readonly #ends: readonly (readonly string[] | undefined)[];
  readonly #known: ReadonlySet<string>;
  /** By the end, for those that an entry has; the rest have no name. */
  readonly #found = new Map<string | undefined, readonly E[]>();

  constructor(entries: readonly E[]) {
    this.#entries = entries;
    this.#ends = entries.map(({ condition: { host } }) => (host === undefined ? undefined : endsOf(host)));
    this.#known = new Set(this.#ends.flatMap(ends => ends ?? []));
  }

  /** Those that may hold for an effect there. */
  of(host: string): readonly E[] {
    if (this.#known.size === 0) return this.#entries;
    const last = endOf(host);
    const end = this.#known.has(last) ? last : undefined;
    let found = this.#found.get(end);
    if (found === undefined) {
      found = this.#entries.filter((_, i) => {
        const ends = this.#ends[i];
        return ends === undefined || (end !== undefined && ends.includes(end));
      });
      this.#found.set(end, found);
    }
    return found;
  }
}

/** The ends of the hosts that the globs match, where each shows its own: `stripe.com` of `*.stripe.com`. */
function endsOf(globs: Globs): readonly string[] | undefined {
  const ends: string[] = [];
  for (const glob of listOf(globs)) {
    for (const one of expandBraces(glob)) {
      const end = endOf(one.toLowerCase());
      if (isWild(end)) return undefined;
      ends.push(end);
    }
  }
  return ends;
}

/** A host's last two names. */
function endOf(host: string): string {
  return host.slice(host.lastIndexOf('.', host.lastIndexOf('.') - 1) + 1);
}
