/** What git has of a path is told from its index where that shows it, and asked of git where it does not. */

import { mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { gitStates } from '../../src/effects/files/git.js';
import { loadSubprocess } from '../../src/subprocess.js';
import { realWorld } from '../../src/world.js';
import { erase } from '../support/erase.js';
import { git } from '../support/repository.js';

const home = realpathSync(mkdtempSync(join(tmpdir(), 'guard-index-')));
const app = join(home, 'app');
git(home, 'init', '-q', 'app');
for (const name of ['kept.txt', 'changed.txt']) writeFileSync(join(app, name), 'a\n');
git(app, 'add', '-A');
git(app, 'commit', '-q', '-m', 'all');
writeFileSync(join(app, 'changed.txt'), 'b\n');
writeFileSync(join(app, 'kept'), 'git names only what begins so\n');
writeFileSync(join(app, 'new.txt'), 'not in git\n');
afterAll(() => erase(home));

async function statesOf(names: readonly string[], env: Record<string, string> = {}) {
  await loadSubprocess();
  const world = realWorld({ cwd: app, env: { HOME: home, PATH: process.env['PATH'], ...env } });
  let asked = 0;
  const counting = {
    ...world,
    git: (...how: Parameters<typeof world.git>) => {
      asked += 1;
      return world.git(...how);
    },
  };
  const states = gitStates(
    names.map(name => join(app, name)),
    counting,
  );
  return { states, asked: asked > 0 };
}

test('a name that is not in the index is not asked about', async () => {
  expect(await statesOf(['new.txt', 'gone.txt'])).toEqual({
    states: ['untracked', 'untracked'],
    asked: false,
  });
});

test('a name that is in it, or could be, is', async () => {
  expect(await statesOf(['kept.txt', 'new.txt', 'changed.txt', 'kept'])).toEqual({
    states: ['kept', 'untracked', 'changed', 'untracked'],
    asked: true,
  });
  expect((await statesOf(['n\u00e9w.txt'])).asked).toBe(true);
  expect((await statesOf(Array.from({ length: 30 }, (_, i) => `new-${i}`))).asked).toBe(true);
});

test("another index than the repository's own is left to git", async () => {
  expect((await statesOf(['new.txt'], { GIT_INDEX_FILE: join(home, 'other') })).asked).toBe(true);
});

test.each([
  ['names are cut in it', ['update-index', '--index-version', '4']],
  ['a part of it lies elsewhere', ['update-index', '--split-index']],
])('where %s, git is asked', async (_, words) => {
  git(app, ...words);
  expect(await statesOf(['new.txt', 'kept.txt'])).toEqual({ states: ['untracked', 'kept'], asked: true });
  git(app, 'update-index', '--no-split-index', '--index-version', '2');
});
