/** `guard hook`: what it writes into clients' settings, and that taking it out again leaves every byte as it was. */

import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { applyInstalls, applyRemovals, planInstall, planRemoval } from '../../src/cli/hooks/change.js';
import { elementsAt, withElement, withoutElements } from '../../src/cli/hooks/json-edit.js';
import { hookCommand } from '../../src/hooks/front.js';
import { adapters } from '../../src/hooks/index.js';
import { loadJsonc } from '../../src/jsonc.js';
import { type Installed, install } from '../support/installed.js';
import { scratchDirectory } from '../support/scratch.js';
import { NODE_IS_A_TERMINAL, terminal } from '../support/terminal.js';

beforeAll(loadJsonc);

function home(): string {
  return scratchDirectory();
}

/** Every file below a directory with its text. */
function treeOf(directory: string): Record<string, string> {
  const names = readdirSync(directory, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    names
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .sort()
      .map(file => [file.slice(directory.length), readFileSync(file, 'latin1')]),
  );
}

const settings = [
  ['none', undefined],
  ['empty', ''],
  ['an empty object', '{}'],
  ['compact', '{"permissions":{"allow":["Bash(ls)"]}}'],
  ['tabs, CRLF, no newline at the end', '{\r\n\t"a": [1,\t2]\r\n}'],
  [
    'comments and trailing commas',
    '{\n  // mine\n  "a": 1, /* x */\n  "hooks": { "Stop": [], }, // done\n}\n',
  ],
  [
    'foreign hooks',
    '{"hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[{"type":"command","command":"mine"}]}]},"z":0}\n',
  ],
  ['é, 日本', '{ "name": "é 日本" }\n'],
] as const;

describe.each(adapters.map(adapter => [adapter.name, adapter] as const))('%s', (name, adapter) => {
  test.each(settings)('install and remove, twice in any order: %s', async (_title, before) => {
    const directory = home();
    const user = adapter.user({}, directory);
    const records = join(directory, 'records.json');
    // A file that is guard's alone replaces none.
    const isOwn = user.wiring.kind === 'file';
    if (before !== undefined && !isOwn) {
      mkdirSync(dirname(user.file), { recursive: true });
      writeFileSync(user.file, before);
    }
    const untouched = treeOf(directory);
    const command = hookCommand('/home/u/.local/share/guard/guard-hook', name);
    const put = async () => applyInstalls([await planInstall(name, user, command)], records);
    const take = async () => {
      const change = await planRemoval(name, user, records);
      if (change) applyRemovals([change], records);
    };
    await put();
    const once = treeOf(directory);
    await put();
    expect(treeOf(directory)).toEqual(once);
    expect(readFileSync(user.file, 'utf8')).toContain('guard-hook');
    await take();
    expect(treeOf(directory)).toEqual(untouched);
    await take();
    expect(treeOf(directory)).toEqual(untouched);
    await put();
    await put();
    await take();
    expect(treeOf(directory)).toEqual(untouched);
  });

  test('what a person changed meanwhile stays, and only the hook goes', async () => {
    const directory = home();
    const user = adapter.user({}, directory);
    if (user.wiring.kind !== 'entries') return;
    const records = join(directory, 'records.json');
    mkdirSync(dirname(user.file), { recursive: true });
    writeFileSync(user.file, '{\n  "a": 1 // one\n}\n');
    applyInstalls([await planInstall(name, user, hookCommand('/x/guard-hook', name))], records);
    writeFileSync(user.file, readFileSync(user.file, 'utf8').replace('"a": 1', '"a": 2, "b": 3'));
    const change = await planRemoval(name, user, records);
    applyRemovals(change ? [change] : [], records);
    const left = readFileSync(user.file, 'utf8');
    expect(left).toContain('"a": 2, "b": 3');
    expect(left).toContain('// one');
    expect(left).not.toContain('guard');
  });

  test('the system settings, below another root', async () => {
    const root = home();
    const system = adapter.system(root);
    if (!system) return;
    const records = join(root, 'records.json');
    const change = await planInstall(name, system, hookCommand('/etc/guard/guard-hook', name));
    applyInstalls([change], records);
    expect(readFileSync(system.file, 'utf8')).toContain(`/etc/guard/guard-hook ${name} || exit 2`);
    const back = await planRemoval(name, system, records);
    applyRemovals(back ? [back] : [], records);
    expect(treeOf(root)).toEqual({});
  });
});

test('a settings file that is a link stays one', async () => {
  const directory = home();
  const user = adapters[0]!.user({}, directory);
  const dotfile = join(directory, 'dotfiles.json');
  writeFileSync(dotfile, '{"a":1}');
  mkdirSync(dirname(user.file));
  symlinkSync(dotfile, user.file);
  const records = join(directory, 'records.json');
  applyInstalls([await planInstall('claude', user, hookCommand('/x/guard-hook', 'claude'))], records);
  expect(readFileSync(dotfile, 'utf8')).toContain('guard-hook');
  const change = await planRemoval('claude', user, records);
  applyRemovals(change ? [change] : [], records);
  expect(readFileSync(dotfile, 'utf8')).toBe('{"a":1}');
});

test.each([
  ['{ "a": 1,, }', 'is no JSON', ':1:10'],
  ['[]', 'is no JSON object', ':1:1'],
  ['{\n  "hooks": []\n}', 'hooks is no object', ':2:12'],
  ['{"hooks":{"PreToolUse":{}}}', 'hooks.PreToolUse is no list', ':1:24'],
])('%s is left as it is, and the place is told', async (text, why, at) => {
  const directory = home();
  const user = adapters[0]!.user({}, directory);
  mkdirSync(dirname(user.file));
  writeFileSync(user.file, text);
  const plan = planInstall('claude', user, hookCommand('/x/guard-hook', 'claude'));
  const fault = await plan.catch((one: unknown) => one);
  expect(fault).toMatchObject({ code: 'bad-settings', hint: 'Correct it, and run the command again.' });
  expect(String(fault)).toContain(why);
  expect(`${JSON.stringify(fault)}`).toContain(JSON.stringify(user.file).slice(1, -1));
  const { line, column } = (fault as { at: { line: number; column: number } }).at;
  expect(`:${line}:${column}`).toBe(at);
});

describe('JSON with comments', () => {
  const isMine = (value: unknown) => value === 'mine';

  test.each([
    ['{"l":["mine"]}', '{}'],
    ['{"l":["a", "mine"]}', '{"l":["a"]}'],
    ['{"l":["mine", "a"]}', '{"l":["a"]}'],
    ['{"l":["mine","mine"]}', '{}'],
    ['{ "a": 1, /* b */ "l": ["mine"] }', '{ "a": 1 /* b */ }'],
    ['{"x":"mine"}', '{"x":"mine"}'],
  ])('takes out of %s', (text, left) => {
    expect(withoutElements(text, ['l'], isMine)).toBe(left);
  });

  test('finds what stands in the lists of elements too', () => {
    expect(elementsAt('{"l":[{"hooks":["a"]},"b"]}', ['l'])).toEqual([{ hooks: ['a'] }, 'a', 'b']);
  });

  test('puts in behind a comment of the last line', () => {
    const text = '{\n  "l": [\n    1 // one\n  ]\n}';
    expect(withElement(text, ['l'], 2)).toBe('{\n  "l": [\n    1, // one\n    2\n  ]\n}');
  });
});

describe('the command', () => {
  let guard: Installed;
  beforeAll(() => {
    guard = install();
  });

  test('installs for whom it is told, lists, and asks a person before it removes', async () => {
    const done = await guard.guard('hook', 'install', 'claude', 'gemini', '--yes');
    expect(done.stdout).toContain('create   ~/.claude/settings.json (claude)');
    expect(done.status).toBe(0);
    const listed = JSON.parse((await guard.guard('hook', 'list', '--json')).stdout);
    const states = Object.fromEntries(
      listed.map(({ client, state }: { client: string; state: string }) => [client, state]),
    );
    expect(states).toMatchObject({ claude: 'firing', gemini: 'firing', codex: 'absent', opencode: 'absent' });
    const removed = await guard.guard('hook', 'remove', 'claude');
    expect(removed.status).toBe(126);
    expect(removed.stderr).toContain('a person must confirm this at a terminal');
    expect(readFileSync(join(guard.home, '.claude/settings.json'), 'utf8')).toContain('guard-hook');
  });

  test('says where a repository switched the hooks off', async () => {
    mkdirSync(join(guard.work, '.claude'));
    writeFileSync(join(guard.work, '.claude/settings.local.json'), '{"disableAllHooks":true}');
    const { stdout } = await guard.guard('hook', 'list', '--json');
    const [claude] = JSON.parse(stdout);
    expect(claude).toMatchObject({ state: 'not-firing' });
    expect(claude.why).toContain('.claude/settings.local.json');
  });

  test('what it writes answers', async () => {
    const event = { cwd: guard.work, tool_name: 'Bash', tool_input: { command: 'rm -rf ~' } };
    const front = join(guard.home, '.local/share/guard/guard-hook');
    const answer = await guard.run(front, ['claude'], { input: JSON.stringify(event) });
    expect(answer.status).toBe(2);
    const same = await guard.run(join(guard.shims, 'guard'), ['hook', 'run', 'claude'], {
      input: JSON.stringify(event),
    });
    // What would be lost is counted anew each time, and the log in HOME grew.
    const settled = (text: string) => text.replace(/would be lost: [^\n"\\]*/g, '');
    expect({ ...same, stdout: settled(same.stdout), stderr: settled(same.stderr) }).toEqual({
      ...answer,
      stdout: settled(answer.stdout),
      stderr: settled(answer.stderr),
    });
  });
});

test('guard init puts hooks into the clients it finds, and guard uninstall leaves their settings as they were', async () => {
  const guard = install({ policy: NODE_IS_A_TERMINAL });
  const before = '{ "model": "opus" } // mine\n';
  const file = join(guard.home, '.claude/settings.json');
  mkdirSync(dirname(file));
  writeFileSync(file, before);
  const done = await guard.guard('init', '--yes', '--no-rc');
  expect(done.stdout).toContain('change   ~/.claude/settings.json (claude)');
  expect(readFileSync(file, 'utf8')).toContain('guard-hook claude || exit 2');
  const shell = terminal(guard, 'guard uninstall --yes --keep-log');
  await shell.until(/Type yes to go on/);
  shell.type('yes\r');
  await shell.until(/guard is gone/);
  expect(readFileSync(file, 'utf8')).toBe(before);
});
