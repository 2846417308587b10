/** What a crash, a full disk or a kill in the middle leaves of a snapshot: nothing that would be offered as one. */

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SnapshotStore } from '../../src/undo/store.js';
import { erase } from '../support/erase.js';
import { Scratch } from '../support/git-scratch.js';
import { scratchDirectory } from '../support/scratch.js';
import { treeOf, Undo } from '../support/snapshots.js';

let programs: string;
beforeAll(() => {
  programs = scratchDirectory();
  const root = join(import.meta.dirname, '../..');
  const require =
    'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';
  execFileSync(
    join(root, 'node_modules/.bin/esbuild'),
    [
      join(root, 'src/undo/store.ts'),
      '--bundle',
      '--platform=node',
      '--format=esm',
      `--outfile=${join(programs, 'store.mjs')}`,
      '--log-level=error',
      '--external:libpg-query',
      '--external:@guanmingchiu/*',
      `--banner:js=${require}`,
    ],
    { cwd: root },
  );
});

let scratch: Scratch;
let undo: Undo;
beforeEach(() => {
  scratch = new Scratch();
  undo = new Undo(scratch.env);
});

/** A program of its own that uses the store: `store`, `take(path)` and the arguments are there. */
function program(name: string, body: string): string {
  const file = join(programs, name);
  writeFileSync(
    file,
    `import { SnapshotStore } from './store.mjs';
     import { readdirSync } from 'node:fs';
     const [disk, app] = process.argv.slice(2);
     const store = new SnapshotStore(disk + '/undo');
     const one = { cap: 1e9, entries: 1e5, milliseconds: 1e5 };
     const take = path => {
       const item = { kind: 'files', what: 'x', place: app + path, with: { keep: ['copy'] } };
       return store.take([item], { command: 'x', cwd: app, rules: [] }, { keep: 1e9, size: 1e9, one }, {});
     };
     ${body}`,
  );
  return file;
}

test('a directory that cannot be written', async () => {
  writeFileSync(join(undo.directory, 'undo'), 'not a directory');
  scratch.write('a.txt', 'changed');
  await expect(undo.save('git checkout -- a.txt', scratch.app)).rejects.toMatchObject({ code: 'not-saved' });
  expect(undo.store.list()).toEqual([]);
});

test.runIf(spawnSync('unshare', ['-m', 'true']).status === 0)('a full disk', () => {
  // A disk of its own, 64 kB large, in a mount namespace of its own.
  const script = `mount -t tmpfs -o size=64k none "$1" && head -c 300000 /dev/urandom > "$2/big.bin" && node "$3" "$1" "$2"`;
  const file = program(
    'full.mjs',
    `try { take('/big.bin'); }
     catch (fault) { console.log(fault.message, store.list().length, readdirSync(disk + '/undo/partial').length); }`,
  );
  const disk = join(undo.directory, 'disk');
  mkdirSync(disk);
  const words = ['-m', 'sh', '-c', script, '-', disk, scratch.app, file];
  expect(spawnSync('unshare', words, { encoding: 'utf8' }).stdout.trim()).toBe('the disk is full 0 0');
});

describe('kill -9', () => {
  test('at any moment: what is listed is whole, and what was begun is swept', async () => {
    const tree = join(scratch.app, 'tree');
    mkdirSync(tree);
    for (let i = 0; i < 300; i += 1) writeFileSync(join(tree, `${i}.txt`), `text ${i}\n`.repeat(i));
    const before = treeOf(tree);
    const file = program('loop.mjs', "console.log('ready'); for (;;) take('/tree');");
    let begun = 0;
    for (let i = 0; i < 6; i += 1) {
      const taking = spawn(process.execPath, [file, undo.directory, scratch.app]);
      await once(taking.stdout, 'data');
      await new Promise(resolve => setTimeout(resolve, 7 + 23 * i));
      taking.kill('SIGKILL');
      await once(taking, 'close');
      begun += existsSync(join(undo.directory, 'undo/partial')) ? 1 : 0;
    }
    expect(begun).toBeGreaterThan(0);
    const listed = undo.store.list();
    expect(listed.filter(one => one.items[0]?.entries !== 301)).toEqual([]);
    for (const snapshot of listed.slice(-3)) {
      erase(tree);
      expect(undo.giveBack(snapshot)).toEqual([]);
      expect(treeOf(tree)).toEqual(before);
    }
    const later = new SnapshotStore(join(undo.directory, 'undo'), () => Date.now() + 2 * 3_600_000);
    later.prune({ keep: 1e12, size: 1e12 });
    expect(readdirSync(join(undo.directory, 'undo/partial'))).toEqual([]);
    expect(later.list().length).toBe(listed.length);
  });

  test('a snapshot whose own file is torn is none', async () => {
    scratch.write('a.txt', 'changed');
    const { id } = await undo.save('git checkout -- a.txt', scratch.app);
    const file = join(undo.directory, 'undo', id, 'snapshot.json');
    writeFileSync(file, readFileSync(file).subarray(0, 40));
    expect(undo.store.list()).toEqual([]);
    expect(() => undo.store.find(id)).toThrow(/no snapshot/);
  });
});
