/** What a shim does before it lets a harmless command pass: no fork, one line of log, and a look at what may have changed. */

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plainProgram } from '../../src/plain/derive.js';
import { RuleFacts } from '../../src/plain/rules.js';
import { shimInterpreter } from '../../src/shims/interpreter.js';
import { scratchDirectory } from '../support/scratch.js';
import { interpreters, program, ShimYard } from '../support/shells.js';

const plain = plainProgram(
  'tool',
  {
    tool: 'tool',
    source: 'here',
    style: {
      permute: true,
      bundle: true,
      abbreviate: true,
      negate: false,
      equals: true,
      flagValues: false,
      singleDash: false,
    },
    options: '  -f, --force\n      --output <file>\n',
    unwrap: () => ({ inner: [] }),
    plain: 'status\n log : --force, --output, +*\n * : --force, status, log',
  },
  [],
  new RuleFacts([]),
);

function yardOf(interpreter: string) {
  const yard = new ShimYard(interpreter);
  program(join(yard.real, 'tool'), '#!/bin/sh\necho "real $#"\n');
  yard.judge('exit 126');
  const log = join(yard.root, 'allowed');
  writeFileSync(log, '');
  return { yard, log };
}

describe.each(interpreters)('under %s', interpreter => {
  test('a line for each command that passes, and none for the others', () => {
    const { yard, log } = yardOf(interpreter);
    yard.shim('tool', { plain, log: { file: log, timed: true } });
    expect(yard.run(['tool', 'status', 'secret']).status).toBe(0);
    expect(yard.run(['tool', 'log', '-1']).status).toBe(0);
    expect(yard.run(['tool', 'log', '--force']).status).toBe(126);
    expect(yard.run(['tool', 'secret\n1.0 forged line']).status).toBe(0);
    const lines = readFileSync(log, 'utf8').split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^\d+\.\d+ tool status$/),
      expect.stringMatching(/^\d+\.\d+ tool log$/),
      expect.stringMatching(/^\d+\.\d+ tool $/),
      '',
    ]);
  });

  test('counted, it says neither when nor what', () => {
    const { yard, log } = yardOf(interpreter);
    yard.shim('tool', { plain, log: { file: log, timed: false } });
    yard.run(['tool', 'status']);
    expect(readFileSync(log, 'utf8')).toBe('- tool\n');
  });

  test.each([
    ['whose directory is gone', '/nowhere/allowed'],
    ['on a full disk', '/dev/full'],
    ['that is a directory', '/tmp'],
  ])('a log %s is no reason to say anything', (_what, file) => {
    const { yard } = yardOf(interpreter);
    yard.shim('tool', { plain, log: { file, timed: true } });
    expect(yard.run(['tool', 'status'])).toEqual({ status: 0, signal: null, stdout: 'real 1\n', stderr: '' });
  });

  test('a policy file that is newer than the shims sends everything to the judge', () => {
    const { yard } = yardOf(interpreter);
    const [policy, missing] = [join(yard.root, 'policy.yaml'), join(yard.root, 'rules')];
    yard.shim('tool', { plain, sources: [missing, policy] });
    writeFileSync(policy, '');
    utimesSync(policy, 1000, 1000);
    utimesSync(join(yard.shims, '.guard-shims'), 1000, 1000);
    expect(yard.run(['tool', 'status']).status).toBe(0);
    utimesSync(policy, 1002, 1002);
    expect(yard.run(['tool', 'status']).status).toBe(126);
    expect(yard.run(['tool', 'log']).status).toBe(126);
  });

  test("a project's rules between here and the repository's root do so too", () => {
    const { yard } = yardOf(interpreter);
    yard.shim('tool', { plain });
    mkdirSync(join(yard.root, 'repo/.git'), { recursive: true });
    mkdirSync(join(yard.root, 'repo/a/b'), { recursive: true });
    writeFileSync(join(yard.root, '.guard.yaml'), '');
    const cwd = join(yard.root, 'repo/a/b');
    expect(yard.run(['tool', 'status'], { cwd }).status).toBe(0);
    writeFileSync(join(yard.root, 'repo/a/.guard.yaml'), '');
    expect(yard.run(['tool', 'status'], { cwd }).status).toBe(126);
    expect(yard.run(['tool', 'log'], { cwd }).status).toBe(126);
  });

  test('5000 words, a word of 128 kB and a megabyte of words are judged right, in no time', () => {
    const { yard } = yardOf(interpreter);
    yard.shim('tool', { plain });
    const passes = (words: readonly string[]) => {
      const list = join(yard.root, 'words');
      writeFileSync(list, words.map(word => `${word}\0`).join(''), 'latin1');
      const env = { PATH: `${yard.shims}:${yard.real}` };
      const run = ['-0', '-x', '-s', '1950000', '-a', list, 'tool'];
      return spawnSync('/usr/bin/xargs', run, { env, timeout: 20_000 }).stdout.toString() !== '';
    };
    const many = Array.from({ length: 5000 }, (_, i) => `word-${i}`);
    const cluster = (end: string) => `-${'a'.repeat(131_000)}${end}`;
    const megabyte = Array.from({ length: 8 }, () => `-${'ab'.repeat(65_000)}`);
    // The judge of these tests notes its words, which are too long for it: what asks it does not pass.
    expect(passes(['log', ...many])).toBe(true);
    expect(passes(['log', ...many, '--force'])).toBe(false);
    expect(passes(['log', cluster('')])).toBe(true);
    expect(passes(['log', cluster('f')])).toBe(false);
    expect(passes(['log', `--o${'u'.repeat(131_000)}`])).toBe(false);
    expect(passes(['log', ...megabyte])).toBe(true);
    expect(passes(['log', ...megabyte, '-f'])).toBe(false);
  });
});

describe('which shell runs a shim', () => {
  const root = (...paths: readonly string[]) => {
    const made = scratchDirectory();
    mkdirSync(join(made, 'bin'));
    for (const path of paths) writeFileSync(join(made, 'bin', path), '');
    return made;
  };

  test.each([
    ['dash where there is one', ['dash', 'bash', 'sh'], '/bin/dash'],
    ['bash where sh is an unknown shell', ['bash', 'sh'], '/bin/bash -p'],
    ['sh where there is nothing else', ['sh'], '/bin/sh'],
  ])('%s', (_title, files, expected) => {
    expect(shimInterpreter('git', root(...files))).toBe(expected);
  });

  test('a sh that is busybox', () => {
    const made = root('busybox');
    execFileSync('ln', ['-s', 'busybox', join(made, 'bin/sh')]);
    expect(shimInterpreter('git', made)).toBe('/bin/sh');
  });

  test.each(['chmod', 'xargs', 'npm', 'sudo', 'bash'])(
    'bash for %s, which wants its name or all variables',
    tool => {
      expect(shimInterpreter(tool, root('dash', 'bash', 'sh'))).toBe('/bin/bash -p');
      expect(shimInterpreter(tool, root('dash', 'sh'))).toBe('/bin/dash');
    },
  );
});

test.each(['/bin/dash', '/bin/bash -p', '/bin/busybox sh'])(
  'under %s no process is started on the way (strace)',
  interpreter => {
    if (!existsSync('/usr/bin/strace')) throw new Error('strace is missing: apt-get install strace');
    const { yard, log } = yardOf(interpreter);
    yard.shim('tool', { plain, log: { file: log, timed: true }, sources: ['/nowhere'] });
    const forks = (words: readonly string[]) =>
      yard
        .run(['/usr/bin/strace', '-f', '-qq', '-e', 'trace=fork,vfork,clone,clone3', 'tool', ...words])
        .stderr.split('\n')
        .filter(line => /fork|clone/.test(line));
    expect(forks(['status'])).toEqual([]);
    expect(forks(['log', '-1', 'x'])).toEqual([]);
    expect(forks(['log', '--force'])).not.toEqual([]);
  },
);
