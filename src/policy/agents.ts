/**
 * What a policy says of the agent behind a command: whatever would be put to a person may be forbidden to it instead.
 * Adds to a verdict and never takes away; finds out about no agent.
 */

import type { Match, Policy, Rule } from './rule.js';

/** The policy as it is for one agent, or for a person where none is known. */
export function policyFor(policy: Policy, agent: string | undefined): Policy {
  return agent === undefined ? policy : { ...policy, agent };
}

/** The match that forbids, where the policy forbids this agent whatever needs a person's answer. */
export function agentMatch({ agent, agents }: Policy, matches: readonly Match[]): Match | undefined {
  const [match] = matches;
  if (agent === undefined || agents?.[agent]?.default !== 'deny' || match === undefined) return undefined;
  return { ...match, rule: ruleFor(agent) };
}

function ruleFor(agent: string): Rule {
  return {
    id: 'agents.default',
    pack: 'agents',
    decision: 'deny',
    when: [],
    unless: [],
    reason: `The user's policy forbids ${agent} whatever would need a person's answer.`,
    instead: 'Ask the user to run it.',
    examples: { match: [], not_match: [] },
  };
}
