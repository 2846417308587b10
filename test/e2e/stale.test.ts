/** An installed guard whose policy is edited by hand, or of which parts are gone: harmless commands run, the rest is judged or refused. */

import { chmodSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Installed, install } from '../support/installed.js';
import { git } from '../support/repository.js';

const installed = (policy?: string) => {
  const guard = install(policy === undefined ? {} : { policy });
  git(guard.work, 'init', '-q');
  return guard;
};

const shim = (guard: Installed) => join(guard.shims, 'git');
const logged = (guard: Installed) =>
  readFileSync(join(guard.home, '.local/state/guard/audit/allowed'), 'utf8').match(/ git .*/g) ?? [];

const RULE = `pack: mine
about: Rules of my own.
rules:
  - id: mine.status
    decision: confirm
    when: [{ command: git status }]
    reason: For this test.
    examples: { match: [git status], not_match: [git log] }
`;

test('a rule that is written by hand is in force at once, and then in the shims', async () => {
  const guard = installed();
  expect(await guard.sh('git status')).toMatchObject({ status: 0 });
  expect(logged(guard)).toEqual([' git status']);
  const before = readFileSync(shim(guard), 'utf8');
  writeFileSync(join(guard.home, '.config/guard/rules/mine.yaml'), RULE, { mode: 0o600 });
  expect(await guard.sh('git status')).toMatchObject({ status: 126 });
  expect(readFileSync(shim(guard), 'utf8')).not.toBe(before);
  // Compiled again: what the rule does not name passes by itself, what it names is judged.
  expect(await guard.sh('git branch; git status')).toMatchObject({ status: 126 });
  expect(logged(guard)).toEqual([' git status', ' git branch']);
  rmSync(join(guard.home, '.config/guard/rules/mine.yaml'));
  expect(await guard.sh('git status; git status')).toMatchObject({ status: 0 });
  expect(logged(guard).at(-1)).toBe(' git status');
  const table = await guard.guard('log', 'allowed', '--since', '1h');
  expect(table.stdout).toMatch(/git status +2 +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/);
  const lines = await guard.guard('log', 'allowed', '--json');
  expect(JSON.parse(lines.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
    program: 'git',
    word: 'status',
  });
});

test('a change by guard itself is in the shims when the command ends', async () => {
  const guard = installed();
  const time = () => statSync(join(guard.shims, '.guard-shims')).mtimeMs;
  const before = time();
  expect(await guard.guard('protect', 'add', 'vol-1')).toMatchObject({ status: 0 });
  expect(time()).toBeGreaterThan(before);
  expect(await guard.sh('git status')).toMatchObject({ status: 0 });
  expect(logged(guard)).toEqual([' git status']);
});

test.each([
  ['count', /^- git$/m],
  ['off', undefined],
])('audit.allowed: %s', async (allowed, line) => {
  const guard = installed(`audit: { allowed: ${allowed} }\n`);
  expect(await guard.sh('git status')).toMatchObject({ status: 0, stderr: '' });
  const file = join(guard.home, '.local/state/guard/audit/allowed');
  if (line) expect(readFileSync(file, 'utf8')).toMatch(line);
  else expect(statSync(file, { throwIfNoEntry: false })).toBe(undefined);
});

describe('where a part is gone', () => {
  const guard = installed();

  const runs = async (guard: Installed) => {
    expect(await guard.sh('git status --short; git --version')).toMatchObject({ status: 0, stderr: '' });
  };
  const refuses = async (guard: Installed, repair: RegExp) => {
    const pushed = await guard.sh('git push --force origin main');
    expect(pushed.status).toBeGreaterThanOrEqual(125);
    expect(pushed.status).toBeLessThanOrEqual(126);
    expect(pushed.stderr).toMatch(repair);
  };

  test('the judge, its node, and the shims read-only', async () => {
    const text = readFileSync(shim(guard), 'utf8');
    for (const [from, to] of [
      [/^_gj=.*/m, "_gj='/gone/judge.cjs'"],
      [/^_gn=.*/m, "_gn='/gone/node'"],
    ] as const) {
      chmodSync(guard.shims, 0o700);
      writeFileSync(shim(guard), text.replace(from, to));
      chmodSync(guard.shims, 0o500);
      await runs(guard);
      await refuses(guard, /npm run setup/);
    }
    chmodSync(guard.shims, 0o700);
    writeFileSync(shim(guard), text);
  });

  test('the policy: guard’s own rules stay in force', async () => {
    renameSync(join(guard.home, '.config'), join(guard.home, 'away'));
    await runs(guard);
    await refuses(guard, /git\.push-force/);
    renameSync(join(guard.home, 'away'), join(guard.home, '.config'));
  });

  test('the state: what is stopped stays stopped', async () => {
    renameSync(join(guard.home, '.local/state'), join(guard.home, '.local/away'));
    writeFileSync(join(guard.home, '.local/state'), '');
    await runs(guard);
    await refuses(guard, /guard/);
  });
});
