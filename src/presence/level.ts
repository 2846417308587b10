/** The evidence of a human that a verdict's rules demand. Proves nothing itself. */

import { type PresenceLevel, presenceLevels, type Verdict } from '../policy/rule.js';

/** The strongest level among the rules that stop the command and the policy's own; H0 where none says more. */
export function demandedPresence(verdict: Verdict, least: PresenceLevel = 'H0'): PresenceLevel {
  const demanded = verdict.matches
    .filter(({ rule }) => rule.decision === verdict.decision)
    .map(({ rule }) => presenceLevels.indexOf(rule.presence ?? 'H0'));
  return presenceLevels[Math.max(presenceLevels.indexOf(least), ...demanded)] ?? 'H0';
}
