/** The question on a real terminal, and what answers it: real git, a real bare repository, a real pty. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { erase } from '../support/erase.js';
import { type Installed, install } from '../support/installed.js';
import { type Clones, divergedClones, git } from '../support/repository.js';
import { NODE_IS_A_TERMINAL, terminal } from '../support/terminal.js';

let guard: Installed;
let clones: Clones;
const onRemote = () => git(clones.remote, 'rev-parse', 'main');
const push = () => `cd '${clones.local}' && git push --force origin main`;

beforeAll(() => {
  guard = install({ policy: NODE_IS_A_TERMINAL });
});

beforeEach(() => {
  // Five questions in ten minutes are the most that are asked: each test is another person.
  erase(join(guard.home, '.local/state/guard'));
  clones = divergedClones(mkdtempSync(join(guard.work, 'git-')));
});

describe('git push --force on a terminal', () => {
  test('says what would be lost, and runs when the right name is typed', async () => {
    const shell = terminal(guard, push());
    await shell.until(/Type main to run it/);
    expect(shell.screen()).toContain('their work');
    expect(onRemote()).toBe(clones.theirs);
    shell.type('main\r');
    expect(await shell.ended).toBe(0);
    expect(onRemote()).toBe(clones.ours);
  });

  test.each([
    ['a wrong name', 'yes\r'],
    ['nothing', '\r'],
    ['Ctrl-C', '\x03'],
    ['Esc', '\x1b'],
    ['end of input', '\x04'],
  ])('is refused by %s', async (_name, keys) => {
    const shell = terminal(guard, push());
    await shell.until(/Type main to run it/);
    shell.type(keys);
    expect(await shell.ended).toBe(126);
    expect(onRemote()).toBe(clones.theirs);
  });

  test('is refused when the terminal closes', async () => {
    const shell = terminal(guard, push());
    await shell.until(/Type main to run it/);
    shell.kill('SIGHUP');
    await shell.ended;
    expect(onRemote()).toBe(clones.theirs);
  });

  test('is not answered by what was typed before the question', async () => {
    const shell = terminal(guard, `stty -echo; printf ready; sleep 1; ${push()}`);
    await shell.until(/ready/);
    shell.type('main\r');
    await shell.until(/Type main to run it/);
    await new Promise(resolve => setTimeout(resolve, 700));
    expect(onRemote()).toBe(clones.theirs);
    shell.type('\x03');
    expect(await shell.ended).toBe(126);
  });

  test('leaves the terminal as it was, answered or not', async () => {
    for (const keys of ['main\r', '\x03', 'nonsense\r']) {
      const shell = terminal(guard, `stty -g; ${push()} >/dev/null 2>&1; stty -g`);
      await shell.until(/Type main to run it/);
      shell.type(keys);
      await shell.ended;
      const modes = shell.screen().match(/^[0-9a-f]+(:[0-9a-f]+){10,}$/gm) ?? [];
      expect(modes).toHaveLength(2);
      expect(modes[0]).toBe(modes[1]);
    }
  });

  test('leaves a usable terminal when the judge is killed in the middle', async () => {
    const shell = terminal(guard, `${push()} >/dev/null 2>&1; echo "status $?"; stty -a`);
    await shell.until(/Type main to run it/);
    execFileSync('pkill', ['-9', '-f', `judge.cjs shim ${guard.home}`]);
    await shell.ended;
    expect(shell.screen()).toContain('status 126');
    expect(shell.screen()).toMatch(/[^-]icanon/);
    expect(shell.screen()).toMatch(/ echo /);
    expect(onRemote()).toBe(clones.theirs);
  });

  test('keeps the question off stdout', async () => {
    const shell = terminal(guard, `${push()} >out.txt 2>err.txt; cat out.txt | wc -c`);
    await shell.until(/Type main to run it/);
    shell.type('\x03');
    await shell.ended;
    expect(shell.screen().trim().endsWith('0')).toBe(true);
  });
});

describe('is refused without asking', () => {
  test('behind an agent, though only an ancestor carries its marker', async () => {
    const shell = terminal(
      guard,
      `CLAUDECODE=1 sh -c "env -u CLAUDECODE sh -c \\"${push().replaceAll("'", '')}\\""`,
    );
    expect(await shell.ended).toBe(126);
    expect(shell.screen()).not.toContain('to run it');
    expect(shell.screen()).toContain('claude');
    expect(onRemote()).toBe(clones.theirs);
  });

  test('in the background', async () => {
    const shell = terminal(guard, `set -m; (${push()}) & wait $!; echo status $?`);
    await shell.ended;
    expect(shell.screen()).toContain('status 126');
    expect(shell.screen()).not.toContain('to run it');
  });

  test('on a terminal that guard does not know', async () => {
    const stranger = install();
    const shell = terminal(stranger, push());
    expect(await shell.ended).toBe(126);
    expect(shell.screen()).not.toContain('to run it');
    expect(shell.screen()).toContain('node');
  });

  test('without a terminal, and the retry runs once after guard approve', async () => {
    const first = await guard.sh(push());
    expect(first.status).toBe(126);
    const id = /guard approve (\w{4})/.exec(first.stderr)![1]!;
    expect((await guard.guard('pending')).stdout).toContain(id);
    const approver = terminal(guard, `guard approve ${id}`);
    await approver.until(/Type main to go on/);
    approver.type('main\r');
    expect(await approver.ended).toBe(0);
    expect((await guard.sh(push())).status).toBe(0);
    expect(onRemote()).toBe(clones.ours);
    git(clones.remote, 'update-ref', 'refs/heads/main', clones.theirs);
    expect((await guard.sh(push())).status).toBe(126);
  });

  test('guard approve without a person approves nothing', async () => {
    const first = await guard.sh(push());
    const id = /guard approve (\w{4})/.exec(first.stderr)![1]!;
    const approve = await guard.guard('approve', id);
    expect(approve.status).not.toBe(0);
    expect((await guard.sh(push())).status).toBe(126);
    expect((await guard.guard('reject', id)).status).toBe(0);
    expect((await guard.guard('approve', id)).stderr).toContain('denied');
  });
});
