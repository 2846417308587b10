/** The evidence of a human that a verdict's rules demand. Proves nothing itself. */

import { type PresenceLevel, presenceLevels, strictestOf, type Verdict } from '../policy/rule.js';

/** The strongest level among the rules that stop the command and the policy's own; H0 where none says more. */
export function demandedPresence(verdict: Verdict, least: PresenceLevel = 'H0'): PresenceLevel {
  const demanded = strictestOf(verdict).map(({ rule }) => presenceLevels.indexOf(rule.presence ?? 'H0'));
  return presenceLevels[Math.max(presenceLevels.indexOf(least), ...demanded)] ?? 'H0';
}

/** Why nobody here or elsewhere can prove a level, as a clause. */
export function beyond(level: PresenceLevel): string {
  return level === 'H1'
    ? 'its rule demands presence H1, which is not set up here; a person sets it up with `sudo guard init --system`'
    : `its rule demands presence ${level}, and this guard can prove no more than H1, sudo's password`;
}
