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
    for (let round = 0; round < 3; round += 1) {
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

test('what comes again is remembered by the place, where it depended on the text alone', async () => {
  const { script, worlds } = series(fakeWorld());
  for (let i = 0; i < 5; i += 1) expect(await script('gh repo delete me/app --yes')).toBe('confirm');
  expect(worlds()).toBe(2);
  expect(await script('gh repo delete me/app --yes', '/elsewhere')).toBe('confirm');
  expect(worlds()).toBe(3);
});

test('what looked at the disk is judged again when the disk shows something else', async () => {
  const files: Record<string, string> = {};
  let changed = '';
  const git = (args: readonly string[]) => ({ status: 0, stdout: args.includes('status') ? changed : '' });
  const { script, argv } = series(fakeWorld({ files, git }));
  const often = async (ask: typeof script, line: string) => {
    const found = [await ask(line), await ask(line), await ask(line)];
    return [...new Set(found)].join();
  };
  for (const [text, expected] of [
    ['ls', 'allow'],
    ['git push --force', 'confirm'],
    ['ls', 'allow'],
  ] as const) {
    files['/work/app/a.sh'] = text;
    expect(await often(script, 'sh a.sh')).toBe(expected);
    expect(await often(argv, 'sh a.sh')).toBe(expected);
  }
  files['/work/app/a.sql'] = 'select 1;';
  expect(await often(script, 'psql -f a.sql')).toBe('allow');
  files['/work/app/a.sql'] = 'drop table t;';
  expect(await often(script, 'psql -f a.sql')).toBe('confirm');
  changed = ' M a.ts\0';
  expect(await often(script, 'git reset --hard')).toBe('confirm');
  changed = '';
  expect(await often(script, 'git reset --hard')).toBe('allow');
});

test('what looked at the disk is not understood again while the disk shows the same', async () => {
  const files: Record<string, string> = { '/work/app/a.sh': 'rm -rf src' };
  const world = fakeWorld({ files });
  let understood = 0;
  // Understanding a command asks for the environment; looking at the disk again does not.
  const watched = Object.defineProperty({ ...world }, 'env', {
    enumerable: true,
    get: () => {
      understood += 1;
      return world.env;
    },
  });
  const { script } = series(watched, world.env);
  for (let i = 0; i < 2; i += 1) expect(await script('sh a.sh')).toBe('confirm');
  understood = 0;
  for (let i = 0; i < 5; i += 1) expect(await script('sh a.sh')).toBe('confirm');
  expect(understood).toBe(0);
  files['/work/app/a.sh'] = 'ls src';
  expect(await script('sh a.sh')).toBe('allow');
  expect(understood).toBeGreaterThan(0);
});

test.each([
  'touch ~/.config/guard/policy.yaml',
  'mkfifo ~/.local/state/guard/x',
  'patch ~/.config/guard/policy.yaml x',
  'mount --bind x ~/.config',
  'gcc -o ~/.config/guard/x a.c',
  'go build -o ~/.config/guard/x',
  'openssl enc -out ~/.config/guard/x',
  'bsdtar -xf a -C ~/.config/guard',
  'guard approve X',
  'guard uninstall',
  'guard-shell unlock',
])('%s is not plain, however often its program was met', async line => {
  const many = series(fakeWorld());
  const [program] = line.split(' ');
  for (let i = 0; i < 20; i += 1) await many.script(`${program} --x`);
  expect(await many.script(line)).toBe('deny');
});

test('what such programs write elsewhere is plain all the same', async () => {
  const many = series(fakeWorld());
  for (let i = 0; i < 20; i += 1) await many.script(`gcc -c a${i}.c`);
  const before = many.worlds();
  expect(await many.script('gcc -c b.c')).toBe('allow');
  expect(many.worlds()).toBe(before);
});
