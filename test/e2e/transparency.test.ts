/** With guard and its real judge a command behaves byte for byte as without: real tools, run both ways. */

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { faithfulTools, scripts, seenBy, testsInTerminal, writeViLike } from '../support/fidelity.js';
import { install } from '../support/installed.js';
import { Terminal } from '../support/pty.js';
import { git } from '../support/repository.js';
import { program } from '../support/shells.js';

const guard = install();
const real = join(guard.home, 'bin');
const SYSTEM = `${real}:/usr/local/bin:/usr/bin:/bin`;
const mine = { ...guard.env, GIT_AUTHOR_DATE: '@1 +0000', GIT_COMMITTER_DATE: '@1 +0000' };
const bare: Readonly<Record<string, string>> = { ...mine, PATH: SYSTEM };
const guarded: Readonly<Record<string, string>> = { ...mine, PATH: `${guard.shims}:${SYSTEM}` };
const both = [
  ['without', bare],
  ['with', guarded],
] as const;

beforeAll(async () => {
  mkdirSync(real);
  writeViLike(join(real, 'vi-like'));
  // Words as a program gets them, and how it ends: a shim of its own, and a rule, without which nothing would be judged.
  program(join(real, 'recorder'), `#!/bin/sh\nprintf '%s\\0' "$@"\n`);
  program(
    join(real, 'editor'),
    '#!/bin/sh\nprintf "written by hand\\n" >"$1"\nstty -a </dev/tty >/dev/null\n',
  );
  const words = ['shim', 'install', 'recorder', 'ls', ...faithfulTools];
  const added = await guard.run('guard', words, { env: guarded });
  expect(added).toMatchObject({ status: 0 });
  const ruled = await guard.guard('rule', 'add', 'recorder never', '--reason', 'For this test.');
  expect(ruled).toMatchObject({ status: 0 });
  writeFileSync(
    join(guard.home, '.gitconfig'),
    '[user]\n\tname = A\n\temail = a@example.com\n[init]\n\tdefaultBranch = main\n',
  );
  git(guard.work, 'init', '-q', '-b', 'main');
  for (let i = 0; i < 30; i++) git(guard.work, 'commit', '-q', '--allow-empty', '-m', `change ${i}`);
  const many = `commit refs/heads/many\ncommitter A <a@example.com> 1 +0000\ndata 900\n${'x'.repeat(900)}\n`;
  execFileSync('git', ['fast-import', '--quiet'], { cwd: guard.work, input: many.repeat(2000) });
});

const same = (script: string) => {
  const without = seenBy(script, guard.work, bare);
  expect(seenBy(script, guard.work, guarded)).toEqual(without);
  return without;
};

test('the shims are in the way, and the judge is asked', async () => {
  expect(seenBy('command -v sh recorder', guard.work, guarded).stdout).toBe(
    `${guard.shims}/sh\n${guard.shims}/recorder\n`,
  );
  seenBy('recorder "proof-of-asking this"', guard.work, guarded);
  expect((await guard.guard('log', '--json')).stdout).toContain('proof-of-asking');
});

describe('the scripts of the shim tests', () => {
  test.each(scripts)('%s', (_title, script, stdout) => {
    const without = same(script);
    if (stdout !== undefined) expect(without.stdout).toBe(stdout);
  });
});

// More than a pipe holds, so that git sees its reader go.
test.each(['git log many', 'git --no-pager log --patch many'])('%s | head -1', command => {
  expect(same(`${command} | head -1; echo \${PIPESTATUS[@]}`).stdout).toMatch(/^commit \w+\n141 0\n$/);
});

const more: readonly [command: string, stdout?: string][] = [
  ['git log | head -1'],
  ['git --no-pager log --oneline | head -1'],
  ['git -c core.pager=cat log -3 --format=%s', 'change 29\nchange 28\nchange 27\n'],
  ['git rev-parse --verify nothing; echo $?'],
  ['git nonsense; echo $?'],
  ['git stash list; git branch; git tag -l'],
  ['git hash-object --stdin <<<text'],
  ['echo text | git hash-object --stdin'],
  [
    'GIT_EDITOR="cp /etc/hostname" git commit --allow-empty >/dev/null; git log -1 --format=%s%H; git reset -q --soft HEAD~1',
  ],
  [`git commit -q --allow-empty -m $'two\\nlines \\377'; git log -1 --format=%B; git reset -q --soft HEAD~1`],
  [`recorder $'a\\nb' '' ' ' '*' $'\\377\\376' $'\\001\\033[31m' '$HOME' -- '-n'`],
  [`recorder ünï 日本 "$(printf 'x%.0s' {1..100000})" | cksum`],
  ['rm -f "$(printf "no\\nsuch")"; echo $?', '0\n'],
  ['rm no-such-file; echo $?'],
  [
    'mkdir d.o; rm -f d.o; mv nothing.o x.o; cp nothing.c x.c; : >a.o; mv -f a.o a.o; rmdir d.o; rm -f a.o; echo $?',
  ],
  ['timeout 0.2 sleep 5; echo $?', '124\n'],
  ['timeout -s KILL 0.2 sleep 5; echo $?', '137\n'],
  ["sh -c 'kill -KILL $$'; echo $?", '137\n'],
  ["nohup sh -c 'kill -HUP $$; echo alive' 2>/dev/null", 'alive\n'],
  ["bash -c 'exit 255'; echo $?", '255\n'],
  ['sh no-such-script; echo $?'],
  ['env no-such-program; echo $?'],
  ['xargs -n1 recorder <<<"a b" | tr "\\0" ,', 'a,b,'],
  ['find . -maxdepth 1 -name .git -print', './.git\n'],
  ['head -c 200000000 /dev/zero | dd bs=1M iflag=fullblock status=none | wc -c', '200000000\n'],
  ['head -c 200000000 /dev/zero | tee copy | wc -c; wc -c <copy; rm copy', '200000000\n200000000\n'],
  [
    'dd if=/dev/zero bs=1M count=200 status=none | dd of=copy bs=1M iflag=fullblock 2>/dev/null; cksum copy; rm copy',
  ],
  ['tee /dev/full </dev/null >/dev/null; echo x | tee /dev/full; echo $?'],
  ['tee <&- 2>/dev/null; echo $?'],
  ['echo x | tee >&- 2>/dev/null; echo $?'],
  ['git status >&-; echo $?'],
  ['git status 2>&- >/dev/null; echo $?'],
  ['exec 9>out; sh -c "echo nine >&9"; cat out; rm out', 'nine\n'],
  ['printf "1\\n2\\n3\\n" | { sh -c "read x; echo got \\$x"; cat; }', 'got 1\n2\n3\n'],
  ['curl -s http://127.0.0.1:9/; echo $?', '7\n'],
  ['curl -sf file:///etc/passwd | head -c 4; curl --no-such-option; echo $?'],
  ['make -f /dev/null nothing; echo $?'],
  ['python3 -c "import os; os._exit(3)"; echo $?'],
  ['python3 -c "import sys; print(sys.stdin.read())" <<<hello', 'hello\n\n'],
];

describe('real tools', () => {
  test.each(more)('%s', (script, stdout) => {
    const without = same(script);
    if (stdout !== undefined) expect(without.stdout).toBe(stdout);
  });

  test.each(['SIGTERM', 'SIGHUP', 'SIGKILL', 'SIGINT'] as const)('%s to the process id ends it', signal => {
    const script = `rm -f ready; sh -c ': >ready; while :; do /bin/sleep 0.02; done' & until [ -e ready ]; do /bin/sleep 0.02; done
      kill -${signal} $!; wait $!; echo $?`;
    same(`set -m; ${script}`);
  });

  test.each(['SIGTERM', 'SIGSEGV', 'SIGKILL'] as const)('a parent sees that %s ended its child', signal => {
    const words = ['-c', `kill -${signal.slice(3)} $$`];
    expect(spawnSync('sh', words, { env: guarded, cwd: guard.work }).signal).toBe(signal);
  });

  test('the judge leaves no variable and no descriptor behind', () => {
    same('env | grep -v -e ^_= -e ^PATH= -e ^SHLVL= | sort; sh -c "ls /proc/self/fd"');
  });
});

/** The words of a shell that says the script's status and waits: what is said last is lost where a terminal closes before it is read. */
const held = (script: string) => ['-c', `${script}; echo status=$?; read -r _`];

describe.each(both)('curl -N, %s guard', (_which, env) => {
  test('shows each piece when it is sent', async () => {
    let go: () => void = () => {};
    const server = createServer((_request, response) => {
      response.write('first\n');
      go = () => response.end('last\n');
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const t = new Terminal('/bin/sh', held(`curl -sN http://127.0.0.1:${port}/`), {
      env,
      cwd: guard.work,
    });
    await t.shows(/first/);
    expect(t.output).not.toContain('last');
    go();
    await t.shows(/last\r\nstatus=0/);
    t.close();
    server.close();
  });
});

describe.each(both)('in a terminal, %s guard', (_which, env) => {
  testsInTerminal(env, guard.work);

  test('git commit opens the editor on the terminal', async () => {
    const t = new Terminal('/bin/sh', held('git commit --allow-empty'), {
      env: { ...env, GIT_EDITOR: 'editor' },
      cwd: guard.work,
    });
    await t.shows(/written by hand[\s\S]*status=0/);
    expect(git(guard.work, 'log', '-1', '--format=%s')).toBe('written by hand');
    git(guard.work, 'reset', '-q', '--soft', 'HEAD~1');
    t.close();
  });

  test('git log runs its pager, and q leaves it', async () => {
    const t = new Terminal('/bin/sh', held('git -c core.pager=less log'), {
      env,
      cwd: guard.work,
    });
    await t.shows(/change 2\d[\s\S]*\n:/);
    t.type('q');
    await t.shows(/status=0/);
    expect(t.output).not.toContain('change 0\r');
    t.close();
  });
});

test('a daemon that a judged command starts is not held back, and lives on', async () => {
  const started = execFileSync(
    'sh',
    ['-c', 'setsid sh -c "/bin/sleep 2; : >lived" >/dev/null 2>&1 & echo here'],
    {
      env: guarded,
      cwd: guard.work,
      encoding: 'utf8',
      timeout: 1900,
    },
  );
  expect(started).toBe('here\n');
  await expect.poll(() => existsSync(join(guard.work, 'lived')), { timeout: 30_000 }).toBe(true);
});
