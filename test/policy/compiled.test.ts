/** A compiled policy judges as the rules that it was compiled from, and is refused where it is not whole. */

import { expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { compilePolicy, readCompiled } from '../../src/policy/compiled.js';
import { certain } from '../../src/shell/command.js';
import { builtinPolicy } from '../support/policy.js';
import { fakeWorld } from '../support/world.js';

const policy = builtinPolicy();
const text = compilePolicy(policy);
const read = (whole: string) =>
  readCompiled((offset, length) => whole.slice(offset, offset + length), whole.length);

test('every example of every rule has the same verdict', async () => {
  const compiled = read(text);
  for (const rule of policy.rules) {
    for (const script of [...rule.examples.match, ...rule.examples.not_match]) {
      const [plain, fast] = await Promise.all(
        [policy, compiled].map(one => decide({ script }, one, fakeWorld())),
      );
      const shown = (verdict: typeof plain) =>
        verdict?.matches.map(match => [match.rule.id, match.target, match.environment, match.rule.reason]);
      expect({ script, matches: shown(fast) }).toEqual({ script, matches: shown(plain) });
    }
  }
});

test('exceptions, protected ids and what else a policy says are compiled with it', async () => {
  const own = {
    ...policy,
    exceptions: [{ rule: 'git.push-force', when: { target: 'mine' } }],
    protect: ['db-7'],
    terminals: ['kitty'],
  };
  const compiled = read(compilePolicy(own));
  expect(compiled).toMatchObject({ protect: ['db-7'], terminals: ['kitty'], hash: own.hash });
  const decisionOf = async (...words: string[]) =>
    (await decide({ argv: words.map(certain) }, compiled, fakeWorld())).decision;
  expect(await decisionOf('git', 'push', '--force', 'origin', 'mine')).toBe('allow');
  expect(await decisionOf('git', 'push', '--force', 'origin', 'main')).toBe('confirm');
});

test.each([
  ['cut', text.slice(0, -1)],
  ['longer', `${text} `],
  ['empty', ''],
  ['something else', 'rules: []'],
  ['of another version', text.replace('"version":5', '"version":4')],
])('a text that is %s is refused', (_, broken) => {
  expect(() => read(broken)).toThrow('damaged');
});

test('a part that is damaged is refused when it is needed', async () => {
  const compiled = read(text.replace('{"id":"git.push-force"', '["id":"git.push-force"'));
  await expect(decide({ script: 'git push -f' }, compiled, fakeWorld())).rejects.toThrow('damaged');
});
