/** The system's set-up in a scratch root: what it writes, and that taking it away leaves what was there. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { SYSTEM } from '../../src/approvals/system.js';
import { applySystem, isSystemSetUp, removeSystem } from '../../src/cli/system/apply.js';
import { planSystem, showSystem } from '../../src/cli/system/plan.js';
import { sudoersText } from '../../src/cli/system/sudoers.js';
import { dist } from '../support/installed.js';
import { scratchDirectory } from '../support/scratch.js';

let root: string;
const me = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const plan = (more: { policy?: string } = {}) =>
  planSystem({ root, ...me, dist, node: process.execPath, policy: more.policy });
const put = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

function tree(): Record<string, string> {
  const names = readdirSync(root, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    names.map(entry => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(root.length), entry.isFile() ? readFileSync(path, 'latin1') : 'directory'];
    }),
  );
}

beforeEach(() => {
  root = scratchDirectory();
});

test('set up twice and taken away, what was there is there, byte for byte', async () => {
  put('/etc/guard/policy.yaml', '# the company’s\nprotect: [db-1]   # keep\n');
  put('/etc/guard/rules/site.yaml', 'pack: site\nabout: x\nrules: []\n');
  put('/etc/sudoers.d/10-other', '# other\n');
  const before = tree();
  applySystem(await plan());
  const text = readFileSync(join(root, SYSTEM.config, 'policy.yaml'), 'utf8');
  expect(text).toMatch(/# the company’s\nprotect: \[ ?db-1 ?\] +# keep\npresence:\n {2}level: H1\n/);
  applySystem(await plan());
  expect(isSystemSetUp(root)).toBe(true);
  removeSystem(root, false);
  expect(tree()).toEqual(before);
  expect(() => removeSystem(root, false)).toThrow('is not set up');
  applySystem(await plan());
  removeSystem(root, false);
  expect(tree()).toEqual(before);
});

test('on an empty machine nothing is left', async () => {
  applySystem(await plan({ policy: 'rules: { git.clean: { enabled: false } }\n' }));
  expect(readFileSync(join(root, SYSTEM.config, 'policy.yaml'), 'utf8')).toBe(
    'rules: { git.clean: { enabled: false } }\npresence:\n  level: H1\n',
  );
  expect(statSync(join(root, SYSTEM.sudoers)).mode & 0o777).toBe(0o440);
  expect(statSync(join(root, SYSTEM.program)).mode & 0o777).toBe(0o755);
  removeSystem(root, false);
  expect(tree()).toEqual({});
});

test('the log may stay', async () => {
  applySystem(await plan());
  put(`${SYSTEM.log}/log.jsonl`, 'kept\n');
  removeSystem(root, true);
  expect(Object.keys(tree())).toEqual(['/var', '/var/log', '/var/log/guard', '/var/log/guard/log.jsonl']);
});

test('the program runs the copy, and the plan shows every word of sudo’s rules', async () => {
  const made = await plan();
  expect(made.program.text).toContain(`_gr='${SYSTEM.library}'`);
  for (const line of made.sudoers.text.trim().split('\n')) {
    expect(showSystem(made).some(shown => shown.trim() === line)).toBe(true);
  }
});

test('a program of that name that is not guard’s is left alone', async () => {
  put(SYSTEM.program, '#!/bin/sh\necho mine\n');
  await expect(plan()).rejects.toThrow("is not guard's");
});

test('visudo reads the rules, for several users', () => {
  const file = join(root, 'sudoers');
  writeFileSync(file, sudoersText([1000, 1001]), { mode: 0o440 });
  expect(execFileSync('/usr/sbin/visudo', ['-c', '-f', file], { encoding: 'utf8' })).toContain('parsed OK');
});
