/** How an approved command ended stands in the log, and it ran as if nobody had looked: real git, real ptys. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Installed, install } from '../support/installed.js';
import { type Clones, divergedClones, git } from '../support/repository.js';
import { NODE_IS_A_TERMINAL, type Terminal, terminal } from '../support/terminal.js';

let guard: Installed;
let clones: Clones;
const ASKED = /Type (\S+) to run it/;

beforeAll(() => {
  guard = install({ policy: NODE_IS_A_TERMINAL });
});

beforeEach(() => {
  rmSync(join(guard.home, '.local/state/guard'), { recursive: true, force: true });
  clones = divergedClones(mkdtempSync(join(guard.work, 'git-')));
});

async function approve(shell: Terminal): Promise<void> {
  const [, answer = ''] = await shell.until(ASKED);
  shell.type(`${answer}\r`);
}

interface Entry {
  readonly kind: string;
  readonly id: string;
  readonly of?: string;
  readonly exit?: number;
  readonly ms?: number;
  readonly command: string;
}

/** The records of what was approved. */
async function flagged(): Promise<readonly Entry[]> {
  const { stdout } = await guard.guard('log', '--decision', 'confirm', '--json');
  return stdout
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Entry);
}

const push = 'git push --force origin main';

describe('an approved command: intent, then result', () => {
  test.each([[push], [`guard exec -- ${push}`], [`guard exec -c '${push}'`]])('%s', async command => {
    const shell = terminal(guard, `cd '${clones.local}'; ${command}; echo status $?`);
    await approve(shell);
    await shell.until(/status 0/);
    expect(git(clones.remote, 'rev-parse', 'main')).toBe(clones.ours);
    const records = await flagged();
    const [intent] = records;
    const result = records.at(-1);
    expect(intent?.kind).toBe('intent');
    expect(result).toMatchObject({ kind: 'result', of: intent?.id, exit: 0, command: intent?.command });
    expect(result?.ms).toBeGreaterThan(0);
    expect((await guard.guard('log', 'verify')).status).toBe(0);
    expect(readdirSync(join(guard.home, '.local/state/guard/spool'))).toEqual([]);
  });

  test('one that fails, with its status', async () => {
    writeFileSync(join(clones.local, '.git/hooks/pre-push'), '#!/bin/sh\nexit 7\n', { mode: 0o755 });
    const shell = terminal(guard, `cd '${clones.local}'; ${push}; echo status $?`);
    await approve(shell);
    await shell.until(/status 1\n/);
    expect((await flagged()).map(({ kind, exit }) => [kind, exit])).toEqual([
      ['intent', undefined],
      ['result', 1],
    ]);
  });

  test.each([
    ['TERM', 143],
    ['HUP', 129],
    ['INT', 130],
  ])('killed by %s through its process id, it is gone, and the status is %i', async (signal, status) => {
    writeFileSync(join(clones.local, '.git/hooks/pre-push'), '#!/bin/sh\n: >../ready\nexec sleep 30\n', {
      mode: 0o755,
    });
    const shell = terminal(guard, `cd '${clones.local}'; ${push}; echo status $?`);
    await approve(shell);
    await expect.poll(() => existsSync(join(clones.local, '../ready')), { timeout: 10_000 }).toBe(true);
    if (signal === 'INT') shell.type('\x03');
    else execFileSync('/bin/kill', [`-${signal}`, String(child(shell.pid))]);
    await shell.until(new RegExp(`status ${status}|\\^C`));
    await expect.poll(async () => (await flagged()).at(-1)?.exit, { timeout: 10_000 }).toBe(status);
    expect(git(clones.remote, 'rev-parse', 'main')).toBe(clones.theirs);
  });

  test('Ctrl-Z stops it and fg brings it back', async () => {
    writeFileSync(
      join(clones.local, '.git/hooks/pre-push'),
      '#!/bin/sh\necho $$ >../ready\nread line </dev/tty\n',
      { mode: 0o755 },
    );
    const ready = join(clones.local, '../ready');
    const shell = terminal(guard, `cd '${clones.local}'; exec /bin/bash --norc --noprofile -i`, {
      PS1: 'prompt$ ',
    });
    await shell.until(/prompt\$ /);
    shell.type(`${push}\r`);
    await approve(shell);
    await expect
      .poll(() => existsSync(ready) && readFileSync(ready, 'utf8'), { timeout: 10_000 })
      .toMatch(/\n/);
    shell.type('\x1a');
    await shell.until(/Stopped[^\n]*\nprompt\$ /);
    // The shell waits for git alone: the hook may stop a moment later, and until then reads what is typed.
    const hook = readFileSync(ready, 'utf8').trim();
    await expect.poll(() => readFileSync(`/proc/${hook}/stat`, 'utf8'), { timeout: 10_000 }).toMatch(/\) T /);
    shell.type('fg\r');
    await shell.until(/fg\ngit push/);
    shell.type('\r');
    await expect.poll(async () => (await flagged()).at(-1)?.exit, { timeout: 10_000 }).toBe(0);
    shell.type('echo status=$?\r');
    await shell.until(/\nstatus=0/);
    expect(git(clones.remote, 'rev-parse', 'main')).toBe(clones.ours);
  });
});

/** The only child of a process. */
function child(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
}
