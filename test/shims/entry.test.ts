/** `bin/guard`, as linked by npm and as the shim of that name. */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { placesOf } from '../../src/places.js';
import { shimTexts } from '../../src/shims/install.js';
import { START_OPTIONS } from '../../src/start-node.js';
import { scratchDirectory } from '../support/scratch.js';
import { program } from '../support/shells.js';

const entry = join(import.meta.dirname, '../../bin/guard');

/** A package with stand-ins for its bundles, linked into a bin directory, and a shim directory before it on PATH. */
function setup(judge = '') {
  const root = scratchDirectory();
  const dist = join(root, 'lib/package/dist');
  mkdirSync(join(root, 'lib/package/bin'), { recursive: true });
  mkdirSync(dist);
  cpSync(entry, join(root, 'lib/package/bin/guard'));
  mkdirSync(join(root, 'bin'));
  symlinkSync('../lib/package/bin/guard', join(root, 'bin/guard'));
  symlinkSync(process.execPath, join(root, 'bin/node'));
  writeFileSync(
    join(dist, 'cli.cjs'),
    `console.log('cli', JSON.stringify(process.argv.slice(2)), process.env.NODE_OPTIONS);`,
  );
  writeFileSync(
    join(dist, 'judge.cjs'),
    `const fs = require('node:fs');
     fs.writeFileSync(${JSON.stringify(join(root, 'asked'))}, JSON.stringify(process.argv.slice(2)));
     const spool = process.argv[3];
     ${judge}`,
  );
  const shims = join(root, 'shims');
  program(join(shims, 'echo'), '#!/bin/sh\necho shim\n');
  writeFileSync(join(shims, '.guard-shims'), '');
  const env = { HOME: root, PATH: `${shims}:${root}/bin:/usr/bin:/bin` };
  const run = (words: string[], more: NodeJS.ProcessEnv = {}, input = '') => {
    const result = spawnSync('guard', words, { env: { ...env, ...more }, input, encoding: 'utf8' });
    return { status: result.status, signal: result.signal, stdout: result.stdout, stderr: result.stderr };
  };
  const asked = () => JSON.parse(readFileSync(join(root, 'asked'), 'utf8'));
  return { root, dist, shims, run, asked };
}

describe('guard', () => {
  test('starts the judge as shims do', () => {
    expect(readFileSync(entry, 'utf8')).toContain(`\n_go='${START_OPTIONS.join(' ')}'\n`);
  });

  test('finds its package behind links and passes every word to the CLI', () => {
    const { run } = setup();
    const result = run(['check', '--', 'a b', ''], { NODE_OPTIONS: '--no-warnings' });
    expect(result).toMatchObject({ status: 0, stdout: 'cli ["check","--","a b",""] undefined\n' });
    expect(run([]).stdout).toBe('cli [] undefined\n');
    expect(run(['exec', '--help']).stdout).toBe('cli ["exec","--help"] undefined\n');
    expect(run(['exec']).stdout).toBe('cli ["exec"] undefined\n');
  });

  test.each([
    [['exec', '--', 'echo', 'a b', '*'], 'exec', ['echo', 'a b', '*'], 'a b *\n'],
    [['exec', 'echo', '-n', 'x'], 'exec', ['echo', '-n', 'x'], 'x'],
    [['exec', '--', '/bin/echo', 'x'], 'exec', ['/bin/echo', 'x'], 'x\n'],
    [
      ['exec', '-c', 'printf %s "$1"; exit 7', 'name', 'one'],
      'exec-c',
      ['printf %s "$1"; exit 7', 'name', 'one'],
      'one',
    ],
  ])('%j is judged and then becomes the command', (words, door, judged, stdout) => {
    const { run, asked, root } = setup();
    const result = run(words);
    expect(result).toMatchObject({ stdout, stderr: '', status: door === 'exec-c' ? 7 : 0 });
    const [kind, spool, ...rest] = asked();
    expect([kind, rest]).toEqual([door, judged]);
    expect(spool).toMatch(new RegExp(`^${root}/.local/state/guard/spool/\\d+$`));
  });

  test('a script still has the shims before it', () => {
    const { run } = setup();
    expect(run(['exec', '-c', '/usr/bin/env echo x']).stdout).toBe('shim\n');
  });

  test.each([
    [126, 126],
    [125, 125],
    [1, 125],
  ])('does not run it when the judge exits %i', (status, expected) => {
    expect(setup(`process.exit(${status})`).run(['exec', 'echo', 'x'])).toMatchObject({
      status: expected,
      stdout: '',
    });
  });

  test('hands over the input that the judge read', () => {
    const { run } = setup(
      `fs.mkdirSync(require('node:path').dirname(spool), { recursive: true }); fs.writeFileSync(spool, fs.readFileSync(0));`,
    );
    expect(run(['exec', 'cat'], {}, 'typed').stdout).toBe('typed');
  });

  test('a signal and 127 are seen as they are', () => {
    const { run } = setup();
    expect(run(['exec', '-c', 'kill -TERM $$']).signal).toBe('SIGTERM');
    expect(run(['exec', 'no-such-thing'])).toMatchObject({ status: 127, stdout: '' });
  });

  test('variables of the caller do not steer it', () => {
    const { run } = setup();
    const more = { _gn: '/nowhere', _gr: '/nowhere', _gs: '/nowhere', _gk: 'exec', _gw: 'find', _gt: 'x' };
    expect(run(['check'], more).stdout).toBe('cli ["check"] undefined\n');
    expect(run(['exec', 'echo', 'x'], more).stdout).toBe('x\n');
  });

  test('without its files it says how to repair', () => {
    const { run, dist } = setup();
    spawnSync('rm', ['-r', dist]);
    expect(run(['check'])).toMatchObject({ status: 125, stderr: expect.stringContaining('npm run setup') });
    expect(run(['exec', 'echo', 'x'])).toMatchObject({ status: 125, stdout: '' });
  });
});

test('the installed copy uses the pinned node and package, whatever is on PATH', () => {
  const { root, dist, shims } = setup();
  const kit = {
    places: placesOf({ HOME: root }),
    known: { grammars: [], inspectors: [], rules: [] },
    node: process.execPath,
    dist,
    path: '',
    loadedAt: Date.now(),
    allowed: 'off' as const,
  };
  const text = shimTexts(kit).get('guard') ?? '';
  const guard = program(join(shims, 'guard'), text);
  program(join(root, 'trap/node'), '#!/bin/sh\necho trapped\n');
  const result = spawnSync(guard, ['log'], { env: { PATH: join(root, 'trap') }, encoding: 'utf8' });
  expect(result).toMatchObject({ status: 0, stdout: 'cli ["log"] undefined\n' });
});
