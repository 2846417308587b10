/** Homes that cannot be read, written or found, and rules that stand with a project: what is in force there. */

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
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

describe('what a command has for HOME and XDG directories does not move its guard', () => {
  const shell = (how: string) => guard.sh(`exec /usr/bin/env ${how} /bin/sh run.sh`);
  const written = (script: string) => writeFileSync(join(guard.work, 'run.sh'), script);
  let looser: string;

  beforeAll(() => {
    looser = mkdtempSync(join(dirname(guard.home), 'looser-'));
    const config = join(looser, '.config/guard');
    mkdirSync(config, { recursive: true, mode: 0o700 });
    const text = 'rules:\n  git.push-force: { enabled: false }\n  files.delete-home: { enabled: false }\n';
    writeFileSync(join(config, 'policy.yaml'), text, { mode: 0o600 });
  });

  test.each([
    ['HOME unset', () => '-u HOME'],
    ['HOME empty', () => 'HOME='],
    ['HOME relative', () => 'HOME=no/such'],
    ['HOME a file', () => 'HOME=/etc/passwd'],
    ['HOME missing', () => `HOME='${guard.home}/no/such'`],
    ['HOME with a looser policy', () => `HOME='${looser}'`],
    ['the configuration elsewhere', () => `XDG_CONFIG_HOME='${looser}/.config'`],
    ['the state and the data elsewhere', () => `XDG_STATE_HOME=/dev/null XDG_DATA_HOME='${looser}'`],
    ['relative directories', () => 'XDG_STATE_HOME=state XDG_CONFIG_HOME=config'],
  ])('%s', async (_title, how) => {
    const shim = readFileSync(join(guard.shims, 'git'), 'utf8');
    written(HARMLESS);
    expect(await shell(how())).toMatchObject({ status: 0, stdout: 'ok\n', stderr: '' });
    written(PUSH);
    const refused = await shell(how());
    expect(refused.status).toBe(126);
    expect(refused.stderr).toContain('git.push-force');
    expect(readFileSync(join(guard.shims, 'git'), 'utf8')).toBe(shim);
    expect((await guard.guard('log', '--json')).stdout.trimEnd().split('\n').at(-1)).toContain(PUSH);
  });

  test.each(['junk', '{"a":1}', '[0]', '[]', 'null'])('nor does %s in GUARD_PLACES', async pin => {
    const env = { GUARD_PLACES: pin };
    expect(await guard.run('guard', ['check', '--', 'git', 'status'], { env })).toMatchObject({
      stdout: 'allow\n',
    });
    written(PUSH);
    expect((await shell(`GUARD_PLACES='${pin}'`)).stderr).toContain('git.push-force');
  });

  test("nor that of `guard exec` and of an agent's hook", async () => {
    const elsewhere = { HOME: looser, XDG_CONFIG_HOME: join(looser, '.config') };
    const exec = await guard.run('guard', ['exec', '--', ...PUSH.split(' ')], { env: elsewhere });
    expect(exec).toMatchObject({ status: 126, stderr: expect.stringContaining('git.push-force') });
    await guard.guard('hook', 'install', 'claude', '--yes');
    const event = { tool_name: 'Bash', tool_input: { command: PUSH }, cwd: guard.work, session_id: 's' };
    const hook = join(dirname(guard.shims), 'guard-hook');
    const answer = await guard.run(hook, ['claude'], { env: elsewhere, input: JSON.stringify(event) });
    expect(answer).toMatchObject({ status: 2, stderr: expect.stringContaining('git.push-force') });
  });

  test("guard's own files are its files for them too", async () => {
    written(`rm -rf '${dirname(guard.shims)}'`);
    const refused = await shell(`HOME='${looser}'`);
    expect(refused).toMatchObject({ status: 126, stderr: expect.stringContaining('files.tamper') });
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
