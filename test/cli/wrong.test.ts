/** Command lines of guard's own that are wrong: what a person reads, and the exit status that scripts see. */

import { beforeAll, expect, test } from 'vitest';
import { type Installed, install } from '../support/installed.js';

let guard: Installed;
beforeAll(() => {
  guard = install();
});

/** The words, the exit status, what is said of them, and the next step. */
test.each([
  ['chek', 2, "guard: unknown command 'chek'\n  Did you mean check?\n  See `guard --help`.\n"],
  ['rule lst', 2, "guard: unknown command 'lst'\n  Did you mean list?\n  See `guard rule --help`.\n"],
  [
    'scan --srif .',
    2,
    "guard: unknown option '--srif'\n  Did you mean --sarif?\n  See `guard scan --help`.\n",
  ],
  ['scan nowhere', 2, 'guard: there is no nowhere\n  Name files or folders that exist.\n'],
  ['exec', 2, 'guard: say what to run: either -c SCRIPT or -- COMMAND ARGS…\n  See `guard exec --help`.\n'],
  ['rule show git.push-forse', 2, 'guard: there is no rule git.push-forse\n  Did you mean git.push-force?\n'],
  ['undo 7F3KQ', 2, 'guard: there is no snapshot 7F3KQ\n  See `guard undo` for those that there are.\n'],
  [
    'shim install nosuch',
    2,
    'guard: there is no program nosuch on PATH here; no shim was written\n  Install it first, or go where it is on PATH; then: guard shim install nosuch\n',
  ],
  [
    'shim install a/b',
    2,
    'guard: "a/b" is no name for a shim\n  Give the name of a program as it is typed: guard shim install terraform\n',
  ],
  ['shim remove nosuch', 2, 'guard: there is no shim for nosuch\n  See which there are: guard shim list\n'],
  [
    'rule add mytool --reason x --unless taget=a',
    2,
    'guard: there is no key taget of conditions\n  Keys: action, resource, target, host, extent, environment, with, env. Anything without = is a command pattern.\n',
  ],
  [
    'rule add mytool --reason x --id Mine',
    2,
    'guard: "Mine" is no id of a rule\n  Give lower case words joined by . or -, like git.push-force.\n',
  ],
  [
    'rule add mytool --reason x --example other',
    2,
    'guard: the rule does not prove itself; nothing was written\n  - user.mytool: does not match, as written, alone: other\n  - user.mytool: does not match, as written, with all packs: other\n  - user.mytool: does not match, behind sh -c, alone: sh -c other\n  - user.mytool: does not match, behind sh -c, with all packs: sh -c other\n  - user.mytool: does not match, behind sudo, alone: sudo other\n  - user.mytool: does not match, behind sudo, with all packs: sudo other\n  See how guard reads a command: guard check --explain -c "…"\n',
  ],
])('guard %s ends with %i and says the next step', async (line, status, text) => {
  const ended = await guard.guard(...line.split(' '));
  expect(ended.stderr).toBe(text);
  expect(ended.status).toBe(status);
});

test('guard help goes as deep as commands do', async () => {
  const ended = await guard.guard('help', 'rule', 'add');
  expect(ended.stdout).toMatch(/^Usage: guard rule add /);
  expect(ended.status).toBe(0);
});

test('guard hook run --help is help, though the command itself answers a client', async () => {
  const ended = await guard.run('guard', ['hook', 'run', '--help']);
  expect(ended).toMatchObject({ status: 0, stderr: '' });
  expect(ended.stdout).toContain('answer one event on standard input');
});
