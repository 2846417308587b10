/** The grammars of the system's tools against the installed ones: the same options, the same arity, the same reading. */

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { grammarOf } from '../../src/invocation/lookup.js';
import { optionsOf } from '../../src/invocation/notation.js';
import { parse } from '../../src/invocation/parse.js';
import { certain } from '../../src/shell/command.js';
import { erase } from '../support/erase.js';
import { scratchDirectory } from '../support/scratch.js';

const scratch = scratchDirectory();

const env = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', HOME: scratch };

/** Long options of `--help` with what they take. */
function longOptions(tool: string): readonly (readonly [spelling: string, arity: string])[] {
  const { stdout, stderr } = spawnSync(tool, ['--help'], { encoding: 'utf8', env });
  return `${stdout}${stderr}`.split('\n').flatMap(line => {
    const match =
      /^\s{1,8}(?:-\S[^-]{0,20}?[ ,])?(--[a-z][\w-]+)(\[=[^\]]+\]|=\S*| <\w[^>]*>| [A-Z_]{3,}(?= ))?/.exec(
        line,
      );
    if (!match) return [];
    const arity = match[2] === undefined ? 'none' : match[2].startsWith('[') ? 'optional' : 'required';
    return [[match[1]!, arity] as const];
  });
}

/** killall's help does not show that these take a time. */
const UNTOLD = new Set(['--younger-than', '--older-than']);

describe.each(['tar', 'sed', 'gzip', 'systemctl', 'pkill', 'killall', 'userdel'])('%s', tool => {
  test('has the long options of --help, with their arity', () => {
    const table = optionsOf(grammarOf(tool)?.options ?? '');
    const told = longOptions(tool);
    expect(told.length).toBeGreaterThan(5);
    const wrong = told.filter(
      ([spelling, arity]) => !UNTOLD.has(spelling) && table.get(spelling)?.arity !== arity,
    );
    expect(wrong).toEqual([]);
  });
});

/** Options (negated ones left out) and operands as guard reads them. */
function read(...words: readonly string[]): string {
  const { options, operands, subcommand } = parse(words.map(certain), grammarOf(words[0]!)!);
  const shown = options.map(use => (use.value ? `${use.name}=${use.value.text}` : use.name));
  return [...subcommand, ...shown, '|', ...operands.map(word => word.text)].join(' ');
}

describe('kill', () => {
  test.each([
    [['kill', '1234'], '| 1234'],
    [['kill', '-9', '1234'], '--signal=9 | 1234'],
    [['kill', '-1', '1234'], '--signal=1 | 1234'],
    [['kill', '-9', '-1'], '--signal=9 | -1'],
    [['kill', '-SIGKILL', '-1'], '--signal=KILL | -1'],
    [['kill', '-s', 'INT', '7', '-8'], '--signal=INT | 7 -8'],
    [['kill', '--', '-1'], '| -1'],
    [['kill', '-l', '9'], '-l | 9'],
  ] as const)('%j', (argv, reading) => expect(read(...argv)).toBe(reading));

  test.each([
    [['-1'], 'SIGHUP'],
    [['-s', 'INT'], 'SIGINT'],
    [['-SIGKILL'], 'SIGKILL'],
    [['--'], 'SIGTERM'],
  ] as const)('/bin/kill %j PID sends %s', async (words, signal) => {
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    execFileSync('/bin/kill', [...words, String(child.pid)], { env });
    expect((await once(child, 'exit'))[1]).toBe(signal);
  });
});

describe('archives take the place of their files', () => {
  const there = join(scratch, 'work');
  beforeEach(() => {
    erase(there);
    mkdirSync(there);
    writeFileSync(join(there, 'a.db'), 'a');
  });
  const run = (tool: string, ...words: readonly string[]) =>
    execFileSync(tool, words, { cwd: there, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const isLeft = () => existsSync(join(there, 'a.db'));

  test.each([
    ['zip', ['-qrm', 'x.zip', 'a.db'], false],
    ['zip', ['-sf', '-m', 'x.zip', 'a.db'], true],
    ['tar', ['-cf', 'x.tar', '--remove-f', 'a.db'], false],
    ['tar', ['cf', 'x.tar', 'a.db'], true],
    ['gzip', ['a.db'], false],
    ['gzip', ['-kf9', 'a.db'], true],
    ['gzip', ['-c9', 'a.db'], true],
    ['zstd', ['-q', 'a.db'], true],
    ['zstd', ['-q', '--rm', 'a.db'], false],
  ] as const)('%s %j', (tool, words, left) => {
    run(tool, ...words);
    expect(isLeft()).toBe(left);
  });

  test('sed edits where -i stands in a bundle of its own', () => {
    run('sed', '-i.bak', 's/a/b/', 'a.db');
    expect(readFileSync(join(there, 'a.db'), 'utf8')).toBe('b');
    expect(read('sed', '-i.bak', 's/a/b/', 'a.db')).toBe('--in-place=.bak | s/a/b/ a.db');
    expect(read('sed', '-ni', '1p', 'a.db')).toBe('--quiet --in-place | 1p a.db');
  });
});

test.each([
  [['systemctl', '-H', 'root@host', 'stop', 'sshd'], 'stop --host=root@host | sshd'],
  [['apt-get', '-qq', '-y', 'purge', 'nginx'], 'purge -qq --yes | nginx'],
  [['apt-get', '-o', 'Debug::x=1', 'install', 'nginx-'], 'install --option=Debug::x=1 | nginx-'],
  [['crontab', '-ru', 'deploy'], '-r -u=deploy |'],
  [['gh', '-R', 'me/app', 'release', 'delete', 'v1'], 'release delete --repo=me/app | v1'],
  [['gh', 'pr', 'close', '-dc', 'bye', '7'], 'pr close --delete-branch --comment=bye | 7'],
  [['gh', 'cs', 'delete', '--all'], 'codespace delete --all |'],
  [['gh', 'api', '-XDELETE', 'repos/me/app'], 'api --method=DELETE | repos/me/app'],
] as const)('%j', (argv, reading) => expect(read(...argv)).toBe(reading));
