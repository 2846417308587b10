/** Entries by the end of the host that they speak of: of the hundred for requests, a request's own host leaves a few. Matches nothing. */

import { expandBraces, isWild, listOf } from './glob.js';
import type { Condition, Globs } from './rule.js';

/** Entries in the policy's order, found by an effect's host. */
export class EntriesByHost<E extends { readonly condition: Condition }> {
  /** Those that speak of no host, or of one whose end is open. */
  readonly #others: readonly E[];
  /** By the end, the others among them. */
  readonly #byEnd = new Map<string, readonly E[]>();

  constructor(entries: readonly E[]) {
    const ends = entries.map(({ condition: { host } }) => (host === undefined ? undefined : endsOf(host)));
    this.#others = entries.filter((_, i) => ends[i] === undefined);
    for (const end of new Set(ends.flatMap(one => one ?? []))) {
      this.#byEnd.set(
        end,
        entries.filter((_, i) => ends[i]?.includes(end) ?? true),
      );
    }
  }

  /** Those that may hold for an effect there. */
  of(host: string): readonly E[] {
    return this.#byEnd.size === 0 ? this.#others : (this.#byEnd.get(endOf(host)) ?? this.#others);
  }
}

/** The ends of the hosts that the globs match, where each shows its own: `stripe.com` of `*.stripe.com`. */
function endsOf(globs: Globs): readonly string[] | undefined {
  const ends = listOf(globs)
    .flatMap(expandBraces)
    .map(glob => endOf(glob.toLowerCase()));
  return ends.some(isWild) ? undefined : ends;
}

/** A host's last two names. */
function endOf(host: string): string {
  return host.slice(host.lastIndexOf('.', host.lastIndexOf('.') - 1) + 1);
}
