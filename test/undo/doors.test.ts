/** Undo through the doors: shims, the question, the log, `local: snapshot`. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { erase } from '../support/erase.js';
import { type Installed, install } from '../support/installed.js';
import { divergedClones, git } from '../support/repository.js';
import { NODE_IS_A_TERMINAL, terminal } from '../support/terminal.js';

let guard: Installed;
beforeAll(() => {
  guard = install({ policy: `${NODE_IS_A_TERMINAL}local: snapshot\n` });
});

function repository(): string {
  const app = mkdtempSync(join(guard.work, 'app-'));
  git(app, 'init', '-q', '-b', 'main');
  writeFileSync(join(app, 'a.txt'), 'one\n');
  git(app, 'add', '-A');
  git(app, 'commit', '-q', '-m', 'one');
  writeFileSync(join(app, 'a.txt'), 'work\n');
  return app;
}

test('local work runs without a question once it is saved, and comes back', async () => {
  const app = repository();
  const ran = await guard.sh('git reset --hard', { cwd: app });
  expect(ran.status).toBe(0);
  expect(ran.stdout).toMatch(/^HEAD is now at /);
  const id = /guard undo ([0-9A-Z]{5})/.exec(ran.stderr)?.[1] ?? '';
  expect(readFileSync(join(app, 'a.txt'), 'utf8')).toBe('one\n');
  const records = (await guard.guard('log', '--json')).stdout;
  expect(records).toContain(`"snapshot":"${id}"`);
  const listed = JSON.parse((await guard.guard('undo', '--json')).stdout);
  expect(listed[0]).toMatchObject({ id, command: 'git reset --hard', cwd: app });
  expect((await guard.guard('undo', id, '--dry-run')).stdout).toContain('a.txt');
  expect(readFileSync(join(app, 'a.txt'), 'utf8')).toBe('one\n');
  expect((await guard.guard('uninstall')).stdout).toContain('1 snapshot will be gone, too.');
  expect((await guard.guard('undo', id)).stdout).toContain('Given back.');
  expect(readFileSync(join(app, 'a.txt'), 'utf8')).toBe('work\n');
});

test.each([
  ['git reset --hard', 1],
  ['echo more >b.txt; git reset --hard', 2],
])(
  'a script, %s, and the command in it are saved once where nothing changed between: %i',
  async (script, times) => {
    const app = repository();
    expect((await guard.sh(`bash -c '${script}'`, { cwd: app })).status).toBe(0);
    const snapshots = JSON.parse((await guard.guard('undo', '--json')).stdout);
    const ids = snapshots.flatMap((one: { cwd: string; id: string }) => (one.cwd === app ? [one.id] : []));
    expect(ids).toHaveLength(times);
    const records = (await guard.guard('log', '--json')).stdout.trim().split('\n');
    const saved = records.map(line => JSON.parse(line)).filter(one => one.cwd === app && one.snapshot);
    expect(saved).toHaveLength(2);
    expect(new Set(saved.map(one => one.snapshot))).toEqual(new Set(ids));
  },
);

test('never for another repository, and never unsaved', async () => {
  const app = repository();
  git(app, 'init', '-q', '--bare', 'remote.git');
  git(app, 'remote', 'add', 'origin', join(app, 'remote.git'));
  expect((await guard.sh('git push --force origin main', { cwd: app })).status).toBe(126);
  expect((await guard.sh('sudo git reset --hard', { cwd: app })).status).not.toBe(0);
  const undo = join(guard.home, '.local/state/guard/undo');
  erase(undo);
  writeFileSync(undo, 'in the way');
  const refused = await guard.sh('git reset --hard', { cwd: app });
  rmSync(undo);
  expect(refused.status).toBe(126);
  expect(refused.stderr).toMatch(/cannot be saved first/);
  expect(readFileSync(join(app, 'a.txt'), 'utf8')).toBe('work\n');
});

test('the refusal and the list of requests say what would be lost, and what can be had back', async () => {
  const { local } = divergedClones(mkdtempSync(join(guard.work, 'pushed-')));
  const refused = await guard.sh('git push --force origin main', { cwd: local });
  expect(refused.status).toBe(126);
  expect(refused.stderr).toContain(
    '\n  would be lost: 1 commit of origin/main, as last fetched, would be gone from it\n',
  );
  const listed = JSON.parse((await guard.guard('pending', '--json')).stdout);
  const request = listed.find((one: { cwd: string }) => one.cwd === local);
  expect(request.loss.join('\n')).toContain('their work');
  expect(request.undo.join('\n')).toMatch(/^guard saves .+ first/);
  const table = (await guard.guard('pending')).stdout.replace(/[\s│]+/g, ' ');
  expect(table).toContain('would be gone from');
  expect(table).toContain('guard saves');
});

test('removing what policy keeps needs a person', async () => {
  const app = repository();
  const id = /guard undo (\w{5})/.exec((await guard.sh('git checkout -- .', { cwd: app })).stderr)?.[1] ?? '';
  expect((await guard.guard('undo', 'prune', id)).status).toBe(126);
  expect((await guard.guard('undo', 'prune', '--json')).stdout.trim()).toBe('[]');
  const shell = terminal(
    guard,
    `guard undo prune ${id}`.replace(
      'guard',
      `'${process.execPath}' '${join(import.meta.dirname, '../../dist/cli.cjs')}'`,
    ),
  );
  await shell.until(/Type yes/);
  shell.type('yes\r');
  expect(await shell.ended).toBe(0);
  expect((await guard.guard('undo', '--json')).stdout).not.toContain(id);
});
