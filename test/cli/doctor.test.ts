/** `guard doctor` on a real installation in a scratch HOME: whole, broken in each way, and repaired. */

import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Installed, install } from '../support/installed.js';

interface Finding {
  readonly subject: string;
  readonly state: string;
  readonly says: string;
  readonly next?: string;
}

let guard: Installed;

const POLICY = '.config/guard/policy.yaml';
const files = ['.bashrc', POLICY] as const;
let before: readonly string[];

beforeAll(() => {
  guard = install({ rc: true });
  before = files.map(file => readFileSync(join(guard.home, file), 'utf8'));
});

afterEach(() => {
  for (const [i, file] of files.entries()) writeFileSync(join(guard.home, file), before[i]!, { mode: 0o600 });
});

async function examine(
  ...words: readonly string[]
): Promise<{ inForce: boolean; findings: Finding[]; status: number | null }> {
  const { stdout, stderr, status } = await guard.guard('doctor', '--json', ...words);
  if (stdout === '') throw new Error(stderr);
  return { ...JSON.parse(stdout), status };
}

const faults = (findings: readonly Finding[]) => findings.filter(({ state }) => state === 'fault');

test('a fresh installation is in force, and each shell was asked', async () => {
  const { inForce, findings, status } = await examine();
  expect(faults(findings)).toEqual([]);
  expect({ inForce, status }).toEqual({ inForce: true, status: 0 });
  const says = findings.map(({ says }) => says).join('\n');
  for (const text of [
    'login bash',
    'interactive zsh',
    'non-interactive fish',
    'a canary (git push --force) was stopped',
  ])
    expect(says).toContain(text);
  // What doctor tried leaves neither a request nor a record.
  expect((await guard.guard('pending')).stdout).not.toContain('git push');
  expect((await guard.guard('log')).stdout).not.toContain('git push');
});

describe('protection that is not in force is found, with exit status 1', () => {
  test('a start-up file that sets PATH after guard', async () => {
    const rc = join(guard.home, '.bashrc');
    writeFileSync(
      rc,
      `${readFileSync(rc, 'utf8').replace(/^# guard[\s\S]*$/m, '')}\nexport PATH=/usr/bin:/bin\n`,
    );
    const { inForce, findings, status } = await examine();
    expect({ inForce, status }).toEqual({ inForce: false, status: 1 });
    expect(findings.filter(({ state, next }) => (state === 'fault' || state === 'warning') && !next)).toEqual(
      [],
    );
    expect(faults(findings)[0]?.says).toMatch(/interactive bash .*: the shims are not on PATH/);
  });

  test('a rule that is off, by the canary', async () => {
    writeFileSync(
      join(guard.home, '.config/guard/policy.yaml'),
      'rules:\n  git.push-force: { enabled: false }\n',
      { mode: 0o600 },
    );
    expect(faults((await examine()).findings).map(({ says }) => says)).toContainEqual(
      expect.stringContaining('was not stopped'),
    );
  });

  test('a policy that cannot be read', async () => {
    writeFileSync(join(guard.home, '.config/guard/policy.yaml'), 'rules: [\n', { mode: 0o600 });
    expect(faults((await examine()).findings).map(({ subject }) => subject)).toContain('policy');
  });

  test('a log that was changed', async () => {
    await guard.sh('git push --force origin main');
    await guard.sh('git push --force origin main');
    const path = join(guard.home, '.local/state/guard/audit/log.jsonl');
    const whole = readFileSync(path, 'utf8');
    writeFileSync(path, whole.replace('origin main', 'origin mine'));
    const { findings } = await examine();
    writeFileSync(path, whole);
    expect(faults(findings)).toMatchObject([
      { subject: 'audit log', next: expect.stringContaining('guard log verify') },
    ]);
  });

  test('a hook whose program is gone', async () => {
    mkdirSync(join(guard.home, 'bin'));
    writeFileSync(join(guard.home, 'bin/claude'), '#!/bin/sh\n', { mode: 0o755 });
    mkdirSync(join(guard.home, '.claude'));
    await guard.guard('hook', 'install', 'claude', '--yes');
    rmSync(join(guard.home, '.local/share/guard/guard-hook'));
    const { stdout } = await guard.run(
      process.execPath,
      [join(import.meta.dirname, '../../dist/cli.cjs'), 'doctor', '--json'],
      {
        env: { PATH: `${join(guard.home, 'bin')}:${guard.env['PATH']}` },
      },
    );
    expect(faults(JSON.parse(stdout).findings)).toMatchObject([
      {
        subject: "guard's own files",
        says: expect.stringContaining('guard-hook is not as guard left it: missing'),
      },
      { subject: 'hooks', next: expect.stringContaining('guard hook install claude') },
    ]);
  });
});

test("guard's own files that were changed, opened, given away or removed, each with its repair", async () => {
  const settings = join(guard.home, '.claude/settings.json');
  mkdirSync(join(guard.home, '.claude'), { recursive: true });
  await guard.guard('hook', 'install', 'claude', '--yes');
  writeFileSync(settings, '{}');
  chmodSync(join(guard.shims, 'git'), 0o775);
  rmSync(join(guard.home, '.local/share/guard/guard-hook'));
  const { findings, status } = await examine();
  expect(status).toBe(1);
  const own = faults(findings).filter(({ subject }) => subject === "guard's own files");
  expect(own.map(({ says, next }) => `${says.replace(/^.*\//, '')} → ${next}`)).toEqual([
    "settings.json is not as guard left it: without guard's hook → Run: guard hook install, or guard hook remove if you took it out yourself",
    'guard-hook is not as guard left it: missing → Run: guard hook install',
    'git is not as guard left it: writable by others → Run: guard shim install git',
  ]);
  await examine('--fix');
  await guard.guard('hook', 'install', 'claude', '--yes');
  expect(faults((await examine()).findings)).toEqual([]);
});

test('--fix repairs shims and modes, and loosens nothing', async () => {
  const shim = join(guard.shims, 'git');
  const whole = readFileSync(shim, 'utf8');
  writeFileSync(shim, `${whole}# changed\n`);
  rmSync(join(guard.shims, 'curl'));
  chmodSync(join(guard.home, '.config/guard'), 0o777);
  const { findings, inForce } = await examine('--fix');
  expect(findings.filter(({ subject }) => subject === 'repaired').length).toBeGreaterThanOrEqual(3);
  expect(inForce).toBe(true);
  expect(readFileSync(shim, 'utf8')).toBe(whole);
  expect(existsSync(join(guard.shims, 'curl'))).toBe(true);
});

test('credentials are named by place and reach, never by value', async () => {
  mkdirSync(join(guard.home, '.aws'));
  writeFileSync(join(guard.home, '.aws/credentials'), '[default]\naws_secret_access_key = hunter2Xq9\n');
  writeFileSync(
    join(guard.work, '.env.production'),
    'DATABASE_URL=postgres://app:hunter2Xq9@db/app\n# none\n',
  );
  writeFileSync(join(guard.work, '.env.example'), 'API_TOKEN=hunter2Xq9\n');
  const { stdout } = await guard.run(
    process.execPath,
    [join(import.meta.dirname, '../../dist/cli.cjs'), 'doctor'],
    {
      env: { RAILWAY_TOKEN: 'hunter2Xq9' },
    },
  );
  expect(stdout).not.toContain('hunter2Xq9');
  for (const text of [
    '~/.aws/credentials',
    '.env.production here: DATABASE_URL',
    'exported here: RAILWAY_TOKEN',
  ])
    expect(stdout).toContain(text);
  expect(stdout).not.toContain('.env.example');
});
