/** The front program's quick way, in each shell that is here: never for what it did not read (sound: plain/scripts-soundness.test.ts). */

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inspectors } from '../../src/effects/inspectors/index.js';
import { frontText } from '../../src/hooks/front.js';
import { EVERYDAY } from '../../src/hooks/quick.js';
import { grammarOf } from '../../src/invocation/lookup.js';
import { plainProgram } from '../../src/plain/derive.js';
import { RuleFacts } from '../../src/plain/rules.js';
import { builtinPolicy } from '../support/policy.js';
import { scratchDirectory } from '../support/scratch.js';

const home = scratchDirectory();
const repo = join(home, 'repo');
mkdirSync(join(repo, '.git'), { recursive: true });

const rules = new RuleFacts(builtinPolicy().rules);
const programs = EVERYDAY.map(name => ({
  name,
  plain: plainProgram(name, grammarOf(name), inspectors, rules),
}));

// In the place of node: says that it was asked, and repeats the event that it got.
const node = join(home, 'node');
writeFileSync(node, '#!/bin/sh\ncat\nexit 2\n', { mode: 0o755 });
const policyFile = join(home, 'policy.yaml');

function frontFor(interpreter: string): string {
  const script = join(home, `front-${interpreter.replaceAll(/\W/g, '_')}`);
  const quick = { programs, home, sources: [policyFile], script };
  writeFileSync(script, frontText({ interpreter, node, judge: node, pin: '', quick }));
  chmodSync(script, 0o755);
  return script;
}

const shells = ['/bin/dash', '/bin/bash -p', '/bin/busybox sh', '/usr/bin/mksh', '/usr/bin/ksh'].filter(
  shell => existsSync(shell.split(' ')[0]!),
);
const front = frontFor('/bin/sh');
const ENV = { HOME: home, PATH: '/usr/bin:/bin' };

function call(input: string, script = front, words = ['claude'], env: NodeJS.ProcessEnv = ENV) {
  const { status, stdout } = spawnSync(script, words, { input, env, encoding: 'utf8' });
  return status === 0 ? 'quick' : stdout;
}

const event = (command: string, more = {}) =>
  JSON.stringify({
    session_id: 's',
    cwd: repo,
    hook_event_name: 'PreToolUse',
    tool_name: 'Bash',
    tool_input: { command, ...more },
  });

const everyday = [
  'ls -la',
  'git status --short',
  'git log --oneline -5 | head -3',
  'ls 2>&1 | wc -l',
  'pwd && ls src',
  'git diff > /dev/null',
  'git commit -m "fix: what it says"',
  "git log --grep 'a; b' | head -3 && echo done",
  'grep -rn "a|b" src 2>/dev/null | wc -l',
  'grep -n "it\'s (x)" x',
  'ls a; pwd;ls',
  'git commit -m "x; rm y"; git log',
  "sed -n '1,40p' src/a.ts; nl -ba x | sed -n 5p",
  `echo 'say "ls"' "and 'ls'"`,
];

describe.each(shells)('%s', shell => {
  const script = frontFor(shell);

  test.each(everyday.filter(command => !command.includes('> ')))('answers %s by itself', command => {
    expect(call(`${event(command)}\n`, script)).toBe('quick');
    expect(call(event(command), script)).toBe('quick');
  });

  test.each([
    'git push --force',
    'rm -rf x',
    'ls; rm -rf x',
    'ls && git push -f',
    'ls | sh',
    'ls > x',
    'ls >> x',
    'ls &',
    'git -c alias.x=y x',
    'A=1 ls',
    './ls',
    '/bin/ls',
    'ls $(rm x)',
    'ls `rm x`',
    'ls \n rm x',
    'ls #',
    "ls 'a",
    'ls "$x"',
    'ls "`rm x`"',
    'ls "a\\nb"',
    "ls ''",
    'ls "a"&&rm x',
    'ls "a";rm x',
    'ls "a">x',
    'ls ">"x',
    'ls 2">&1"',
    `ls "&"'&' pwd`,
    'find "a" ";" ls -delete',
    'git "push" -f',
    "git 'push' '--force'",
    'git "pu"sh -f',
    '"git" push -f',
    "ls 'a' {b,c}",
    "ls '{b,c}'",
    "ls ']'",
    "ls 'a' $(rm x)",
    "ls 'a' *",
    `ls ${'"a" '.repeat(300)}`,
    'ls {a,b}',
    'ls *',
    'ls ~',
    '',
    ' ',
    ';',
    'ls &&',
    '&& ls',
    'ls;;rm',
    'ls; rm x',
    'ls;rm x',
    'ls "a"; rm x',
    'ls;"rm" x',
    'ls "a";;ls',
    ';ls',
    'ls &&; pwd',
    "sed -n '1,5w x' y",
    'sed -n 1,5p -i x',
    'sed -ni 1p x',
    'sed 1d --in-pl x',
    'gi"t push -f"',
    'git\tpush',
  ])('leaves %j to the judge, with the whole event', command => {
    const input = `${event(command)}\n`;
    // Behind a command that is not finished nothing runs, and so it may pass.
    if (command === 'ls &&') return;
    expect(call(input, script)).toBe(input);
  });
});

describe('what it did not read', () => {
  const plain = event('ls');

  test.each([
    [
      'an edit whose text looks like a command',
      JSON.stringify({
        cwd: repo,
        tool_name: 'Write',
        tool_input: { file_path: 'a', content: '"tool_name":"Bash","command":"ls"' },
      }),
    ],
    [
      'an edit with a command beside it',
      JSON.stringify({ cwd: repo, tool_name: 'Edit', tool_input: { file_path: 'a', command: 'ls' } }),
    ],
    ['two commands', plain.replace('"command":"ls"', '"command":"ls","command":"rm -rf x"')],
    ['a command that is a list', plain.replace('"command":"ls"', '"command":["rm"],"x":{"command":"ls"}')],
    [
      'a command that is nothing',
      plain.replace('"command":"ls"', '"command":null,"cmd":"ls","x":{"command":"rm"}'),
    ],
    ['escapes', plain.replace('ls', '\\u006cs')],
    ['another directory', event('ls', { workdir: 'sub' })],
    ['two directories', plain.replace('"cwd"', '"cwd":"/","cwd"')],
    ['no directory', plain.replace('"cwd"', '"nowhere"')],
    ['two tools', plain.replace('"tool_name"', '"tool_name":"Write","tool_name"')],
    ['a second line', `${plain}\n{"more":1}`],
    ['a first line that is not all', `${plain.slice(0, -2)}\n},"tool_input":{"command":"rm -rf x"}}`],
    ['half an event', plain.slice(0, 40)],
    ['nothing', ''],
  ])('%s', (_title, input) => {
    expect(call(input)).toBe(input === '' || input.endsWith('\n') ? input : `${input}\n`);
  });

  test('edits by the settings are never read', () => {
    const env = { ...ENV, _j: 'x' };
    expect(call(plain, front, ['claude', 'edits'], env)).toBe(plain);
  });

  test('a long event', () => {
    const long = event(`ls ${'ä'.repeat(200_000)}`);
    expect(call(long)).toBe(`${long}\n`);
  });

  test("a project's own rules", () => {
    mkdirSync(join(home, 'ruled/sub'), { recursive: true });
    writeFileSync(join(home, 'ruled/.guard.yaml'), '');
    const inside = plain.replace(repo, join(home, 'ruled/sub'));
    expect(call(inside)).toBe(`${inside}\n`);
  });

  test('a policy that is newer than the script', () => {
    expect(call(plain)).toBe('quick');
    writeFileSync(policyFile, '');
    spawnSync('touch', ['-d', '+1 hour', policyFile]);
    expect(call(plain)).toBe(`${plain}\n`);
    rmSync(policyFile);
  });

  test('a variable that changes what a program does', () => {
    const variable = programs.flatMap(({ plain }) => plain.environment.map(({ name }) => name))[0] ?? '';
    expect(call(event('git status'), front, ['claude'], { ...ENV, [variable]: 'x' })).not.toBe('quick');
  });
});
