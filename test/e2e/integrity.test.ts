/** guard's own files, changed behind its back: the next judged command says so and records it, once. */

import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Installed, install } from '../support/installed.js';

let guard: Installed;
let settings: string;
let hook: string;

beforeAll(async () => {
  guard = install({ policy: 'rules: {}\n' });
  settings = join(guard.home, '.claude/settings.json');
  hook = join(dirname(guard.shims), 'guard-hook');
  mkdirSync(dirname(settings));
  expect((await guard.guard('init', '--yes', '--no-rc')).status).toBe(0);
});

/** As if half a minute had passed. */
function wait(): void {
  const sealed = join(guard.home, '.local/state/guard/audit/sealed');
  if (existsSync(sealed)) utimesSync(sealed, Date.now() / 1000 - 60, Date.now() / 1000 - 60);
}

/** What a harmless command says on stderr half a minute later. */
async function judged(): Promise<string> {
  wait();
  const { status, stderr } = await guard.sh('guard exec -- true');
  expect(status).toBe(0);
  return stderr;
}

const shim = (name: string) => join(guard.shims, name);

test('said in one line, recorded once, and gone when guard is installed again', async () => {
  expect(await judged()).toBe('');
  appendFileSync(shim('curl'), '#\n');
  chmodSync(shim('git'), 0o775);
  unlinkSync(hook);
  expect((await guard.sh('guard exec -- true')).stderr).toBe('');
  const said = await judged();
  expect(said.trim().split('\n')).toHaveLength(1);
  for (const part of ['guard-hook (missing)', 'shims/curl (changed)', 'shims/git (writable by others)'])
    expect(said).toContain(part);
  expect(await judged()).toBe('');
  const records = (await guard.guard('log', '--tamper', '--json')).stdout.trim().split('\n');
  expect(records).toHaveLength(1);
  expect(JSON.parse(records[0] ?? '')).toMatchObject({
    kind: 'tamper',
    tamper: [
      `guard.files ${hook}: missing`,
      `guard.files ${shim('curl')}: changed`,
      `guard.files ${shim('git')}: writable by others`,
    ],
  });
  expect((await guard.guard('log', 'verify')).status).toBe(0);
  await guard.guard('init', '--yes', '--no-rc');
  expect(await judged()).toBe('');
  expect(existsSync(join(guard.home, '.local/state/guard/mismatches.json'))).toBe(false);
});

test('what a person adds to the settings, and what guard itself writes and removes, is nobody’s attack', async () => {
  writeFileSync(settings, readFileSync(settings, 'utf8').replace('{', '{\n  "model": "opus",'));
  writeFileSync(join(guard.home, '.config/guard/policy.yaml'), 'rules: {}\n# changed\n');
  await guard.guard('shim', 'install', 'curl');
  expect(await judged()).toBe('');
});

test('the hook door looks too, and still answers', async () => {
  writeFileSync(settings, '{}');
  wait();
  const input = JSON.stringify({
    hook_event_name: 'PreToolUse',
    session_id: 's',
    cwd: guard.work,
    tool_name: 'Bash',
    tool_input: { command: 'git push' },
  });
  const { status, stdout, stderr } = await guard.run(hook, ['claude'], { input });
  expect([status, stdout]).toEqual([0, '']);
  expect(stderr).toContain(".claude/settings.json (without guard's hook)");
});
