/** The public surface: judging commands from other programs. Everything else is guard's own. */

export { decide, type Request } from './decide.js';
export type { Effect } from './effects/effect.js';
export { GuardError } from './errors.js';
export type { Invocation } from './invocation/invocation.js';
export type { Decision, Match, Policy, Rule, Verdict } from './policy/rule.js';
export type { World } from './port.js';
export { certain, type Word } from './shell/command.js';
