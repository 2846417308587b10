/** Many requests under one policy: the same answers as `decide()`, and nothing remembered that may be another next time. */

import { expect, test } from 'vitest';
import { decide } from '../src/decide.js';
import type { World } from '../src/port.js';
import { Series } from '../src/series.js';
import { certain } from '../src/shell/command.js';
import { corpus } from './support/plain-cases.js';
import { builtinPolicy } from './support/policy.js';
import { fakeWorld } from './support/world.js';

const policy = builtinPolicy();

/** How often each answer asked for a world: what is plain or remembered asks for none. */
function series(world: World, environment = world.env) {
  let worlds = 0;
  const made = new Series(policy, environment);
  return {
    worlds: () => worlds,
    script: async (script: string, place = '') =>
      (
        await made.answer({ script }, place, () => {
          worlds += 1;
          return world;
        })
      ).decision,
    argv: async (line: string) => {
      const argv = line.split(' ').map(certain);
      return (
        await made.answer({ argv }, '', () => {
          worlds += 1;
          return world;
        })
      ).decision;
    },
  };
}

test.each(['everyday.txt', 'indirection-stop.txt'])(
  'the answers on %s are those of decide(), the first time and later',
  async file => {
    const world = fakeWorld({ git: () => ({ status: -1, stdout: '' }) });
    const { script } = series(world);
    const scripts = corpus(file);
    const expected = [];
    for (const one of scripts) expected.push((await decide({ script: one }, policy, world)).decision);
    for (let round = 0; round < 2; round += 1) {
      const found = [];
      for (const one of scripts) found.push(await script(one));
      expect(found).toEqual(expected);
    }
  },
  60_000,
);

test('a program that comes often is no longer judged where it is plain', async () => {
  const { argv, worlds } = series(fakeWorld());
  for (let i = 0; i < 20; i += 1) expect(await argv(`git log -${i}`)).toBe('allow');
  expect(worlds()).toBeLessThan(10);
  const judged = worlds();
  expect(await argv('git push --force origin main')).toBe('confirm');
  expect(await argv('/usr/bin/git log')).toBe('allow');
  expect(worlds()).toBe(judged + 2);
});

test('a variable that changes what a program does keeps it from being plain', async () => {
  const { argv, worlds } = series(fakeWorld({ env: { GIT_EXTERNAL_DIFF: 'rm -rf /' } }));
  for (let i = 0; i < 20; i += 1) await argv('git status');
  expect(worlds()).toBe(20);
});

test('what depended on the text alone is remembered, by the place', async () => {
  const { script, worlds } = series(fakeWorld());
  expect(await script('gh repo delete me/app --yes')).toBe('confirm');
  expect(await script('gh repo delete me/app --yes')).toBe('confirm');
  expect(worlds()).toBe(1);
  expect(await script('gh repo delete me/app --yes', '/elsewhere')).toBe('confirm');
  expect(worlds()).toBe(2);
});

test('what looked at the disk is judged again when the disk shows something else', async () => {
  const files: Record<string, string> = { '/work/app/a.sh': 'ls' };
  let changed = ' M a.ts\0';
  const git = (args: readonly string[]) => ({ status: 0, stdout: args.includes('status') ? changed : '' });
  const { script, argv } = series(fakeWorld({ files, git }));
  expect(await script('sh a.sh')).toBe('allow');
  expect(await argv('sh a.sh')).toBe('allow');
  files['/work/app/a.sh'] = 'git push --force';
  expect(await script('sh a.sh')).toBe('confirm');
  expect(await argv('sh a.sh')).toBe('confirm');
  files['/work/app/a.sh'] = 'ls';
  expect(await script('sh a.sh')).toBe('allow');
  files['/work/app/a.sql'] = 'select 1;';
  expect(await script('psql -f a.sql')).toBe('allow');
  files['/work/app/a.sql'] = 'drop table t;';
  expect(await script('psql -f a.sql')).toBe('confirm');
  expect(await script('git reset --hard')).toBe('confirm');
  changed = '';
  expect(await script('git reset --hard')).toBe('allow');
});

/** The world as it is asked, with how often. */
function counted(world: World): { readonly world: World; readonly asked: () => number } {
  let asked = 0;
  const stat: World['stat'] = path => {
    asked += 1;
    return world.stat(path);
  };
  return { world: { ...world, stat }, asked: () => asked };
}

test('what looked at the disk is not understood again while the disk shows the same', async () => {
  const { world, asked } = counted(fakeWorld({ files: { '/work/app/a.txt': 'x' } }));
  const { script } = series(world);
  const first = await script('for f in a.txt; do rm "$f"; rm "$f"; done');
  const once = asked();
  expect(await script('for f in a.txt; do rm "$f"; rm "$f"; done')).toBe(first);
  expect(asked() - once).toBe(once);
});
