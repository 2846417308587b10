/** The rules in force as packs again, as the proofs want them. */

import type { Pack, Policy, Rule } from '../../policy/rule.js';

/** The packs of a policy's rules, in the order of their first rule. */
export function packsOf(policy: Policy): readonly Pack[] {
  const byName = new Map<string, Rule[]>();
  for (const rule of policy.rules) byName.set(rule.pack, [...(byName.get(rule.pack) ?? []), rule]);
  return [...byName].map(([pack, rules]) => ({ pack, about: '', rules }));
}
