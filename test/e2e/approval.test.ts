/** What an approval covers and what ends a question: real shims, real git, a real pty, processes that die. */

import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { erase } from '../support/erase.js';
import { type Installed, install } from '../support/installed.js';
import { type Clones, divergedClones, git } from '../support/repository.js';
import { NODE_IS_A_TERMINAL, type Terminal, terminal } from '../support/terminal.js';

let guard: Installed;
let clones: Clones;
const onRemote = () => git(clones.remote, 'rev-parse', 'main');
const ASKED = /Type (\S+) to (?:run it|go on)/;

beforeAll(() => {
  guard = install({ policy: NODE_IS_A_TERMINAL });
});

beforeEach(() => {
  // Five questions in ten minutes are the most that are asked: each test is another person.
  erase(join(guard.home, '.local/state/guard'));
  erase(join(guard.home, '.config/guard/rules'));
  clones = divergedClones(mkdtempSync(join(guard.work, 'git-')));
});

/** Types what the question asks for. */
async function approve(shell: Terminal): Promise<void> {
  const [, answer = ''] = await shell.until(ASKED);
  shell.type(`${answer}\r`);
}

/** How many questions were asked: each says its command first, and is drawn anew for each key. */
const questions = (shell: Terminal) => shell.screen().match(/^guard: (?!what this takes)/gm)?.length ?? 0;
const inClone = (script: string) => `cd '${clones.local}'; ${script}; echo status $?`;

/** Children of a process by what stands in their command lines. */
function pidOf(parent: number, pattern: RegExp): number | undefined {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || !existsSync(`/proc/${name}/cmdline`)) continue;
    const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
    const [, above] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(above) !== parent) continue;
    const line = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
    const found = pattern.test(line) ? Number(name) : pidOf(Number(name), pattern);
    if (found !== undefined) return found;
  }
  return undefined;
}

describe('one command, one decision', () => {
  test.each([
    ["guard exec -c 'git push --force origin main'"],
    ["guard exec -c 'true && env git push --force origin main'"],
    ['guard exec -- git push --force origin main'],
    ['env git push --force origin main'],
    ["sh -c 'git push --force origin main'"],
    ["nohup timeout 60 bash -c 'git push --force origin main' 2>&1"],
  ])('%s is asked about once, and runs', async command => {
    const shell = terminal(guard, inClone(command));
    await approve(shell);
    await shell.until(/status 0/);
    expect(questions(shell)).toBe(1);
    expect(onRemote()).toBe(clones.ours);
  });

  test('a script that pushes twice does so; a third time is asked about', async () => {
    const push = 'git push -q --force origin main';
    const script = `${push}; ${push}; sh again.sh`;
    writeFileSync(join(clones.local, 'again.sh'), 'true\n');
    const shell = terminal(guard, inClone(`guard exec -c '${script}'`));
    const [, answer = ''] = await shell.until(ASKED);
    // What the script runs is changed after it was read: the same words once more, in no one's sight.
    writeFileSync(join(clones.local, 'again.sh'), `${push}\n`);
    shell.type(`${answer}\r`);
    await shell.until(/guard: sh again.sh[\s\S]*Type main to run it/);
    shell.type('\x03');
    await shell.until(/status 126/);
    expect(shell.screen()).toContain('Ctrl-C was pressed');
  });

  test('another flagged command inside is still asked about', async () => {
    writeFileSync(join(clones.local, 'tail.sh'), 'true\n');
    const shell = terminal(guard, inClone("guard exec -c 'git push --force origin main; sh tail.sh'"));
    const [, answer = ''] = await shell.until(ASKED);
    writeFileSync(join(clones.local, 'tail.sh'), 'git push --force origin main:other\n');
    shell.type(`${answer}\r`);
    await shell.until(/Type other to run it/);
    shell.type('\x03');
    await shell.until(/status 126/);
    expect(git(clones.remote, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
  });

  test('what was allowed inside one command serves no other', async () => {
    const push = 'git push -q --force origin main';
    const shell = terminal(
      guard,
      inClone(`guard exec -c ': >waiting; until [ -e go ]; do sleep 0.1; done; ${push}'`),
    );
    await approve(shell);
    await expect.poll(() => existsSync(join(clones.local, 'waiting')), { timeout: 60_000 }).toBe(true);
    expect((await guard.sh(push, { cwd: clones.local })).status).toBe(126);
    expect(onRemote()).toBe(clones.theirs);
    writeFileSync(join(clones.local, 'go'), '');
    await shell.until(/status 0/);
    expect(onRemote()).toBe(clones.ours);
    expect((await guard.sh(push, { cwd: clones.local })).status).toBe(126);
  });

  test('approved elsewhere, it runs inside as well, once', async () => {
    const command = `env git push --force origin main`;
    const first = await guard.sh(command, { cwd: clones.local });
    const id = /guard approve (\w{4})/.exec(first.stderr)?.[1];
    await approve(terminal(guard, `guard approve ${id}`));
    await new Promise(resolve => setTimeout(resolve, 700));
    expect((await guard.sh(command, { cwd: clones.local })).status).toBe(0);
    expect(onRemote()).toBe(clones.ours);
    expect((await guard.sh(command, { cwd: clones.local })).status).toBe(126);
  });
});

describe('a rule that demands more than a typed name', () => {
  test.each(['H1', 'H2', 'H3'])('presence: %s is not satisfied by the question', async level => {
    const rules = join(guard.home, '.config/guard/rules');
    mkdirSync(rules, { recursive: true, mode: 0o700 });
    writeFileSync(
      join(rules, 'mine.yaml'),
      `pack: mine
about: My own.
rules:
  - id: mine.release
    decision: confirm
    presence: ${level}
    when: { command: git tag }
    reason: Releases are tagged by people.
    examples: { match: [git tag v1], not_match: [git log] }
`,
      { mode: 0o600 },
    );
    const shell = terminal(guard, inClone('guard exec -- git tag v1'));
    await shell.until(/status 126/);
    expect(shell.screen()).not.toMatch(ASKED);
    expect(shell.screen().replace(/\s+/g, ' ')).toContain(`demands presence ${level}`);
    const refused = await guard.sh('guard exec -- git tag v1', { cwd: clones.local });
    expect(refused.status).toBe(126);
    expect(refused.stderr).not.toContain('guard approve');
    expect((await guard.guard('pending', '--json')).stdout.trim()).toBe('[]');
    expect(git(clones.local, 'tag')).toBe('');
  });
});

describe('the question ends with what asked it', () => {
  const push = 'git push --force origin main';

  test.each(['KILL', 'TERM', 'HUP', 'INT'])(
    'the shim dies by %s: no judge is left, nothing ran',
    async signal => {
      const shell = terminal(guard, `cd '${clones.local}'; stty -g; ${push}; stty -g; echo over`);
      await shell.until(ASKED);
      const shim = pidOf(shell.pid, /shims\/git push/) ?? 0;
      const judge = pidOf(shim, /judge\.cjs/) ?? 0;
      expect(judge).toBeGreaterThan(1);
      execFileSync('/bin/kill', [`-${signal}`, String(shim)]);
      // A shell that waits for its child takes a signal when the child is done.
      if (signal === 'TERM' || signal === 'HUP' || signal === 'INT')
        execFileSync('/bin/kill', [`-${signal}`, String(judge)]);
      await shell.until(/over/);
      await expect.poll(() => existsSync(`/proc/${judge}`), { timeout: 30_000 }).toBe(false);
      expect(onRemote()).toBe(clones.theirs);
    },
  );

  test('the judge is killed: refused, with the terminal as it was', async () => {
    const shell = terminal(guard, `cd '${clones.local}'; ${push}; echo status $?`);
    await shell.until(ASKED);
    execFileSync('/bin/kill', ['-KILL', String(pidOf(shell.pid, /judge\.cjs shim/))]);
    await shell.until(/status 126/);
    expect(onRemote()).toBe(clones.theirs);
  });

  test('SIGHUP to the judge refuses', async () => {
    const shell = terminal(guard, `cd '${clones.local}'; ${push}; echo status $?`);
    await shell.until(ASKED);
    execFileSync('/bin/kill', ['-HUP', String(pidOf(shell.pid, /judge\.cjs shim/))]);
    await shell.until(/status 126/);
    expect(shell.screen()).toContain('interrupted');
    expect(onRemote()).toBe(clones.theirs);
  });

  test('the terminal is gone: no judge is left, nothing ran', async () => {
    const shell = terminal(guard, `cd '${clones.local}'; ${push}`);
    await shell.until(ASKED);
    const judge = pidOf(shell.pid, /judge\.cjs shim/);
    shell.kill('SIGKILL');
    await expect.poll(() => existsSync(`/proc/${judge}`), { timeout: 30_000 }).toBe(false);
    expect(onRemote()).toBe(clones.theirs);
  });
});

test('two who approve the same request: it runs once', async () => {
  const push = 'git push --force origin main';
  const first = await guard.sh(push, { cwd: clones.local });
  const id = /guard approve (\w{4})/.exec(first.stderr)?.[1];
  const approvers = [1, 2].map(() => terminal(guard, `guard approve ${id}; echo status $?`));
  await Promise.all(approvers.map(approver => approver.until(ASKED)));
  for (const approver of approvers) approver.type('main\r');
  await Promise.all(approvers.map(approver => approver.until(/status \d/)));
  expect(approvers.filter(approver => approver.screen().includes('status 0'))).toHaveLength(1);
  const runs = await Promise.all([1, 2, 3].map(() => guard.sh(push, { cwd: clones.local })));
  expect(runs.filter(run => run.status === 0)).toHaveLength(1);
  expect(onRemote()).toBe(clones.ours);
});

describe('approved elsewhere, it is another command once', () => {
  const push = 'git push --force origin main';
  const changes: ReadonlyArray<readonly [string, string, string, (work: string) => void]> = [
    [
      'the remote has another address',
      '',
      push,
      local => {
        git(local, 'clone', '-q', '--bare', '--branch', 'main', clones.remote, 'other.git');
        git(local, 'remote', 'set-url', 'origin', 'other.git');
      },
    ],
    [
      'another commit would be pushed',
      '',
      push,
      local => git(local, 'commit', '-q', '--allow-empty', '-m', 'x'),
    ],
    [
      'the cluster is another',
      'current-context: team-a\n',
      'kubectl delete namespace shop',
      local => writeFileSync(join(local, 'kube.yaml'), 'current-context: team-b\n'),
    ],
  ];
  test.each(changes)('%s', async (_name, kube, command, change) => {
    writeFileSync(join(clones.local, 'kube.yaml'), kube);
    const env = { KUBECONFIG: join(clones.local, 'kube.yaml') };
    const first = await guard.sh(command, { cwd: clones.local, env });
    const id = /guard approve (\w{4})/.exec(first.stderr)?.[1];
    const approver = terminal(guard, `guard approve ${id}; echo status $?`);
    await approve(approver);
    await approver.until(/status 0/);
    change(clones.local);
    expect((await guard.sh(command, { cwd: clones.local, env })).status).toBe(126);
    expect(onRemote()).toBe(clones.theirs);
  });
});

test('a command of a megabyte leaves a request that can be shown, and little of it on the disk', async () => {
  const script = `x=$(head -c 100000 /dev/zero | tr '\\0' a); git push --force origin main${' $x'.repeat(11)}`;
  const first = await guard.sh(script, { cwd: clones.local });
  const id = /guard approve (\w{4})/.exec(first.stderr)?.[1];
  const { status, stdout } = await guard.guard('approve', '--show', id ?? '');
  expect(status).toBe(0);
  expect(stdout).toMatch(/characters more[\s\S]*stopped in it: git push --force origin main/);
  expect(stdout.length).toBeLessThan(6_000);
  const requests = join(guard.home, '.local/state/guard/requests');
  const files = readdirSync(requests, { recursive: true, encoding: 'utf8' }).map(name =>
    join(requests, name),
  );
  expect(files.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(100_000);
});
