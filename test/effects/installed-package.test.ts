/** Install scripts run in the package that npm puts in place: what they remove there is npm's. */

import { expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { builtinPolicy } from '../support/policy.js';
import { fakeWorld } from '../support/world.js';

const policy = builtinPolicy();

async function decisionOn(script: string, cwd: string, files: Readonly<Record<string, string>> = {}) {
  const world = fakeWorld({
    cwd,
    files: { [`${cwd}/package.json`]: '{}', [`${cwd}/src/a.ts`]: 'a\n', ...files },
  });
  return (await decide({ script }, await policy, world)).decision;
}

const places = ['/work/app/node_modules/x', '/work/app/node_modules/@s/x', '/usr/lib/node_modules/x'];

test.each(places)('in %s', async cwd => {
  for (const script of ['rm -rf prebuilds', 'rm -rf src/lib', `rm -rf ${cwd}/build/Release`, 'rm -rf ./*'])
    expect([script, await decisionOn(script, cwd)]).toEqual([script, 'allow']);
  const code = `require('fs').rmSync('prebuilds', { recursive: true })`;
  expect(await decisionOn('node scripts/install.js', cwd, { [`${cwd}/scripts/install.js`]: code })).toBe(
    'allow',
  );
  for (const script of ['rm -rf ../../../data', 'rm -rf /etc', 'rm -rf ~'])
    expect([script, await decisionOn(script, cwd)]).not.toEqual([script, 'allow']);
});

test('one that is a repository of its own is work', async () => {
  const cwd = '/work/app/node_modules/x';
  expect(await decisionOn('rm -rf src', cwd, { [`${cwd}/.git/HEAD`]: 'x' })).toBe('confirm');
  expect(await decisionOn('rm -rf src', '/work/app')).toBe('confirm');
});
