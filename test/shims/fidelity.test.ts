/** A program behind a shim behaves as without one: each script is run both ways and all that a parent sees compared. */

import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { shimInterpreter } from '../../src/shims/interpreter.js';
import { faithfulTools, scripts, seenBy, testsInTerminal, writeViLike } from '../support/fidelity.js';
import { ShimYard } from '../support/shells.js';

const yard = new ShimYard('/bin/sh');
// The judge is a real node, as in use: it writes to stderr by descriptor and never touches process.stdin.
const judge = join(yard.root, 'judge.cjs');
writeFileSync(judge, 'process.exit(0);\n');
for (const tool of faithfulTools)
  yard.shim(tool, { node: process.execPath, judge, interpreter: shimInterpreter(tool) });
writeViLike(join(yard.real, 'vi-like'));

const SYSTEM = '/usr/bin:/bin';
const bare: Readonly<Record<string, string>> = { PATH: `${yard.real}:${SYSTEM}`, HOME: yard.root };
const shimmed: Readonly<Record<string, string>> = {
  PATH: `${yard.shims}:${yard.real}:${SYSTEM}`,
  HOME: yard.root,
};

const run = (script: string, env: NodeJS.ProcessEnv) => seenBy(script, yard.root, env);

describe('the same with and without a shim', () => {
  test('the shims are in the way', () => {
    expect(run('command -v sh', shimmed).stdout).toBe(`${yard.shims}/sh\n`);
  });

  test.each(scripts)('%s', (_title, script, stdout) => {
    const without = run(script, bare);
    expect(run(script, shimmed)).toEqual(without);
    if (stdout !== undefined) expect(without.stdout).toBe(stdout);
  });

  test.each(['SIGTERM', 'SIGSEGV', 'SIGINT', 'SIGKILL'] as const)(
    'a parent sees that %s killed it',
    signal => {
      const words = ['-c', `kill -${signal.slice(3)} $$`];
      expect(spawnSync('sh', words, { env: shimmed }).signal).toBe(signal);
    },
  );

  test('the judge cannot be reached by way of NODE_OPTIONS and its kin', () => {
    const loaded = join(yard.root, 'loaded');
    const evil = join(yard.root, 'evil.cjs');
    writeFileSync(evil, `require('node:fs').writeFileSync(${JSON.stringify(loaded)}, '');\n`);
    const env = {
      ...shimmed,
      NODE_OPTIONS: `--require ${evil}`,
      NODE_V8_COVERAGE: join(yard.root, 'coverage'),
    };
    expect(run("sh -c 'echo $NODE_OPTIONS'", env).stdout).toBe(`--require ${evil}\n`);
    expect(existsSync(loaded)).toBe(false);
    expect(existsSync(join(yard.root, 'coverage'))).toBe(false);
  });
});

describe.each([
  ['without', bare],
  ['with', shimmed],
])('in a terminal, %s shims', (_which, env) => {
  testsInTerminal(env, yard.root);
});
