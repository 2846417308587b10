/** What the judge loads at every start: nothing that only the CLI, a parser or a question needs. */

import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { grammars } from '../../src/invocation/grammars/index.js';
import { dist } from '../support/installed.js';
import { scratchDirectory } from '../support/scratch.js';

const root = join(import.meta.dirname, '../..');

test('the judge starts without the libraries that few commands need', async () => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/judge/entry.ts'],
    bundle: true,
    write: false,
    metafile: true,
    splitting: true,
    format: 'esm',
    outdir: 'nowhere',
    platform: 'node',
    logLevel: 'silent',
  });
  // With splitting, what stands behind `import()` is in chunks of its own: those that are imported statically count.
  const entry = Object.keys(metafile.outputs).find(name => name.endsWith('entry.js')) ?? '';
  const loaded = new Set<string>();
  const load = (name: string) => {
    if (loaded.has(name)) return;
    loaded.add(name);
    for (const { path, kind } of metafile.outputs[name]?.imports ?? [])
      if (kind === 'import-statement') load(path);
  };
  load(entry);
  const packages = [...loaded]
    .flatMap(name => Object.keys(metafile.outputs[name]?.inputs ?? {}))
    .flatMap(input => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []);
  const late = [
    'zod',
    'yaml',
    'inquirer',
    'commander',
    'chalk',
    'cli-table3',
    'unbash',
    'libpg-query',
    'graphql',
  ];
  expect(packages.filter(name => late.includes(name) || name.startsWith('@inquirer'))).toEqual([]);
});

test('every name of a library is there in the linked judge, CommonJS or not', () => {
  const home = scratchDirectory();
  const words = ['exec', join(home, 'spool'), 'git', 'push', '--force', 'origin', 'a b'];
  const { status, stderr } = spawnSync(process.execPath, [join(dist, 'judge.cjs'), ...words], {
    env: { HOME: home, PATH: '/usr/bin:/bin' },
    encoding: 'utf8',
  });
  expect(stderr).toContain("git push --force origin 'a b'");
  expect(status).toBe(126);
});

test('every grammar and inspector is there in the linked judge', () => {
  const home = scratchDirectory();
  const script = grammars.map(({ tool }) => `'${tool}' x`).join('\n');
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(dist, 'judge.cjs'), 'exec-c', join(home, 'spool'), `rm -rf /\n${script}`],
    { env: { HOME: home, PATH: '/usr/bin:/bin' }, encoding: 'utf8', cwd: home },
  );
  expect(stderr).toContain('files.delete-root');
  expect(status).toBe(126);
});

test('every file of the linked judge runs, whichever part is the first', () => {
  const [main = '', rest = ''] = ['judge-main.cjs', 'judge-rest.cjs'].map(name =>
    readFileSync(join(dist, name), 'latin1'),
  );
  const start = () => {
    const judge: { ran: string[]; run(id: string): void } = { ran: [], run: () => {} };
    const readPart = (_: string, offset: number, length: number) =>
      runInThisContext(rest.slice(offset, offset + length));
    runInThisContext(main)({}, createRequire(join(dist, 'judge.cjs')), judge, readPart);
    return judge;
  };
  const places = [...rest.matchAll(/^\/\*(.*?)\*\//gm)].map(match => match[1] ?? '');
  const table: string = JSON.parse(/const places=("(?:[^"\\]|\\.)*")/.exec(main)?.[1] ?? '""');
  const lines = table.trim().split('\n');
  const parts = lines.filter(line => /^\S+ \d+ \d+$/.test(line)).map(line => line.split(' ')[0] ?? '');
  expect(parts).toEqual(places);
  const inParts = lines.filter(line => /^\S+ \S+$/.test(line)).map(line => line.split(' '));
  const ids = [
    ...inParts.map(([id = '', part = '']) => ({ id, part })),
    ...parts.filter(part => !part.startsWith('part-')).map(part => ({ id: part, part })),
  ];
  const firsts = new Map(ids.filter(({ id, part }) => id !== part).map(({ id, part }) => [part, id]));
  expect(firsts.size).toBeGreaterThan(10);
  for (const first of firsts.values()) start().run(first);
  const judge = start();
  for (const { id } of ids) judge.run(id);
  expect([...judge.ran].sort()).toEqual([...parts].sort());
});

test('a judge whose parts are of another build refuses', () => {
  const home = scratchDirectory();
  const files = ['judge.cjs', 'judge-main.cjs', 'judge-rest.cjs', 'policy.compiled'];
  for (const file of files) copyFileSync(join(dist, file), join(home, file));
  const ask = () =>
    spawnSync(process.execPath, [join(home, 'judge.cjs'), 'exec', join(home, 'spool'), 'helm', 'list'], {
      env: { HOME: home, PATH: '/usr/bin:/bin' },
      encoding: 'utf8',
    }).status;
  const whole = ask();
  writeFileSync(join(home, 'judge-rest.cjs'), `// ${'x'.repeat(1_000_000)}\n`);
  const other = ask();
  rmSync(join(home, 'judge-rest.cjs'));
  const missing = ask();
  expect(whole).toBe(0);
  expect(other).not.toBe(0);
  expect(missing).not.toBe(0);
});

test('a judge whose code cache is damaged or gone lets nothing pass that it would stop', () => {
  const home = scratchDirectory();
  const caches = readdirSync(dist).filter(name => name.endsWith('.cache'));
  for (const file of ['judge.cjs', 'judge-main.cjs', 'judge-rest.cjs', 'policy.compiled', ...caches])
    copyFileSync(join(dist, file), join(home, file));
  const ask = (...words: string[]) =>
    spawnSync(process.execPath, [join(home, 'judge.cjs'), 'exec', join(home, 'spool'), 'git', ...words], {
      env: { HOME: home, PATH: '/usr/bin:/bin' },
      encoding: 'utf8',
    }).status;
  const force = ['push', '--force', 'origin', 'main'];
  for (const file of caches) {
    const bytes = readFileSync(join(home, file));
    bytes.fill(0x5a, bytes.length >> 1, (bytes.length >> 1) + 64);
    writeFileSync(join(home, file), bytes);
  }
  const damaged = ask(...force);
  for (const file of caches) writeFileSync(join(home, file), readFileSync(join(dist, file)).subarray(0, 100));
  const cut = [ask(...force), ask('push')];
  for (const file of caches) rmSync(join(home, file));
  const gone = [ask(...force), ask('push')];
  expect(caches.length).toBeGreaterThan(10);
  expect(damaged).not.toBe(0);
  expect({ cut, gone }).toEqual({ cut: [126, 0], gone: [126, 0] });
});
