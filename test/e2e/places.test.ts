/** Homes that cannot be read, written or found, and rules that stand with a project: what is in force there. */

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { erase } from '../support/erase.js';
import { dist, type Installed, install } from '../support/installed.js';
import { git } from '../support/repository.js';

const PUSH = 'git push --force origin main';
/** Judged, for it names a path from the root, and allowed. */
const HARMLESS = 'rm -f /tmp/guard-nothing-here && echo ok';
const isRoot = process.getuid?.() === 0;
let guard: Installed;

beforeAll(() => {
  guard = install();
});

afterAll(() => erase(dirname(guard.home)));

describe("a project's rule on a command that changes nothing", () => {
  const rules = `pack: project
about: This project's own rules.
rules:
  - id: project.no-log
    decision: confirm
    when: { command: git log }
    reason: Its history is not for agents.
    examples: { match: [git log], not_match: [git status] }
`;

  test('holds in its directory and below, and nowhere else', async () => {
    const project = join(guard.work, 'project');
    const deep = join(project, 'a/b');
    mkdirSync(deep, { recursive: true });
    git(project, 'init', '-q', '-b', 'main');
    git(project, 'commit', '-q', '--allow-empty', '-m', 'one');
    expect((await guard.sh('git log', { cwd: deep })).status).toBe(0);
    writeFileSync(join(project, '.guard.yaml'), rules);
    for (const cwd of [project, deep]) {
      const ended = await guard.sh('git log', { cwd });
      expect(ended.stderr).toContain('project.no-log');
      expect(ended.status).toBe(126);
    }
    expect((await guard.sh('git status', { cwd: deep })).status).toBe(0);
    expect((await guard.sh('git -C project log', { cwd: guard.work })).status).toBe(0);
  });

  test('another repository inside the project keeps its own', async () => {
    const outer = mkdtempSync(join(guard.work, 'outer-'));
    const inner = join(outer, 'inner');
    mkdirSync(inner);
    git(inner, 'init', '-q', '-b', 'main');
    git(inner, 'commit', '-q', '--allow-empty', '-m', 'one');
    writeFileSync(join(outer, '.guard.yaml'), rules);
    expect((await guard.sh('git log', { cwd: inner })).status).toBe(0);
  });

  test('holds where the directory was reached by a link', async () => {
    const outer = mkdtempSync(join(guard.work, 'outer-'));
    writeFileSync(join(outer, '.guard.yaml'), rules);
    mkdirSync(join(outer, 'sub'));
    const elsewhere = mkdtempSync(join(dirname(guard.home), 'links-'));
    execFileSync('ln', ['-s', join(outer, 'sub'), join(elsewhere, 'link')]);
    const ended = await guard.sh(`cd '${elsewhere}/link' && git log`);
    expect(ended.stderr).toContain('project.no-log');
  });
});

describe('HOME', () => {
  test.each([
    ['unset', 'env -u HOME -u XDG_STATE_HOME'],
    ['empty', 'env HOME='],
    ['relative', 'env HOME=no/such'],
    ['a file', 'env HOME=/etc/passwd'],
    ['missing', 'env HOME="$HOME/no/such"'],
  ])('%s: the rules hold and harmless commands run', async (_how, how) => {
    const script = join(guard.work, 'run.sh');
    writeFileSync(script, HARMLESS);
    expect(await guard.sh(`exec /usr/bin/${how} sh run.sh`)).toMatchObject({ status: 0, stdout: 'ok\n' });
    writeFileSync(script, PUSH);
    const refused = await guard.sh(`exec /usr/bin/${how} sh run.sh`);
    expect([125, 126]).toContain(refused.status);
    expect(refused.stderr).toContain('guard: ');
  });

  test.each([
    ['a relative XDG_STATE_HOME is ignored', { XDG_STATE_HOME: 'state' }, 126],
    ['XDG directories elsewhere', { XDG_STATE_HOME: '/tmp', XDG_CONFIG_HOME: '/nonexistent' }, 126],
    ['a state directory that is a device', { XDG_STATE_HOME: '/dev/null' }, 125],
  ])('%s', async (_title, places, status) => {
    const env =
      places.XDG_STATE_HOME === '/tmp' ? { ...places, XDG_STATE_HOME: join(guard.home, 'new') } : places;
    expect(await guard.sh(HARMLESS, { env })).toMatchObject({ status: 0, stdout: 'ok\n' });
    const refused = await guard.sh(PUSH, { env });
    expect(refused.status).toBe(status);
  });
});

describe.runIf(isRoot)('as a user who may not', () => {
  /** Runs a script as `nobody`, in a directory of theirs. */
  const asNobody = (script: string, env: Readonly<Record<string, string>> = {}) => {
    const place = mkdtempSync(join(dirname(guard.home), 'nobody-'));
    chmodSync(place, 0o777);
    return guard.run(
      '/usr/bin/setpriv',
      ['--reuid=65534', '--regid=65534', '--clear-groups', '/bin/sh', '-c', script],
      {
        cwd: place,
        env,
      },
    );
  };

  beforeEach(() => {
    chmodSync(dirname(guard.home), 0o755);
    execFileSync('chmod', ['-R', 'a+rX', guard.home]);
  });

  test('the bundles can be read by anyone', async () => {
    expect((await asNobody(`cat '${dist}/judge.cjs' >/dev/null && echo yes`)).stdout).toBe('yes\n');
  });

  test('write to HOME: flagged is refused, harmless runs with one warning', async () => {
    const harmless = await asNobody(HARMLESS);
    expect(harmless).toMatchObject({ status: 0, stdout: 'ok\n' });
    expect(harmless.stderr.trim().split('\n')).toHaveLength(1);
    expect(harmless.stderr).toContain('audit log');
    const refused = await asNobody(PUSH);
    expect([125, 126]).toContain(refused.status);
    expect(refused.stderr).toMatch(/cannot write .*EACCES|belongs to another user/);
  });

  test('read a directory above: the judge is asked, and its answer holds', async () => {
    const ended = await asNobody(
      'mkdir -p a/b && cd a/b && chmod 0 .. && git status; git push --force origin main',
    );
    expect([125, 126]).toContain(ended.status);
  });

  test('read HOME: the built-in rules hold, and what could not be read is said', async () => {
    const config = join(guard.home, '.config');
    const state = join(guard.home, '.local/state');
    for (const path of [config, state]) {
      mkdirSync(path, { recursive: true });
      chmodSync(path, 0o700);
    }
    const harmless = await asNobody(HARMLESS);
    expect(harmless).toMatchObject({ status: 0, stdout: 'ok\n' });
    const refused = await asNobody(PUSH);
    expect([125, 126]).toContain(refused.status);
    expect(refused.stderr).toContain(config);
  });
});
