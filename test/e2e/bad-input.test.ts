/** Bad input of every kind: a clear fault, nothing lost, flagged commands still stopped, harmless ones still run. */

import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { erase } from '../support/erase.js';
import { type Installed, install } from '../support/installed.js';

let guard: Installed;
const rules = () => join(guard.home, '.config/guard/rules');
const PUSH = 'git push --force origin main';

beforeAll(() => {
  guard = install();
});

beforeEach(() => {
  for (const path of [rules(), join(guard.home, '.local/state/guard'), guard.work]) erase(path);
  mkdirSync(guard.work);
  mkdirSync(rules(), { recursive: true, mode: 0o700 });
});

/** The built-in rules still hold, and ordinary commands still run. */
async function stillInForce() {
  expect((await guard.sh(PUSH)).status).toBe(126);
  expect((await guard.sh('git --version')).status).toBe(0);
}

describe("the user's rules", () => {
  test.each([
    ['broken YAML', 'pack: mine\nrules:\n  - id: [', /mine\.yaml:3:\d+/],
    ['an unknown key', 'pack: mine\nabout: x\nrules: []\nrulez: []\n', /mine\.yaml:4:\d+.*rulez/s],
    ['binary garbage', '\x00\x01\x02\xff\xfe', /mine\.yaml/],
    ['ten megabytes', `# ${'x'.repeat(10 * 1024 * 1024)}\n`, /mine\.yaml/],
  ])('%s: file, line and column; the built-in rules stay in force', async (_name, text, message) => {
    writeFileSync(join(rules(), 'mine.yaml'), text, { mode: 0o600 });
    const ended = await guard.sh(PUSH);
    expect(ended.status).toBe(126);
    expect(ended.stderr).toMatch(message);
    await stillInForce();
  });

  test('writable by others: refused, with what to do', async () => {
    writeFileSync(join(rules(), 'mine.yaml'), 'pack: mine\nabout: x\nrules: []\n', { mode: 0o600 });
    chmodSync(join(rules(), 'mine.yaml'), 0o666);
    const ended = await guard.sh(PUSH);
    expect(ended.stderr).toContain('chmod');
    await stillInForce();
  });
});

test('a project file cannot relax', async () => {
  writeFileSync(join(guard.work, '.guard.yaml'), 'rules:\n  git.push-force: { enabled: false }\n');
  const ended = await guard.sh(PUSH);
  expect(ended.status).toBe(126);
  expect(ended.stderr).toContain('.guard.yaml');
});

test('a project file can add a rule', async () => {
  writeFileSync(
    join(guard.work, '.guard.yaml'),
    `pack: project
about: This project's own rules.
rules:
  - id: project.no-release
    decision: confirm
    when: { command: git tag }
    reason: Releases are tagged by people.
    examples: { match: [git tag v1], not_match: [git log] }
`,
  );
  const ended = await guard.sh('git tag v1');
  expect(ended.stderr).toContain('project.no-release');
  expect(ended.status).toBe(126);
});

describe('the disk', () => {
  test.runIf(process.getuid?.() === 0)(
    'full: a flagged command is refused, a harmless one runs with one warning',
    async () => {
      const state = join(guard.home, '.local/state/guard');
      mkdirSync(state, { recursive: true });
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', state]);
      try {
        writeFileSync(join(state, 'ballast'), Buffer.alloc(4096));
        expect((await guard.sh(PUSH)).status).not.toBe(0);
        const harmless = await guard.sh('curl --version >/dev/null; rm -f nothing-here; echo done');
        expect(harmless.stdout).toBe('done\n');
        expect(
          harmless.stderr.split('\n').filter(line => line.includes('audit log')).length,
        ).toBeLessThanOrEqual(1);
      } finally {
        execFileSync('umount', [state]);
      }
    },
  );

  test('a state directory that is a file: refused, with the place', async () => {
    const state = join(guard.home, '.local/state/guard');
    if (existsSync(state)) renameSync(state, `${state}.away`);
    mkdirSync(join(guard.home, '.local/state'), { recursive: true });
    writeFileSync(state, '');
    const ended = await guard.sh(PUSH);
    expect(ended.status).not.toBe(0);
    expect(ended.stderr).toContain(state);
    expect((await guard.sh('rm -f nothing-here && echo ok')).stdout).toBe('ok\n');
  });
});

describe('arguments and input', () => {
  const API = 'https://backboard.railway.com/graphql/v2';

  test.each([
    ['a missing @file', `curl ${API} -d @missing.json`],
    ['a directory as @file', `mkdir -p d; curl ${API} -d @d`],
    ['a FIFO as @file', `mkfifo f; curl ${API} -d @f`],
    ['binary garbage as a body', `head -c 4096 /dev/urandom > g; curl ${API} --data-binary @g`],
  ])('%s is not understood, hence refused', async (_name, script) => {
    const ended = await guard.sh(script);
    expect(ended.status).toBe(126);
  });

  test('closed stdin', async () => {
    expect((await guard.sh(`${PUSH} <&-`)).status).toBe(126);
    expect((await guard.sh("psql -c 'DROP TABLE users' <&-")).status).toBe(126);
    expect((await guard.sh('git --version <&-')).status).toBe(0);
  });

  test('a 100 kB argument', async () => {
    const long = 'x'.repeat(100_000);
    expect(await guard.run('git', ['check-ref-format', long])).toMatchObject({ signal: null });
    expect((await guard.run('git', ['push', '--force', 'origin', long])).status).toBe(126);
  });

  test('a megabyte of arguments', async () => {
    const words = Array.from({ length: 10_000 }, (_, i) => `part-${i}-${'x'.repeat(88)}.o`);
    expect((await guard.run('rm', ['-f', ...words])).status).toBe(0);
    expect((await guard.run('git', ['push', ...words, '--force'])).status).toBe(126);
  });
});

test('a policy edited while a shim runs: each command sees a whole policy', async () => {
  const file = join(rules(), 'mine.yaml');
  const rule = (n: number) => `pack: mine
about: x
rules:
  - id: mine.tag
    decision: confirm
    when: { command: git tag }
    reason: Edit ${n}.
    examples: { match: [git tag v1], not_match: [git log] }
`;
  writeFileSync(file, rule(0), { mode: 0o600 });
  const results = Array.from({ length: 10 }, async (_, n) => {
    writeFileSync(`${file}.${n}.new`, rule(n), { mode: 0o600 });
    renameSync(`${file}.${n}.new`, file);
    return guard.sh('git tag v1');
  });
  for (const ended of await Promise.all(results)) {
    expect(ended.status).toBe(126);
    expect(ended.stderr).toMatch(/Edit \d\./);
  }
});

test('two guard rule add at once: both are kept', async () => {
  const add = (name: string) =>
    guard.guard(
      'rule',
      'add',
      `deploytool ${name}`,
      '--reason',
      `No ${name}.`,
      '--example',
      `deploytool ${name} now`,
    );
  const ended = await Promise.all(['wipe', 'reset', 'nuke', 'purge'].map(add));
  expect(ended.map(({ status }) => status)).toEqual([0, 0, 0, 0]);
  const text = readdirSync(rules())
    .map(name => readFileSync(join(rules(), name), 'utf8'))
    .join('\n');
  for (const name of ['wipe', 'reset', 'nuke', 'purge']) expect(text).toContain(`deploytool ${name}`);
  expect((await guard.guard('check', '--', 'deploytool', 'nuke', 'now')).status).toBe(10);
});

test('guard called from guard', async () => {
  const inner = await guard.sh('guard exec -- guard exec -- git --version');
  expect(inner).toMatchObject({ status: 0, stderr: '' });
  expect((await guard.sh(`guard exec -- guard exec -- ${PUSH}`)).status).toBe(126);
  expect((await guard.sh(`guard exec -c 'git status; ${PUSH}'`)).status).toBe(126);
});

test('a directory whose name draws on the terminal, in what shims and commands say of it', async () => {
  const drawing = '\x1b]0;title\x07\x1b[2Jguard: nothing to see\u202e';
  const cwd = join(guard.work, drawing);
  mkdirSync(cwd);
  writeFileSync(join(cwd, '.guard.yaml'), 'rules: ]\n');
  const said = await Promise.all([
    guard.sh(PUSH, { cwd }),
    ...[
      ['check', '--', 'git', 'status'],
      [`no${drawing}`],
      ['log', '--since', drawing],
      ['doctor', '--json'],
    ].map(words => guard.run('guard', words, { cwd })),
  ]);
  expect(said[0]?.status).toBe(126);
  for (const { stdout, stderr } of said)
    expect(stdout + stderr).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f\u202e]/);
});

test.each([PUSH, `guard exec -- ${PUSH}`])('%s: a judge that the system ends says so', async command => {
  // Too little memory for node, which then ends itself.
  const { status, stderr } = await guard.sh(`ulimit -v 400000; ${command}`);
  expect(status).toBe(126);
  expect(stderr).toMatch(/was not run: its judge was ended by signal \d+.*Run it again/);
});
