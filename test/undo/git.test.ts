/** What git takes away in a real repository, and what comes back. */

import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { Scratch } from '../support/git-scratch.js';
import { gitStateOf, treeOf, Undo } from '../support/snapshots.js';

let scratch: Scratch;
let undo: Undo;
beforeEach(() => {
  scratch = new Scratch();
  undo = new Undo(scratch.env);
});

const stateNow = () => ({ tree: treeOf(scratch.app), git: gitStateOf(scratch.app, scratch.env) });

/** A repository in the middle of work: every kind of change that git knows, and some that it does not. */
function midWork(): void {
  scratch.write('.gitignore', '*.log\n.env\n');
  scratch.write('b.txt', 'b\n');
  scratch.write('gone.txt', 'gone\n');
  scratch.write('run.sh', '#!/bin/sh\n');
  scratch.write('crlf.txt', 'one\r\ntwo\r\n');
  symlinkSync('a.txt', join(scratch.app, 'link'));
  scratch.run('git add -A && git commit -q -m second');
  scratch.commit('a.txt', 'three\n');
  scratch.write('a.txt', 'staged\n');
  scratch.run('git add a.txt');
  scratch.write('a.txt', 'staged, then changed\n');
  scratch.write('b.txt', 'changed\n');
  rmSync(join(scratch.app, 'gone.txt'));
  chmodSync(join(scratch.app, 'run.sh'), 0o755);
  rmSync(join(scratch.app, 'link'));
  symlinkSync('b.txt', join(scratch.app, 'link'));
  scratch.write('new.txt', 'added\n');
  scratch.run('git add new.txt');
  mkdirSync(join(scratch.app, 'notes'));
  scratch.write('notes/idea.md', 'an idea\n');
  writeFileSync(join(scratch.app, 'odd name\t"é\n.txt'), 'odd\n');
  symlinkSync('/nowhere', join(scratch.app, 'dangling'));
  scratch.write('.env', 'TOKEN=1\n');
  chmodSync(join(scratch.app, '.env'), 0o600);
  scratch.write('debug.log', 'log\n');
}

describe('comes back as it was', () => {
  test.each([
    'git reset --hard',
    'git reset --hard HEAD~1',
    'git reset -q --hard HEAD~2',
    'git checkout -- .',
    'git checkout HEAD -- .',
    'git checkout -f HEAD~1',
    'git restore .',
    'git restore -SW .',
    'git clean -fdx',
    'git clean -fd',
    'git stash clear',
    'git reset --hard && git clean -fdx',
  ])('%s', async script => {
    midWork();
    if (script.includes('stash')) scratch.run('git stash -q && git stash apply -q --index');
    const before = stateNow();
    const snapshot = await undo.save(script, scratch.app);
    expect(stateNow()).toEqual(before);
    scratch.run(script);
    expect(stateNow()).not.toEqual(before);
    expect(undo.giveBack(snapshot)).toEqual([]);
    expect(stateNow()).toEqual(before);
    expect(undo.store.steps(snapshot, undo.env)).toEqual([]);
  });

  test('a branch, its commits and its reflog, though git pruned them', async () => {
    scratch.run('git checkout -q -b feature');
    scratch.commit('f.txt', 'f\n');
    scratch.run('git checkout -q main');
    const before = stateNow();
    const log = scratch.run('git reflog show --format="%H %gs" feature');
    const snapshot = await undo.save('git branch -D feature', scratch.app);
    scratch.run('git branch -D feature && git reflog expire --expire=now --all && git gc -q --prune=now');
    expect(() => scratch.run('git rev-parse --verify -q feature')).toThrow();
    expect(undo.giveBack(snapshot)).toEqual([]);
    expect(stateNow()).toEqual(before);
    expect(scratch.run('git reflog show --format="%H %gs" feature')).toContain(log.trim());
    scratch.run('git fsck --strict');
  });

  test('stashes, in their order', async () => {
    for (const text of ['one', 'two', 'three']) {
      scratch.write('a.txt', `${text}\n`);
      scratch.run(`git stash push -q -m ${text}`);
    }
    const before = stateNow();
    const snapshot = await undo.save('git stash clear', scratch.app);
    scratch.run('git stash clear && git gc -q --prune=now');
    undo.giveBack(snapshot);
    expect(stateNow()).toEqual(before);
    const dropped = await undo.save('git stash drop', scratch.app);
    scratch.run('git stash drop -q');
    undo.giveBack(dropped);
    expect(stateNow()).toEqual(before);
  });

  test('history that a rewrite replaced, once a person says yes', async () => {
    scratch.commit('c.txt', 'c\n');
    const before = stateNow();
    const script = "FILTER_BRANCH_SQUELCH_WARNING=1 git filter-branch -f --msg-filter 'sed s/^/x/' -- --all";
    const snapshot = await undo.save(script, scratch.app);
    scratch.run(script);
    expect(undo.giveBack(snapshot).map(step => step.differs)).toEqual([
      expect.stringContaining('commits that the snapshot does not have'),
    ]);
    undo.giveBack(snapshot, { all: true });
    expect(stateNow().git['refs']).toEqual(before.git['refs']);
  });

  test('a merge in its middle', async () => {
    scratch.run('git checkout -q -b other');
    scratch.commit('a.txt', 'other\n');
    scratch.run('git checkout -q main');
    scratch.commit('a.txt', 'main\n');
    scratch.try('git merge -q other');
    const before = stateNow();
    const snapshot = await undo.save('git reset --hard', scratch.app);
    scratch.run('git reset -q --hard');
    undo.giveBack(snapshot);
    expect(stateNow()).toEqual(before);
    expect(scratch.run('git rev-parse MERGE_HEAD')).toBe(scratch.run('git rev-parse other'));
  });

  test('a linked work tree', async () => {
    scratch.run('git worktree add -q ../side -b side');
    const side = join(scratch.root, 'side');
    writeFileSync(join(side, 'wip.txt'), 'wip\n');
    writeFileSync(join(side, 'a.txt'), 'changed there\n');
    const before = { tree: treeOf(side), git: gitStateOf(side, scratch.env) };
    const snapshot = await undo.save('git worktree remove --force ../side', scratch.app);
    scratch.run('git worktree remove --force ../side');
    undo.giveBack(snapshot);
    expect({ tree: treeOf(side), git: gitStateOf(side, scratch.env) }).toEqual(before);
  });

  test('a repository inside, with its history', async () => {
    scratch.run('git init -q nested && cd nested && git commit -q --allow-empty -m first && echo x > y');
    const nested = join(scratch.app, 'nested');
    const before = { tree: treeOf(nested), git: gitStateOf(nested, scratch.env) };
    const snapshot = await undo.save('git clean -ffdx', scratch.app);
    scratch.run('git clean -q -ffdx');
    undo.giveBack(snapshot);
    expect({ tree: treeOf(nested), git: gitStateOf(nested, scratch.env) }).toEqual(before);
  });

  test('the branch of another repository, pushed back by a yes', async () => {
    scratch.commit('theirs.txt', 'theirs\n');
    scratch.run('git push -q origin main');
    const before = scratch.remoteRefs();
    scratch.run('git reset -q --hard HEAD~1 && git update-ref -d refs/remotes/origin/main');
    scratch.run('git reflog expire --expire=now --all && git gc -q --prune=now');
    scratch.commit('ours.txt', 'ours\n');
    const snapshot = await undo.save('git push --force origin main', scratch.app);
    expect(scratch.remoteRefs()).toBe(before);
    scratch.run('git push -q --force origin main');
    expect(undo.giveBack(snapshot).map(step => step.text)).toEqual([
      expect.stringMatching(/^push [0-9a-f]{10} back to refs\/heads\/main of origin$/),
    ]);
    expect(scratch.remoteRefs()).not.toBe(before);
    undo.giveBack(snapshot, { all: true });
    expect(scratch.remoteRefs()).toBe(before);
  });

  test('both branches of a push of two', async () => {
    scratch.run('git switch -qc topic');
    scratch.commit('topic.txt', 'topic\n');
    scratch.run('git switch -q main');
    scratch.commit('theirs.txt', 'theirs\n');
    scratch.run('git push -q origin main topic');
    const before = scratch.remoteRefs();
    scratch.run(
      'git reset -q --hard HEAD~1 && git branch -qf topic main && git commit -q --allow-empty -m ours',
    );
    const snapshot = await undo.save('git push --force origin main topic', scratch.app);
    expect(snapshot.items.map(item => item.what)).toEqual([expect.stringContaining('main, topic of origin')]);
    scratch.run('git push -q --force origin main topic');
    expect(scratch.remoteRefs()).not.toBe(before);
    expect(undo.giveBack(snapshot)).toHaveLength(2);
    undo.giveBack(snapshot, { all: true });
    expect(scratch.remoteRefs()).toBe(before);
  });

  test('a submodule’s own work, and nothing of guard’s in it', async () => {
    const allowed = 'git -c protocol.file.allow=always';
    scratch.run(
      `${allowed} clone -q ../remote.git ../lib-src && ${allowed} submodule -q add ../remote.git lib`,
    );
    scratch.run('git commit -q -m lib');
    const lib = join(scratch.app, 'lib');
    writeFileSync(join(lib, 'a.txt'), 'changed there\n');
    writeFileSync(join(lib, 'tool.sh'), '#!/bin/sh\n', { mode: 0o755 });
    symlinkSync('a.txt', join(lib, 'link'));
    scratch.run('git add tool.sh', lib);
    const states = () => [treeOf(lib), gitStateOf(lib, scratch.env), stateNow()];
    const inside = () => scratch.run('find .git -type f | sort');
    const before = [states(), inside()];
    const snapshot = await undo.save('git submodule deinit -f lib', scratch.app);
    expect([states(), inside()]).toEqual(before);
    scratch.run('git submodule -q deinit -f lib');
    expect(treeOf(lib)).toEqual({});
    undo.giveBack(snapshot);
    expect([treeOf(lib), gitStateOf(lib, scratch.env)]).toEqual(before[0]?.slice(0, 2));
  });

  test('but not over what came to the other repository since', async () => {
    scratch.commit('theirs.txt', 'theirs\n');
    scratch.run('git push -q origin main && git reset -q --hard HEAD~1');
    scratch.commit('ours.txt', 'ours\n');
    const snapshot = await undo.save('git push --force origin main', scratch.app);
    scratch.run('git push -q --force origin main');
    scratch.commit('later.txt', 'later\n');
    scratch.run('git push -q origin main');
    const now = scratch.remoteRefs();
    const push = undo.store.steps(snapshot, undo.env).find(step => step.text.startsWith('push'));
    expect(() => push?.apply()).toThrow(/did not take it/);
    expect(scratch.remoteRefs()).toBe(now);
  });
});

describe('newer work stays', () => {
  test('in a file, staged, and on a branch', async () => {
    midWork();
    const snapshot = await undo.save('git reset --hard HEAD~1', scratch.app);
    scratch.run('git reset -q --hard HEAD~1');
    scratch.commit('newer.txt', 'newer commit\n');
    scratch.write('b.txt', 'newer b\n');
    scratch.write('staged.txt', 'newer staged\n');
    scratch.run('git add staged.txt');
    const left = undo.giveBack(snapshot);
    expect(left.map(step => step.text)).toEqual([
      expect.stringContaining('refs/heads/main'),
      'restore the index',
      expect.stringContaining('b.txt'),
    ]);
    expect(scratch.read('b.txt')).toBe('newer b\n');
    expect(scratch.read('staged.txt')).toBe('newer staged\n');
    expect(scratch.run('git log -1 --format=%s')).toBe('newer.txt\n');
    expect(scratch.read('notes/idea.md')).toBe('an idea\n');
  });
});

describe('nothing of it shows', () => {
  test('in status, refs, logs, a mirror push, or the objects of the repository', async () => {
    midWork();
    const objects = () => scratch.run('git count-objects -v; ls -R .git | sort');
    const before = [objects(), scratch.run('git log --all --oneline; git for-each-ref')];
    await undo.save('git reset --hard', scratch.app);
    await undo.save('git clean -fdx', scratch.app);
    expect([objects(), scratch.run('git log --all --oneline; git for-each-ref')]).toEqual(before);
    scratch.run('git push -q --mirror');
    expect(scratch.remoteRefs()).not.toContain('guard');
  });

  test('and no program of the repository runs: hooks, filters, fsmonitor, signatures', async () => {
    midWork();
    const ran = join(scratch.root, 'ran');
    scratch.run(`printf '#!/bin/sh\\necho hook >> ${ran}\\ncat' > evil.sh && chmod +x evil.sh`);
    scratch.run(
      'for h in post-checkout reference-transaction post-index-change; do cp evil.sh .git/hooks/$h; done',
    );
    scratch.run(`git config core.fsmonitor ${scratch.app}/evil.sh && git config log.showSignature true
      git config gpg.program ${scratch.app}/evil.sh && git config diff.external ${scratch.app}/evil.sh
      for k in clean smudge process; do git config filter.evil.$k ${scratch.app}/evil.sh; done
      git config filter.evil.required true`);
    scratch.write('.gitattributes', '*.txt filter=evil diff=evil\n');
    // Racy: written in the second of the index, so that git looks at the content.
    scratch.write('b.txt', 'changex\n');
    rmSync(ran, { force: true });
    const snapshot = await undo.save('git reset --hard HEAD~1; git clean -fdx', scratch.app);
    undo.giveBack(snapshot);
    expect(() => scratch.run(`cat ${ran}`)).toThrow();
  });
});
