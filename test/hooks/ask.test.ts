/** `agents.claude.confirm: ask`: the client's own prompt asks where it reaches a person, and nowhere else. */

import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { erase } from '../support/erase.js';
import { type Installed, install } from '../support/installed.js';
import { type Clones, divergedClones, git } from '../support/repository.js';

const POLICY = `agents: { claude: { confirm: ask }, gemini: { confirm: ask } }
rules: { git.stash-drop: { decision: deny } }
`;

let guard: Installed;
let clones: Clones;

beforeAll(async () => {
  guard = install({ policy: POLICY });
  await guard.guard('hook', 'install', 'claude', 'gemini', '--yes');
});

beforeEach(() => {
  erase(join(guard.home, '.local/state/guard'));
  clones = divergedClones(mkdtempSync(join(guard.work, 'git-')));
});

const ATTENDED = { CLAUDECODE: '1', CLAUDE_CODE_SESSION_ATTENDED: '1', CLAUDE_CODE_ENTRYPOINT: 'cli' };
const PUSH = 'git push -q --force origin main';

interface Call {
  readonly mode?: string;
  readonly client?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Calls the hook as this process were the client. */
function hook(command: string, { mode = 'default', client = 'claude', env = {} }: Call = {}) {
  const event = {
    session_id: 's',
    cwd: clones.local,
    permission_mode: mode,
    hook_event_name: 'PreToolUse',
    tool_name: client === 'gemini' ? 'run_shell_command' : 'Bash',
    tool_input: { command },
  };
  const front = join(guard.home, '.local/share/guard/guard-hook');
  return guard.run(front, [client], { input: JSON.stringify(event), env: { ...ATTENDED, ...env } });
}

const run = (command: string) => guard.sh(command, { cwd: clones.local, env: ATTENDED });

/** The record's reasons, oldest first. */
async function reasons(): Promise<readonly string[]> {
  const { stdout } = await guard.guard('log', '--json');
  const records: readonly { readonly door: string; readonly reason?: string }[] = JSON.parse(
    stdout.trim().startsWith('[') ? stdout : `[${stdout.trim().split('\n').join(',')}]`,
  );
  return records.flatMap(({ door, reason }) => (reason === undefined ? [] : [`${door}: ${reason}`]));
}

test('the client asks, and what its user let run is not asked about at the shim, once', async () => {
  const asked = await hook(`true && ${PUSH}`);
  expect(asked.status).toBe(0);
  const output = JSON.parse(asked.stdout);
  expect(output).toEqual({
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: 'ask',
      permissionDecisionReason: expect.stringMatching(/git push -q --force[\s\S]*git\.push-force[\s\S]*main/),
    },
  });
  expect(await guard.guard('pending', '--json')).toMatchObject({ stdout: expect.stringMatching(/^\[\]/) });
  expect(await run(`true && ${PUSH}`)).toMatchObject({ status: 0, stdout: '' });
  expect(git(clones.remote, 'rev-parse', 'main')).toBe(clones.ours);
  expect((await run(PUSH)).status).toBe(126);
  expect(await reasons()).toEqual(
    expect.arrayContaining([
      'hook: left to the prompt of Claude Code',
      "shim: approved in the client's own prompt",
    ]),
  );
});

test('after a no the words get nothing: the next call withdraws what was never used', async () => {
  expect((await hook(PUSH)).stdout).toMatch(/"ask"/);
  expect((await hook('python3 -c 1')).status).toBe(0);
  expect((await run(PUSH)).status).toBe(126);
  expect(readdirSync(join(guard.home, '.local/state/guard/requests/nested'))).toEqual([]);
});

test.each<[string, string, Call]>([
  ['headless', PUSH, { env: { CLAUDE_CODE_SESSION_ATTENDED: '0' } }],
  ['driven by a program', PUSH, { env: { CLAUDE_CODE_ENTRYPOINT: 'sdk-ts' } }],
  ['permissions bypassed', PUSH, { mode: 'bypassPermissions' }],
  ['a mode in which nobody is asked', PUSH, { mode: 'dontAsk' }],
  ['a mode that guard does not know', PUSH, { mode: 'later' }],
  ['called by Copilot', PUSH, { env: { COPILOT_CLI: '1' } }],
  ['another client', PUSH, { client: 'gemini' }],
  ['forbidden', 'git stash drop', {}],
  ['what switches hooks off', `echo '{"disableAllHooks":true}' > .claude/settings.local.json`, {}],
  ['what goes around guard', `PATH=/usr/bin ${PUSH}`, {}],
])('refused as ever: %s', async (_name, command, call) => {
  const refused = await hook(command, call);
  expect(refused.status).toBe(2);
  expect(refused.stdout).not.toMatch(/"ask"/);
  expect((await run(PUSH)).status).toBe(126);
});

test('a level above H0 is not what a client proves', async () => {
  writeFileSync(join(guard.home, '.config/guard/policy.yaml'), `${POLICY}presence: { level: H1 }\n`);
  expect((await hook(PUSH)).status).toBe(2);
});

test("a project's file does not switch it on", async () => {
  writeFileSync(join(guard.home, '.config/guard/policy.yaml'), '{}\n');
  writeFileSync(join(clones.local, '.guard.yaml'), 'agents: { claude: { confirm: ask } }\n');
  expect(await hook(PUSH)).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/gives claude more leave/),
  });
  writeFileSync(join(guard.home, '.config/guard/policy.yaml'), POLICY);
});

test('hook list and doctor say for whom it has no effect', async () => {
  const listed = await guard.guard('hook', 'list');
  expect(listed.stdout).toMatch(/agents\.gemini\.confirm: ask has no effect/);
  expect(listed.stdout).not.toMatch(/agents\.claude\.confirm: ask has no effect/);
  expect((await guard.guard('doctor')).stdout).toMatch(/agents\.gemini\.confirm: ask has no effect/);
});
