/** One listing of git's configuration answers every query by pattern as git itself does. */

import { execFileSync } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';
import { GitAnswers } from '../src/git-answers.js';
import { QuietGit } from '../src/quiet-git.js';
import { loadSubprocess } from '../src/subprocess.js';
import { scratchDirectory } from './support/scratch.js';

const home = scratchDirectory();
const env = { HOME: home, PATH: '/usr/bin:/bin', GIT_CONFIG_NOSYSTEM: '1' };
const git = (...args: string[]) => execFileSync('/usr/bin/git', args, { cwd: home, env });

beforeAll(async () => {
  await loadSubprocess();
  git('init', '-q');
  git('config', 'alias.two', 'line one\nline two');
  git('config', '--global', 'Clean.requireForce', 'false');
  git('config', 'remote.Some.Name.url', 'https://example.com/a=b');
  git('config', '--add', 'remote.Some.Name.url', 'second');
});

test.each([
  '^(alias\\..*|help\\.autocorrect)$',
  '^(remote|branch|push|url)\\.',
  '^clean\\.requireforce$',
  '^core\\.',
  '^nothing\\.',
])('%s', pattern => {
  const args = ['config', '-z', '--get-regexp', pattern];
  const { status, stdout } = new QuietGit(env).run(args, home);
  expect(new GitAnswers(env).answer(args, home)).toEqual({ status, stdout: stdout.toString() });
});
