/** Understood commands × policy → verdict: the strictest match wins, and order never matters. Parses nothing. */

import type { Policy, Understood, Verdict } from './rule.js';

export function evaluate(_policy: Policy, _understood: readonly Understood[]): Verdict {
  throw new Error('pending');
}
