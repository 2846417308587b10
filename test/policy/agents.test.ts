import { expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { policyFor } from '../../src/policy/agents.js';
import type { Policy } from '../../src/policy/rule.js';
import { builtinPolicy } from '../support/policy.js';
import { fakeWorld } from '../support/world.js';

const policy: Policy = {
  ...builtinPolicy(),
  agents: { codex: { default: 'deny' }, claude: { confirm: 'ask' } },
};

test.each([
  ['codex', 'git push --force', 'deny'],
  ['codex', 'git push', 'allow'],
  ['claude', 'git push --force', 'confirm'],
  [undefined, 'git push --force', 'confirm'],
])('%s: %s → %s', async (agent, script, decision) => {
  const verdict = await decide({ script }, policyFor(policy, agent), fakeWorld());
  expect(verdict.decision).toBe(decision);
  expect(verdict.matches.some(({ rule }) => rule.id === 'agents.default')).toBe(decision === 'deny');
});
