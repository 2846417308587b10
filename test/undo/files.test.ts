/** Files and trees that rm and redirections take, and what comes back; and what a crash or a full disk leaves. */

import { chmodSync, mkdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { retentionOf } from '../../src/undo/plan.js';
import { SnapshotStore } from '../../src/undo/store.js';
import { Scratch } from '../support/git-scratch.js';
import { gitStateOf, treeOf, Undo } from '../support/snapshots.js';

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
      chmodSync(join(scratch.app, 'src/main.ts'), 0o750);
      scratch.run('echo staged >a.txt; git add a.txt');
      const state = () => [treeOf(scratch.app), gitStateOf(scratch.app, scratch.env)];
      const before = state();
      const snapshot = await undo.save(script, scratch.app);
      expect(state()).toEqual(before);
      scratch.run(script);
      expect(scratch.read('src/main.ts')).toBe('');
      expect(undo.giveBack(snapshot)).toEqual([]);
      expect(state()).toEqual(before);
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
