/**
 * What a process without a person tries: terminals of its own making, and approvals that were given for something else.
 * Real script, python, expect, tmux and git; in no case does what no human approved run.
 */

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { RequestStore } from '../../src/approvals/store.js';
import { locate } from '../../src/locate.js';
import { erase } from '../support/erase.js';
import { type Installed, install } from '../support/installed.js';
import { type Clones, divergedClones, git } from '../support/repository.js';

let guard: Installed;
let clones: Clones;
const push = 'git push --force origin main';
const onRemote = () => git(clones.remote, 'rev-parse', 'main');
const store = () => new RequestStore(join(guard.home, '.local/state/guard/requests'));

beforeAll(() => {
  guard = install();
});

beforeEach(() => {
  erase(join(guard.home, '.local/state/guard'));
  clones = divergedClones(mkdtempSync(join(guard.work, 'git-')));
});

describe('a terminal of its own making', () => {
  const python = `import os, pty, select, sys, time
pid, fd = pty.fork()
if pid == 0:
    os.execv('/bin/sh', ['sh', '-c', sys.argv[1]])
end = time.time() + 3
while time.time() < end:
    if select.select([fd], [], [], 0.2)[0]:
        try:
            if b'Type ' in os.read(fd, 65536): os.write(fd, b'main\\r')
        except OSError:
            break
`;
  // By absolute paths: guard would judge them by their names, and the question is what their terminals are worth.
  const at = (tool: string) => locate(tool, `/usr/bin:/bin:${process.env['PATH']}`) ?? tool;
  const [script, python3, expectTool, tmux, setsid, env] = [
    'script',
    'python3',
    'expect',
    'tmux',
    'setsid',
    'env',
  ].map(at);
  const typed = (seconds: string) => `(sleep ${seconds}; printf 'main\\r'; sleep 0.5)`;
  const ways: [how: string, script: (deed: string) => string][] = [
    ['script', deed => `${typed('1')} | ${script} -qec '${deed}' /dev/null`],
    ['a pty of python', deed => `${python3} pty.py '${deed}'`],
    [
      'expect',
      deed =>
        `${expectTool} -c 'set timeout 4; spawn /bin/sh -c "${deed}"; expect "Type "; send "main\\r"; expect eof'`,
    ],
    [
      'a detached tmux',
      deed =>
        `t="${tmux} -S forge"; $t new -d '${deed}; sleep 1'; sleep 1.2; $t send-keys main Enter; sleep 0.5; $t kill-server`,
    ],
    [
      'a daemon’s pty, without any marker',
      deed =>
        `echo "${typed('1')} | ${script} -qec '${deed}' /dev/null" > forge.sh
         ${setsid} -f ${env} -i HOME="$HOME" PATH="$PATH" /bin/sh forge.sh >/dev/null 2>&1; sleep 2.5`,
    ],
    [
      'env -i below an agent',
      deed =>
        `echo "${typed('1')} | ${script} -qec '${deed}' /dev/null" > forge.sh
         CLAUDECODE=1 /bin/sh -c '${env} -i HOME="$HOME" PATH="$PATH" /bin/sh forge.sh; true'`,
    ],
  ];

  test.each(ways)('%s: neither the command nor an approval of it', async (_how, forge) => {
    writeFileSync(join(clones.local, 'pty.py'), python);
    const forging = (text: string) => guard.run('/bin/sh', ['-c', text], { cwd: clones.local });
    await forging(forge(push));
    expect(onRemote()).toBe(clones.theirs);
    await guard.sh(push, { cwd: clones.local });
    const [request] = store().list('pending');
    expect(request?.covers.command).toBe(push);
    await forging(forge(`guard approve ${request?.id}`));
    expect(store().list('approved')).toEqual([]);
    expect(store().stateOf(request?.id ?? '')).toBe('pending');
    await guard.sh(push, { cwd: clones.local });
    expect(onRemote()).toBe(clones.theirs);
  });
});

describe('an approval that was given for something else', () => {
  /** Runs it, and approves the request that it leaves, as a person elsewhere would. */
  async function approved(script: string, options: { input?: string } = {}): Promise<void> {
    expect((await guard.sh(script, { cwd: clones.local, ...options })).status).toBe(126);
    store().approve(store().list('pending')[0]!);
  }

  test('another directory, other words, another variable, another policy; then as approved, once', async () => {
    await approved(push);
    const twin = `${clones.local}-twin`;
    git(clones.local, 'worktree', 'add', '-q', '--detach', twin);
    const others: [script: string, cwd: string][] = [
      [push, twin],
      [`${push} --tags`, clones.local],
      ['git push --force origin main:other', clones.local],
      [`GIT_SSH_COMMAND=x ${push}`, clones.local],
      [`PATH=/tmp:$PATH ${push}`, clones.local],
      // Kept from the judge itself, and the command gets it.
      [`NODE_OPTIONS=--no-warnings ${push}`, clones.local],
    ];
    for (const [script, cwd] of others) expect((await guard.sh(script, { cwd })).status, script).toBe(126);

    const policy = join(guard.home, '.config/guard/policy.yaml');
    writeFileSync(policy, 'protect: [something-else]\n', { mode: 0o600 });
    expect((await guard.sh(push, { cwd: clones.local })).status).toBe(126);
    expect(onRemote()).toBe(clones.theirs);
    writeFileSync(policy, '', { mode: 0o600 });
    expect((await guard.sh(push, { cwd: clones.local })).status).toBe(0);
    expect(onRemote()).toBe(clones.ours);
    expect((await guard.sh(push, { cwd: clones.local })).status).toBe(126);
  });

  test('a script that was changed after it was approved', async () => {
    const file = join(clones.local, 'deploy.sh');
    writeFileSync(file, `${push}\n`);
    await approved('sh deploy.sh');
    writeFileSync(file, `git push --force origin main; true\n`);
    expect((await guard.sh('sh deploy.sh', { cwd: clones.local })).status).toBe(126);
    expect(onRemote()).toBe(clones.theirs);
    writeFileSync(file, `${push}\n`);
  });

  test('other input', async () => {
    await approved('sh', { input: `${push}\n` });
    const other = `${push} && touch ran\n`;
    expect((await guard.sh('sh', { cwd: clones.local, input: other })).status).toBe(126);
    expect((await guard.sh('sh', { cwd: clones.local, input: `${push}\n` })).status).toBe(0);
    expect(onRemote()).toBe(clones.ours);
  });

  test('a program put in its place', async () => {
    const bin = join(guard.home, 'bin');
    mkdirSync(bin);
    await approved(push);
    writeFileSync(join(bin, 'git'), '#!/bin/sh\nexec /usr/bin/git "$@"\n', { mode: 0o755 });
    const path = `${guard.shims}:${bin}:/usr/bin:/bin`;
    expect((await guard.sh(push, { cwd: clones.local, env: { PATH: path } })).status).toBe(126);
    expect(onRemote()).toBe(clones.theirs);
  });
});
