/** One command, one decision: what a person approved at the hook runs at the shims inside, once, and nothing else does. */

import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { NestedGrants } from '../../src/approvals/nested.js';
import { erase } from '../support/erase.js';
import { type Installed, install } from '../support/installed.js';
import { type Clones, divergedClones, git } from '../support/repository.js';
import { NODE_IS_A_TERMINAL, terminal } from '../support/terminal.js';

let guard: Installed;
let clones: Clones;

beforeAll(async () => {
  guard = install({ policy: NODE_IS_A_TERMINAL });
  await guard.guard('hook', 'install', 'claude', '--yes');
});

beforeEach(() => {
  erase(join(guard.home, '.local/state/guard'));
  clones = divergedClones(mkdtempSync(join(guard.work, 'git-')));
});

const AGENT = { CLAUDECODE: '1' };

/** Calls the hook as this process were the agent's client: it is what both the hook and the command run below. */
function hook(command: string, cwd = clones.local) {
  const event = { session_id: 's', cwd, tool_name: 'Bash', tool_input: { command } };
  const front = join(guard.home, '.local/share/guard/guard-hook');
  return guard.run(front, ['claude'], { input: JSON.stringify(event), env: AGENT });
}

const run = (command: string, cwd = clones.local) => guard.sh(command, { cwd, env: AGENT });

async function approved(command: string): Promise<void> {
  const refused = await hook(command);
  expect(refused.status).toBe(2);
  const id = /guard approve (\w{4})/.exec(refused.stderr)?.[1];
  const shell = terminal(guard, `guard approve ${id}`);
  const [, answer = ''] = await shell.until(/Type (\S+) to go on/);
  shell.type(`${answer}\r`);
  await shell.until(/Approved/);
  // On stderr stands what was saved first.
  expect(await hook(command)).toMatchObject({ status: 0, stdout: '' });
}

const PUSH = 'git push -q --force origin main';

test('the retry passes, the push inside is not asked about, and neither is so a second time', async () => {
  await approved(`true && ${PUSH}`);
  expect(await run(`true && ${PUSH}`)).toMatchObject({ status: 0, stdout: '' });
  expect(git(clones.remote, 'rev-parse', 'main')).toBe(clones.ours);
  expect((await run(`true && ${PUSH}`)).status).toBe(126);
  expect((await hook(`true && ${PUSH}`)).status).toBe(2);
});

test('a variable that the script sets is part of what was approved', async () => {
  await approved(`GIT_SSH_COMMAND=ssh ${PUSH}`);
  expect((await run(`GIT_SSH_COMMAND=other ${PUSH}`)).status).toBe(126);
  expect((await run(`GIT_SSH_COMMAND=ssh ${PUSH}`)).status).toBe(0);
});

test('other words, another directory and another client get nothing of it', async () => {
  await approved(PUSH);
  const other = divergedClones(mkdtempSync(join(guard.work, 'git-')));
  expect((await run(`${PUSH}:other`)).status).toBe(126);
  expect((await run(PUSH, other.local)).status).toBe(126);
  // A process that is no longer below the client.
  await run(`( sleep 0.5; ${PUSH}; echo $? >done ) </dev/null >/dev/null 2>&1 &`);
  const done = join(clones.local, 'done');
  await expect.poll(() => existsSync(done) && readFileSync(done, 'utf8'), { timeout: 60_000 }).toBe('126\n');
  expect((await run(PUSH)).status).toBe(0);
});

test('eight at once: one gets it', async () => {
  await approved(PUSH);
  const ends = await Promise.all(Array.from({ length: 8 }, () => run(PUSH)));
  expect(ends.filter(({ status }) => status !== 126)).toHaveLength(1);
});

test('what is not used in its time is over', () => {
  const directory = mkdtempSync(join(guard.work, 'nested-'));
  let now = { wall: 1000, up: 500 };
  const grants = new NestedGrants(
    directory,
    () => true,
    () => now,
  );
  const owner = { pid: 7, started: '1' };
  const command = { subject: 's', bare: 'b', environment: {}, assigned: {}, stdin: undefined };
  grants.give(owner, [command], 1000);
  now = { wall: 2001, up: 1501 };
  expect(grants.take([owner], [command])).toBe(undefined);
  // The clock set back gives no more time.
  now = { wall: 1000, up: 1501 };
  expect(grants.take([owner], [command])).toBe(undefined);
  now = { wall: 1999, up: 1499 };
  expect(grants.take([{ ...owner, started: '2' }], [command])).toBe(undefined);
  expect(grants.take([owner], [{ ...command, bare: 'other' }])).toBe(undefined);
  expect(grants.take([owner], [command])).toBe('approved');
  expect(grants.take([owner], [command])).toBe(undefined);
});
