/** Limits of understanding: over each, the answer is a question, never a hang, a crash or an allow by accident. */

import { expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { builtinPolicy } from '../support/policy.js';
import { fakeWorld } from '../support/world.js';

const judge = async (script: string, files: Record<string, string> = {}, computed?: () => number) => {
  const world = { ...fakeWorld({ files }), ...(computed && { computed }) };
  const verdict = await decide({ script }, builtinPolicy(), world);
  return { decision: verdict.decision, rules: verdict.matches.map(match => match.rule.id) };
};

test('a script that runs itself many times over', async () => {
  const files = { '/work/app/a.sh': 'bash a.sh\n'.repeat(60) };
  expect((await judge('bash a.sh', files)).rules).toContain('opaque.limit');
});

test('more than two seconds', async () => {
  // The clock is looked at now and then, not at every command.
  const script = 'git status; git log; '.repeat(20);
  expect((await judge(script, {}, () => 2_001)).rules).toContain('opaque.limit');
  expect((await judge(script, {}, () => 1_999)).decision).toBe('allow');
});

test('a destructive command before the limit is still seen', async () => {
  const files = { '/work/app/a.sh': `rm -rf /\n${'bash a.sh\n'.repeat(60)}` };
  expect(await judge('bash a.sh', files)).toMatchObject({ decision: 'deny' });
});

test('eleven wrappers deep', async () => {
  expect((await judge(`${'nice '.repeat(11)}ls`)).rules).toContain('opaque.limit');
});

test('a megabyte of script', async () => {
  expect((await judge(`echo ${'x'.repeat(1_100_000)}`)).rules).toContain('opaque.limit');
});

test('sixty-five expansions of one word', async () => {
  expect((await judge('rm -rf /work/app/x{1..100}')).decision).not.toBe('allow');
});

test.each(['python3 -', 'node', 'ruby', 'php', 'perl'])('a program too long to read for %s', async tool => {
  const stdin = '# x\n'.repeat(300_000);
  const world = fakeWorld({ stdin, files: { '/work/app/long.py': stdin } });
  const poured = await decide({ script: tool }, builtinPolicy(), world);
  expect(poured.matches.map(match => match.rule.id)).toEqual(['opaque.unseen-code']);
  // A file of that length is somebody's bundle.
  const { decision } = await decide({ script: 'python3 long.py' }, builtinPolicy(), world);
  expect(decision).toBe('allow');
});
