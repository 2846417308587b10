/** Commands that wait for a person elsewhere, people who wait for commands, and an agent that tries too many forms. */

import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { erase } from '../support/erase.js';
import { type Installed, install } from '../support/installed.js';
import { type Clones, divergedClones, git } from '../support/repository.js';
import { NODE_IS_A_TERMINAL, terminal } from '../support/terminal.js';

let guard: Installed;
let clones: Clones;
const push = 'git push --force origin main';
const onRemote = () => git(clones.remote, 'rev-parse', 'main');
const state = () => join(guard.home, '.local/state/guard');
const policy = (more: string) =>
  writeFileSync(join(guard.home, '.config/guard/policy.yaml'), `${NODE_IS_A_TERMINAL}${more}`, {
    mode: 0o600,
  });
const pending = async () => JSON.parse((await guard.guard('pending', '--json')).stdout);

beforeAll(() => {
  guard = install({ policy: NODE_IS_A_TERMINAL });
});

beforeEach(() => {
  erase(state());
  clones = divergedClones(mkdtempSync(join(guard.work, 'git-')));
  policy('');
});

describe('wait', () => {
  test('the shim is held until a person has approved elsewhere, and runs in the same call', async () => {
    policy('wait: 20s\n');
    const run = guard.sh(push, { cwd: clones.local });
    await expect.poll(async () => (await pending())[0]?.waiting, { timeout: 10_000 }).toBe(true);
    const [{ id }] = await pending();
    const person = terminal(guard, `guard approve ${id}`);
    await person.until(/Type main/);
    person.type('main\r');
    const { status, stderr, stdout } = await run;
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toContain(`guard: waiting up to 20 s for a person to answer request ${id}`);
    expect(onRemote()).toBe(clones.ours);
  });

  test('a rejection elsewhere refuses at once', async () => {
    policy('wait: 20s\n');
    const run = guard.sh(push, { cwd: clones.local });
    await expect.poll(async () => (await pending()).length, { timeout: 10_000 }).toBe(1);
    await guard.guard('reject', (await pending())[0].id);
    const { status, stderr } = await run;
    expect(status).toBe(126);
    expect(stderr).toContain('the user rejected it');
    expect(stderr).not.toContain('guard approve');
    expect(onRemote()).toBe(clones.theirs);
  });

  test('after the time it is refused, and the request stays', async () => {
    policy('wait: 1s\n');
    const { status, stderr } = await guard.sh(push, { cwd: clones.local });
    expect(status).toBe(126);
    expect(stderr).toMatch(/guard approve \w{4}/);
    expect(await pending()).toMatchObject([{ waiting: false }]);
  });

  test('Ctrl-C cancels the request', async () => {
    policy('wait: 60s\n');
    const agent = terminal(guard, `cd '${clones.local}'; CLAUDECODE=1 ${push}`);
    await agent.until(/waiting up to 60 s/);
    agent.type('\x03');
    await agent.until(/interrupted/);
    expect(agent.screen()).not.toContain('guard approve');
    await agent.ended;
    expect(await pending()).toEqual([]);
    expect(onRemote()).toBe(clones.theirs);
  });

  test('a killed shim cancels it', async () => {
    policy('wait: 60s\n');
    const agent = terminal(guard, `cd '${clones.local}'; CLAUDECODE=1 exec ${push}`);
    await agent.until(/waiting up to 60 s/);
    agent.kill('SIGKILL');
    await expect.poll(pending, { timeout: 5000 }).toEqual([]);
  });
});

describe('guard approve --watch', () => {
  test('asks about each request as it comes, with a bell and a notification', async () => {
    const bin = join(guard.home, 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'notify-send'), `#!/bin/sh\nprintf '%s\\n' "$*" >> '${bin}/notified'\n`);
    chmodSync(join(bin, 'notify-send'), 0o755);
    const person = terminal(guard, `guard approve --watch`, { PATH: `${guard.shims}:${bin}:/usr/bin:/bin` });
    await person.until(/Waiting for refused commands/);
    await guard.sh(push, { cwd: clones.local, env: { CLAUDECODE: '1' } });
    await person.until(/asked for by claude[\s\S]*Type main to go on/);
    person.type('main\r');
    await person.until(/Approved\./);
    expect((await guard.sh(push, { cwd: clones.local, env: { CLAUDECODE: '1' } })).status).toBe(0);
    expect(onRemote()).toBe(clones.ours);

    await guard.sh('git push -f origin main:x', { cwd: clones.local });
    await person.until(/Type x to go on/);
    person.type('no\r');
    await person.until(/Rejected \w{4}/);

    await guard.sh('git push -f origin main:y', { cwd: clones.local });
    await person.until(/Type y to go on/);
    await guard.guard('reject', (await pending())[0].id);
    await person.until(/is denied/);
    person.type('\x03');
    expect(await person.ended).not.toBe(0);
    expect(person.screen()).toContain('\x07');
    expect(readFileSync(join(bin, 'notified'), 'utf8')).toContain(push);
  });
});

describe('an agent that tries one deed in three forms', () => {
  const asClaude = (script: string) => guard.sh(script, { cwd: clones.local, env: { CLAUDECODE: '1' } });

  test('is refused every form until a person has looked; the log says so', async () => {
    for (const form of [push, 'git push -f origin main', 'git push origin +main']) {
      expect((await asClaude(form)).stderr).toContain('guard approve');
    }
    const fourth = await asClaude('git push origin +HEAD:main');
    expect(fourth.status).toBe(126);
    expect(fourth.stderr).toContain('it was tried in 3 forms');
    expect(fourth.stderr).not.toContain('guard approve');
    expect((await guard.guard('log')).stdout).toMatch(/locked\s+claude/);
    const shown = (await guard.guard('pending')).stdout;
    const id = /guard unlock (\w{8})/.exec(shown)?.[1];
    expect(shown).toContain('git push origin +main');
    expect((await guard.guard('unlock', id!)).status).not.toBe(0);

    const person = terminal(guard, `guard unlock ${id}`);
    await person.until(/Type yes to go on/);
    person.type('yes\r');
    await person.until(/still needs your approval/);
    expect((await asClaude('git push origin +HEAD:main')).stderr).toContain('guard approve');
  });

  test('what would go around guard is in the log as such', async () => {
    await asClaude(`guard exec -c 'env -i git status'`);
    await asClaude('rm -rf ~/.config/guard');
    await asClaude('ls');
    const { stdout } = await guard.guard('log', '--tamper', '--json');
    const records = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(records.every(({ agent }) => agent === 'claude')).toBe(true);
    expect(records[0].tamper[0]).toContain('guard.path git: ');
    expect(records.at(-1)).toMatchObject({
      kind: 'refused',
      tamper: [expect.stringContaining('file.guard')],
    });
    expect(JSON.stringify(records)).not.toContain('"ls"');
  });
});

test('what a policy forbids one agent is forbidden to that agent alone', async () => {
  policy('agents: { codex: { default: deny } }\n');
  const codex = await guard.sh(push, { cwd: clones.local, env: { CODEX_CI: '1' } });
  expect(codex.stderr).toContain('forbids codex whatever would need a person');
  expect(codex.stderr).not.toContain('guard approve');
  expect((await guard.sh(push, { cwd: clones.local, env: { CLAUDECODE: '1' } })).stderr).toContain(
    'guard approve',
  );
  expect(onRemote()).toBe(clones.theirs);
});
