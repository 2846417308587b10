/** Programs that put unstaged work away while they check what is staged: what they take is saved, and nobody is asked. */

import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Installed, install } from '../support/installed.js';
import { git } from '../support/repository.js';

let guard: Installed;
beforeAll(() => {
  guard = install();
});

/** A repository with unstaged work, and in it a program of that path, which runs the git commands as children. */
function repository(
  path: string,
  commands: readonly string[],
): { readonly app: string; readonly program: string } {
  const app = mkdtempSync(join(guard.work, 'app-'));
  git(app, 'init', '-q', '-b', 'main');
  writeFileSync(join(app, 'a.txt'), 'one\n');
  git(app, 'add', '-A');
  git(app, 'commit', '-q', '-m', 'one');
  writeFileSync(join(app, 'a.txt'), 'work\n');
  const program = join(app, path);
  mkdirSync(dirname(program), { recursive: true });
  const runs = commands.map(command => `spawnSync('git', ${JSON.stringify(command.split(' '))}, how).status`);
  writeFileSync(
    program,
    `const { spawnSync } = require('node:child_process');
const how = { stdio: 'inherit' };
process.exitCode = Math.max(${runs.join(', ')});
`,
  );
  return { app, program };
}

const LINT_STAGED = [
  'stash create',
  'stash push --quiet',
  'stash apply --quiet',
  '-c submodule.recurse=false checkout --force -- a.txt',
  'stash drop --quiet stash@{0}',
];

test.each([
  ['node_modules/lint-staged/bin/lint-staged.js', LINT_STAGED],
  ['bin/pre-commit', ['-c submodule.recurse=0 checkout -- .']],
])('%s is not stopped, and what it took can be had back', async (path, commands) => {
  const { app, program } = repository(path, commands);
  const ended = await guard.run(process.execPath, [program], { cwd: app });
  expect(ended).toMatchObject({ status: 0, stderr: '' });
  expect(readFileSync(join(app, 'a.txt'), 'utf8')).toBe('one\n');
  const saved: { id: string; command: string; cwd: string }[] = JSON.parse(
    (await guard.guard('undo', '--json')).stdout,
  );
  const discarded = saved.find(one => one.cwd === app && one.command.includes('checkout'));
  expect((await guard.guard('undo', discarded?.id ?? '')).stdout).toContain('Given back.');
  expect(readFileSync(join(app, 'a.txt'), 'utf8')).toBe('work\n');
});

test('what leaves this machine is asked about there too, and so is the same by another program', async () => {
  const discard = ['checkout -- .'];
  const other = repository('tidy.js', discard);
  expect(await guard.run(process.execPath, [other.program], { cwd: other.app })).toMatchObject({
    status: 126,
    stderr: expect.stringContaining('git.discard'),
  });
  const pushing = repository('lint-staged.js', ['push --force origin main']);
  expect(await guard.run(process.execPath, [pushing.program], { cwd: pushing.app })).toMatchObject({
    status: 126,
    stderr: expect.stringContaining('git.push-force'),
  });
});
