/** Files and trees that rm and redirections take, and what comes back; and what a crash or a full disk leaves. */

import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { retentionOf } from '../../src/undo/plan.js';
import { SnapshotStore } from '../../src/undo/store.js';
import { erase } from '../support/erase.js';
import { Scratch } from '../support/git-scratch.js';
import { treeOf, Undo } from '../support/snapshots.js';

let scratch: Scratch;
let undo: Undo;
beforeEach(() => {
  scratch = new Scratch();
  undo = new Undo(scratch.env);
  scratch.write('.gitignore', 'ignored/\n');
  mkdirSync(join(scratch.app, 'src/deep'), { recursive: true });
  scratch.write('src/main.ts', 'main\n');
  scratch.write('src/deep/x.ts', 'x\n');
  scratch.run('git add -A && git commit -q -m more');
  scratch.write('src/main.ts', 'changed\n');
  for (const name of ['notes', 'ignored']) {
    mkdirSync(join(scratch.app, name));
    scratch.write(`${name}/run.sh`, '#!/bin/sh\n');
    chmodSync(join(scratch.app, name, 'run.sh'), 0o750);
    symlinkSync('../a.txt', join(scratch.app, name, 'link'));
    mkdirSync(join(scratch.app, name, 'closed'));
    scratch.write(`${name}/closed/secret`, 'secret\n');
    chmodSync(join(scratch.app, name, 'closed/secret'), 0o400);
    chmodSync(join(scratch.app, name, 'closed'), 0o500);
    utimesSync(join(scratch.app, name, 'run.sh'), 1_000_000_000, 1_000_000_000);
  }
});
afterEach(() => {
  scratch.remove();
  undo.remove();
});

describe('comes back with bytes, modes, times and symlinks', () => {
  test.each([
    'rm -rf src',
    'rm -rf notes',
    'rm -rf ignored',
    'rm -rf src notes ignored',
    'find notes -delete',
  ])('%s', async script => {
    const before = treeOf(scratch.app);
    const snapshot = await undo.save(script, scratch.app);
    expect(treeOf(scratch.app)).toEqual(before);
    scratch.run(script);
    expect(treeOf(scratch.app)).not.toEqual(before);
    expect(undo.giveBack(snapshot)).toEqual([]);
    expect(treeOf(scratch.app)).toEqual(before);
    if (script.includes('notes'))
      expect(statSync(join(scratch.app, 'notes/run.sh')).mtimeMs).toBe(1_000_000_000_000);
  });

  test.each([': > src/main.ts', 'truncate -s 0 src/main.ts', 'cp /dev/null src/main.ts'])(
    '%s',
    async script => {
      const snapshot = await undo.save(script, scratch.app);
      scratch.run(script);
      expect(scratch.read('src/main.ts')).toBe('');
      expect(undo.giveBack(snapshot)).toEqual([]);
      expect(scratch.read('src/main.ts')).toBe('changed\n');
    },
  );

  test('a name that is no UTF-8', async () => {
    scratch.run('printf x > "notes/$(printf \'caf\\351\')"');
    const list = () => scratch.run('ls notes | od -c');
    const before = list();
    const snapshot = await undo.save('rm -rf notes', scratch.app);
    scratch.run('rm -rf notes');
    undo.giveBack(snapshot);
    expect(list()).toBe(before);
  });
});

describe('what is not as it was', () => {
  test('newer files stay until a person says yes', async () => {
    const snapshot = await undo.save('rm -rf notes', scratch.app);
    scratch.run('rm -rf notes && mkdir notes && echo newer > notes/run.sh');
    expect(undo.giveBack(snapshot).map(step => step.differs)).toEqual([
      expect.stringContaining('stands there'),
    ]);
    expect(scratch.read('notes/run.sh')).toBe('newer\n');
    undo.giveBack(snapshot, { all: true });
    expect(scratch.read('notes/run.sh')).toBe('#!/bin/sh\n');
  });

  test('a saved file that something wrote through its other name is not given back as the lost one', async () => {
    const snapshot = await undo.save('rm -rf notes', scratch.app);
    writeFileSync(join(scratch.app, 'notes/run.sh'), 'other\n');
    utimesSync(join(scratch.app, 'notes/run.sh'), 1_100_000_000, 1_100_000_000);
    scratch.run('rm -rf notes');
    expect(undo.giveBack(snapshot).map(step => step.text)).toEqual([
      expect.stringContaining('cannot give back'),
    ]);
  });
});

describe('bounds', () => {
  test('over the cap: the question says so, and nothing is kept', async () => {
    const small = retentionOf({ undo: { cap: 10 } });
    const plan = undo.plan(await undo.verdict('rm -rf notes', scratch.app), scratch.app, small);
    expect(plan.items).toEqual([]);
    expect(plan.lines.join(' ')).toMatch(/does not save .*notes: it is .*one snapshot may be 10 B/);
    await expect(
      undo.save('git clean -fdx', scratch.app, { ...small, one: { ...small.one, cap: 10 } }),
    ).rejects.toThrow();
    expect(undo.store.list()).toEqual([]);
  });

  test('old ones go, then the oldest over the size', async () => {
    const first = await undo.save('rm -rf notes', scratch.app);
    const second = await undo.save('rm -rf src', scratch.app);
    const later = new SnapshotStore(join(undo.directory, 'undo'), () => Date.now() + 1000);
    expect(later.prune({ keep: 60_000, size: second.bytes }).map(one => one.id)).toEqual([first.id]);
    const muchLater = new SnapshotStore(join(undo.directory, 'undo'), () => Date.now() + 120_000);
    expect(muchLater.prune({ keep: 60_000, size: 1e9 }).map(one => one.id)).toEqual([second.id]);
  });

  test('private: 0700 and 0600', async () => {
    const { id } = await undo.save(': > src/main.ts', scratch.app);
    const mode = (path: string) => (statSync(join(undo.directory, 'undo', path)).mode & 0o777).toString(8);
    expect([mode(''), mode(id), mode(`${id}/snapshot.json`), mode(`${id}/0/data/0`)]).toEqual([
      '700',
      '700',
      '600',
      '600',
    ]);
  });
});

describe('half a snapshot is never offered', () => {
  test('a directory that cannot be written', async () => {
    writeFileSync(join(undo.directory, 'undo'), 'not a directory');
    await expect(undo.save('rm -rf notes', scratch.app)).rejects.toMatchObject({ code: 'not-saved' });
    expect(undo.store.list()).toEqual([]);
  });

  test.runIf(spawnSync('unshare', ['-m', 'true']).status === 0)('a full disk', () => {
    // A disk of its own, 64 kB large, in a mount namespace of its own.
    const script = `mount -t tmpfs -o size=64k none "$1" && head -c 300000 /dev/urandom > "$2/big.bin" && node "$3" "$1" "$2"`;
    const root = join(import.meta.dirname, '../..');
    const program = join(undo.directory, 'take.mjs');
    const bundle = join(undo.directory, 'store.mjs');
    execFileSync(
      join(root, 'node_modules/.bin/esbuild'),
      [
        join(root, 'src/undo/store.ts'),
        '--bundle',
        '--platform=node',
        '--format=esm',
        `--outfile=${bundle}`,
        '--log-level=error',
        '--external:libpg-query',
        '--external:@guanmingchiu/*',
        '--banner:js=import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      ],
      { cwd: root },
    );
    writeFileSync(
      program,
      `import { SnapshotStore } from './store.mjs';
       import { readdirSync } from 'node:fs';
       const [disk, app] = process.argv.slice(2);
       const store = new SnapshotStore(disk + '/undo');
       const item = { kind: 'files', what: 'x', place: app + '/big.bin', with: { keep: ['copy'] } };
       const one = { cap: 1e9, entries: 1e5, milliseconds: 1e4 };
       try { store.take([item], { command: 'x', cwd: app, rules: [] }, { keep: 1e9, size: 1e9, one }, {}); }
       catch (fault) { console.log(fault.message, store.list().length, readdirSync(disk + '/undo/partial').length); }`,
    );
    const disk = join(undo.directory, 'disk');
    mkdirSync(disk);
    const ran = spawnSync('unshare', ['-m', 'sh', '-c', script, '-', disk, scratch.app, program], {
      encoding: 'utf8',
    });
    expect(ran.stdout.trim()).toBe('the disk is full 0 0');
  });

  test('kill -9 in the middle', async () => {
    const whole = await undo.save('rm -rf src', scratch.app);
    // As a killed process leaves it: entries, no list, aside.
    const partial = join(undo.directory, 'undo/partial/ABCDE');
    execFileSync('cp', ['-r', join(undo.directory, 'undo', whole.id), partial]);
    expect(undo.store.list().map(one => one.id)).toEqual([whole.id]);
    expect(() => undo.store.find('ABCDE')).toThrow(/no snapshot/);
    const later = new SnapshotStore(join(undo.directory, 'undo'), () => Date.now() + 2 * 3_600_000);
    later.prune({ keep: 1e12, size: 1e12 });
    expect(existsSync(partial)).toBe(false);
    // A snapshot whose own file is torn is none.
    writeFileSync(
      join(undo.directory, 'undo', whole.id, 'snapshot.json'),
      readFileSync(join(undo.directory, 'undo', whole.id, 'snapshot.json')).subarray(0, 40),
    );
    expect(undo.store.list()).toEqual([]);
    erase(join(undo.directory, 'undo', whole.id));
  });
});
