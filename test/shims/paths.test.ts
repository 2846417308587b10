/** A shim that looks at the disk: what passes, what is judged, and what happens where the judge is gone. */

import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plainOf } from '../support/plain-cases.js';
import { interpreters, ShimYard } from '../support/shells.js';

/** A yard whose `rm` is the real one behind its shim, and a place of work with files in it. */
function yardOf(interpreter: string) {
  const yard = new ShimYard(interpreter);
  yard.judge('exit 126');
  const home = join(yard.root, 'home');
  const cwd = join(home, 'work');
  mkdirSync(cwd, { recursive: true });
  const log = join(yard.root, 'allowed');
  writeFileSync(log, '');
  yard.shim('rm', {
    plain: plainOf('rm'),
    bash: '/bin/bash',
    site: {
      home,
      bases: [join(home, '.config'), join(home, '.local/state'), join(home, '.local/share')],
      protect: [],
    },
    sources: [join(yard.root, 'policy.yaml')],
    log: { file: log, timed: true },
  });
  for (const name of ['conftest.c', 'app.c', 'x.o']) writeFileSync(join(cwd, name), 'x');
  const env = { HOME: home };
  const run = (...words: readonly string[]) =>
    yard.run(['rm', ...words], { cwd, env, path: `${yard.shims}:/usr/bin:/bin` });
  return { yard, cwd, log, run };
}

describe.each(interpreters)('under %s', interpreter => {
  test('what is generated or absent goes unjudged, and is logged by the program’s name', () => {
    const { yard, cwd, log, run } = yardOf(interpreter);
    expect(run('-f', 'conftest.c', 'nothing.c').status).toBe(0);
    expect(existsSync(join(cwd, 'conftest.c'))).toBe(false);
    expect(readFileSync(log, 'utf8')).toMatch(/^\d+\.\d+ rm \n$/);
    expect(existsSync(yard.asked)).toBe(false);
    expect(run('-f', 'x.o', 'app.c').status).toBe(126);
    expect(existsSync(join(cwd, 'x.o'))).toBe(true);
  });

  test('it keeps its name in what it says', () => {
    const { run } = yardOf(interpreter);
    expect(run('nothing.o').stderr).toMatch(/^rm: /);
  });

  test('a newer policy and a project’s rules have everything judged', () => {
    const { yard, cwd, run } = yardOf(interpreter);
    const policy = join(yard.root, 'policy.yaml');
    writeFileSync(policy, '');
    utimesSync(join(yard.shims, '.guard-shims'), 1000, 1000);
    expect(run('-f', 'x.o').status).toBe(126);
    rmSync(policy);
    writeFileSync(join(cwd, '.guard.yaml'), '');
    expect(run('-f', 'x.o').status).toBe(126);
    rmSync(join(cwd, '.guard.yaml'));
    expect(run('-f', 'x.o').status).toBe(0);
  });

  test('without judge or log, in a directory that nobody may write to, it does the same and refuses the rest', () => {
    const { yard, cwd, log, run } = yardOf(interpreter);
    for (const gone of ['node', 'judge', 'spool']) rmSync(join(yard.root, gone), { recursive: true });
    rmSync(log);
    chmodSync(yard.shims, 0o555);
    expect(run('-f', 'x.o')).toEqual({ status: 0, signal: null, stdout: '', stderr: '' });
    const refused = run('-f', 'app.c');
    expect(refused.status).toBe(125);
    expect(refused.stderr).toContain('Repair');
    expect(existsSync(join(cwd, 'app.c'))).toBe(true);
    chmodSync(yard.shims, 0o755);
  });
});
