/** What guard says of git commands, against what git does to a real repository and a real remote. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { readPack } from '../../src/policy/load.js';
import { policyOf } from '../../src/rulecheck.js';
import { realWorld } from '../../src/world.js';
import { Scratch } from '../support/git-scratch.js';

const file = join(import.meta.dirname, '../../rules/git.yaml');
const policy = policyOf([await readPack(readFileSync(file, 'utf8'), 'rules/git.yaml', { builtin: true })]);

let scratch: Scratch;
beforeEach(() => {
  scratch = new Scratch();
});

const worldOf = () => realWorld({ cwd: scratch.app, env: scratch.env });

async function judge(script: string): Promise<string> {
  return (await decide({ script }, policy, worldOf())).decision;
}

async function judgeAll(scripts: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const judged: Record<string, string> = {};
  for (const script of Object.keys(scripts)) judged[script] = await judge(script);
  return judged;
}

/** A commit on the remote that the work tree's branch lacks, and one here that the remote lacks. */
function diverge(): void {
  scratch.commit('theirs.txt', 'theirs\n');
  scratch.run('git push -q origin main && git reset -q --hard HEAD~1');
  scratch.commit('ours.txt', 'ours\n');
}

describe('a push that is stopped would have changed what the remote has', () => {
  test.each([
    'git push -f',
    'git push --force origin main',
    'git push -fq origin main',
    'git push -fu origin main',
    'git push -uf origin main',
    'git push origin main -f',
    'git push origin +main',
    'git push origin +HEAD:main',
    "git push origin '+refs/*:refs/*'",
    'git push --force-with-lease origin +main',
    'git push --force --force-with-lease origin main',
    'git fetch -q && git push --force-with-lease',
    'git fetch -q && git push --force-with-lease=main origin main',
    'git fetch -q && git push --force-with-lease=main:origin/main origin main',
    'git push ../remote.git +HEAD:main',
    'git push origin :other',
    'git push -d origin other',
    'git push --del origin other',
    'git push --mirror',
    'git push --mirr origin',
    "git push --prune origin 'refs/heads/*'",
    'git -c remote.origin.push=+HEAD:main push',
    'git -c remote.origin.push=+HEAD:main push origin',
    'git -c remote.origin.mirror=true push origin',
    "git -c alias.p='push -f' p origin main",
    "git -c alias.p='!git push -f' p origin main",
    'GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=remote.origin.push GIT_CONFIG_VALUE_0=+HEAD:main git push',
    `GIT_CONFIG_PARAMETERS="'remote.origin.push'='+HEAD:main'" git push`,
    'git send-pack --force ../remote.git main',
    'git send-pack ../remote.git +main',
    '$(git --exec-path)/git-push -f origin main',
    "GIT_EDITOR='git push -f; true' git commit --amend",
    "git rebase -x 'git push -f origin HEAD:main' HEAD~1",
  ])('%s', async script => {
    scratch.run('git push -q origin main:other');
    diverge();
    const before = scratch.remoteRefs();
    const decision = await judge(script.replace('$(git --exec-path)', '/usr/lib/git-core'));
    scratch.try(script);
    expect({ decision, changed: scratch.remoteRefs() !== before }).toEqual({
      decision: 'confirm',
      changed: true,
    });
  });

  test('git push, where the repository says that it forces', async () => {
    diverge();
    scratch.run("git config remote.origin.push '+refs/heads/main'");
    expect(await judge('git push')).toBe('confirm');
    const before = scratch.remoteRefs();
    scratch.run('git push -q');
    expect(scratch.remoteRefs()).not.toBe(before);
  });

  test('git p, where the repository says what it stands for', async () => {
    scratch.run("git config alias.p 'push --force'");
    expect(await judge('git p')).toBe('confirm');
    expect(await judge('git -C .. -C app p')).toBe('confirm');
    expect(await judge('git --git-dir=.git p')).toBe('confirm');
  });
});

describe('a push that passes loses nothing of the remote', () => {
  test.each([
    'git push',
    'git push -u origin main',
    'git push --tags',
    'git push --force-if-includes origin main',
    'git push --force-with-lease=other:1a2b3c4 origin main',
    'git push --force-with-lease --no-force-with-lease origin main',
    'git push -f --no-force origin main',
    'git push -fn origin main',
    'git push --dry-run --mirror',
    'git push origin HEAD:refs/heads/new',
    'git push --for origin main',
    'git push -h',
  ])('%s', async script => {
    diverge();
    const kept = scratch.run('git rev-parse main', scratch.remote);
    const decision = await judge(script);
    scratch.try(script);
    const now = scratch.run('git rev-parse main', scratch.remote);
    expect({ decision, now }).toEqual({ decision: 'allow', now: kept });
  });
});

/** One unstaged edit, one staged edit, one untracked file: what catalogue §3.1 starts from. */
function dirty(): void {
  scratch.commit('b.txt', 'one\n');
  scratch.run('git branch other');
  scratch.write('b.txt', 'staged edit\n');
  scratch.run('git add b.txt');
  scratch.write('a.txt', 'unstaged edit\n');
  scratch.write('new.txt', 'untracked\n');
}

function work(): string {
  const all = ['a.txt', 'b.txt', 'new.txt'].map(name => {
    try {
      return scratch.read(name);
    } catch {
      return 'gone\n';
    }
  });
  return all.join('');
}

describe('a command that is stopped would have lost work', () => {
  test.each([
    'git reset --hard',
    'git reset --har HEAD',
    'git reset --hard @',
    'git --git-dir=.git reset --hard',
    'git --git-dir=.git --work-tree=. reset --hard',
    'git checkout -f',
    'git checkout --force other',
    'git checkout -fB new other',
    'git checkout HEAD -- .',
    'git checkout @ .',
    'git checkout .',
    'git checkout -- a.txt',
    'git checkout a.txt',
    'git checkout :/',
    'git checkout HEAD a.txt',
    'git checkout -m a.txt',
    'git checkout --conflict=diff3 a.txt',
    'git show HEAD:a.txt > a.txt',
    'git cat-file -p HEAD:a.txt > ./a.txt',
    'git checkout other a.txt',
    'git switch -f other',
    'git switch --discard-changes other',
    'git restore a.txt',
    'git restore -SW .',
    'git restore --source=HEAD -- .',
    'git read-tree -u --reset HEAD',
    'git reset --merge',
    'git commit -qm a a.txt && git read-tree -m -u HEAD',
    'git checkout-index -f -a',
    'git rm -rf .',
    'git rm -f a.txt',
    'git mv -f a.txt b.txt',
    'git clean -f',
    'git clean -fdx',
    'git clean -xdf',
    'git -c clean.requireForce=false clean -d',
    "git -c alias.undo='checkout .' undo",
    'git submodule foreach true; git checkout .',
  ])('%s', async script => {
    dirty();
    const before = work();
    const decision = await judge(script);
    scratch.try(script);
    expect({ decision, lost: work() !== before }).toEqual({ decision: 'confirm', lost: true });
  });
});

describe('a command that passes loses no work', () => {
  test.each([
    'git reset',
    'git reset --soft HEAD',
    'git reset --keep HEAD~1',
    'git restore --staged .',
    'git checkout other',
    'git checkout main --',
    'git checkout b.txt',
    'git checkout -B other',
    'git switch other',
    'git switch -C other',
    'git clean',
    'git clean -n',
    'git clean -fn',
    'git show HEAD:a.txt > c.txt',
    'git rm --cached b.txt',
    'git rm a.txt',
    'git merge --abort',
    'git rebase --abort',
    'git bisect reset',
    'git update-index --force-remove a.txt',
    'git commit -am x',
    'git branch -d other',
    'git gc --auto',
    'git checkout -b new',
    'git tag v1',
  ])('%s', async script => {
    dirty();
    const before = work();
    const decision = await judge(script);
    scratch.try(script);
    expect({ decision, kept: work() === before }).toEqual({ decision: 'allow', kept: true });
  });
});

describe('with nothing to lose', () => {
  test.each([
    'git reset --hard',
    'git reset --hard HEAD',
    'git reset --hard origin/main',
    'git reset --hard HEAD~1',
    'git checkout -- a.txt',
    'git checkout .',
    'git checkout -f',
    'git restore .',
    'git restore -SW .',
    'git clean -fd',
    'git switch -f main',
    'git rm -rf a.txt',
    'git branch -D merged',
    'git branch -M renamed',
    'git branch -f merged main',
    'git tag -d light',
    'git update-ref refs/backup/x HEAD',
    'git worktree remove --force ../linked',
  ])('%s runs', async script => {
    scratch.commit('c.txt', 'two\n');
    scratch.run(
      'git push -q && git branch merged && git tag light && git worktree add -q ../linked -b linked',
    );
    expect(await judge(script)).toBe('allow');
  });

  test('a deleted file may be taken back', async () => {
    scratch.run('rm a.txt');
    expect(await judge('git checkout -- a.txt')).toBe('allow');
    expect(await judge('git checkout a.txt')).toBe('allow');
    expect(await judge('git restore a.txt')).toBe('allow');
    expect(await judge('git reset --hard')).toBe('allow');
  });

  test('an untouched conflict may be settled for one side', async () => {
    scratch.run('git checkout -q -b side');
    scratch.commit('a.txt', 'side\n');
    scratch.run('git checkout -q main');
    scratch.commit('a.txt', 'main\n');
    scratch.try('git merge -q side');
    expect(await judge('git checkout --theirs a.txt')).toBe('allow');
    expect(await judge('git checkout --ours -- .')).toBe('allow');
    scratch.write('a.txt', 'settled by hand\n');
    expect(await judge('git checkout --theirs a.txt')).toBe('confirm');
  });

  test('generated files may be cleaned', async () => {
    scratch.run(
      'echo dist > .gitignore && git add . && git commit -qm i && mkdir dist && echo x > dist/x.js',
    );
    expect(await judge('git clean -fdX')).toBe('allow');
    scratch.run('echo .env >> .gitignore && git commit -qam i && echo SECRET=1 > .env');
    expect(await judge('git clean -fdX')).toBe('confirm');
    expect(await judge('git clean -fdx -e .env')).toBe('allow');
  });
});

describe('with commits to lose', () => {
  beforeEach(() => {
    scratch.run('git checkout -q -b feature');
    scratch.commit('f.txt', 'feature\n');
    scratch.commit('g.txt', 'feature\n');
  });

  test.each([
    'git reset --hard HEAD~1',
    'git reset --hard main',
    'git reset -q HEAD~1 --hard',
    'git branch -M main feature2',
    'git branch -f feature2 main',
    'git update-ref refs/heads/feature main',
    'git update-ref -d refs/heads/feature',
    'git tag -d note',
    'git stash clear',
    'git reflog expire --expire=now --all',
  ])('%s is stopped', async script => {
    scratch.run('git tag -a note -m note main && git branch feature2 && git checkout -q feature');
    scratch.run('git checkout -q feature2');
    scratch.commit('h.txt', 'more\n');
    scratch.run('git checkout -q feature');
    scratch.commit('i.txt', 'more\n');
    expect(await judge(script)).toBe('confirm');
  });

  test('git branch -D feature', async () => {
    scratch.run('git checkout -q main');
    expect(await judge('git branch -D feature')).toBe('confirm');
    scratch.run('git branch copy feature');
    expect(await judge('git branch -D feature')).toBe('allow');
    expect(await judge('git branch -D feature copy')).toBe('confirm');
    scratch.run('git push -q origin feature');
    expect(await judge('git branch -D feature copy')).toBe('allow');
  });

  test('a branch that another keeps goes, after whatever takes no commit from a branch', async () => {
    const expected = {
      'git checkout -q main && git pull && git branch -D feature': 'allow',
      'git switch main; git fetch --prune; git branch -D feature': 'allow',
      'git worktree remove ../linked --force; git worktree prune && git branch -D feature': 'allow',
      'git merge feature && git push origin main && git branch -D feature': 'allow',
      'git branch -d gone && git stash && git branch -D feature': 'allow',
      'git branch -D copy && git branch -D feature': 'confirm',
      'git checkout -B copy main && git branch -D feature': 'confirm',
      'git branch -f copy main && git branch -D feature': 'confirm',
      'git fetch origin +main:copy && git branch -D feature': 'confirm',
      'git commit -am x && git branch -D feature': 'confirm',
    };
    scratch.run(
      'git branch -q copy feature && git checkout -q -b side main && git worktree add -q ../linked main',
    );
    expect(await judgeAll(expected)).toEqual(expected);
  });

  test('a branch that is made anew over another', async () => {
    const expected = {
      'git checkout -B feature main': 'confirm',
      'git checkout -Bfeature': 'confirm',
      'git fetch -q && git switch -C feature origin/main': 'confirm',
      'git worktree add -B feature ../linked main': 'confirm',
      'git checkout -B fresh main': 'allow',
      'git switch -C main feature': 'allow',
      'git fetch -q && git checkout -B main origin/main': 'allow',
      'git worktree add -b fresh ../linked main': 'allow',
    };
    scratch.run('git checkout -q -b side main');
    expect(await judgeAll(expected)).toEqual(expected);
    scratch.run('git push -q origin feature');
    expect(await judge('git checkout -B feature main')).toBe('allow');
  });

  test('a branch of which only the remote has a copy', async () => {
    const expected = {
      'git fetch && git branch -D feature': 'allow',
      'git push && git branch -D feature': 'allow',
      'git fetch -p && git branch -D feature': 'confirm',
      'git push origin :feature; git branch -D feature': 'confirm',
      'git branch -rD origin/feature && git branch -D feature': 'confirm',
    };
    scratch.run('git push -q origin feature && git checkout -q main');
    expect(await judgeAll(expected)).toEqual(expected);
  });

  test('a linked work tree with changes', async () => {
    scratch.run('git worktree add -q ../linked -b linked && echo x > ../linked/new');
    expect(await judge('git worktree remove --force ../linked')).toBe('confirm');
    expect(await judge('git worktree remove ../linked')).toBe('allow');
  });
});

describe('tells the person what would be lost', () => {
  const preview = async (script: string) => {
    const world = worldOf();
    const { git } = await import('../../src/effects/inspectors/git.js');
    const { matches } = await decide({ script }, policy, world);
    return matches.flatMap(({ effect, invocation }) =>
      effect ? (git.preview?.(effect, invocation, world) ?? []) : [],
    );
  };

  test('git reset --hard HEAD~1', async () => {
    scratch.commit('b.txt', 'x\n');
    dirty();
    const lines = (await preview('git reset --hard HEAD~1')).join('\n');
    expect(lines).toContain('Not committed: 2 files changed, 2 insertions(+), 2 deletions(-).');
    expect(lines).not.toContain('untracked');
  });

  test('git reset --hard to a commit that has what is untracked here', async () => {
    scratch.commit('c.txt', 'x\n');
    scratch.run('git rm -q c.txt && git commit -q -m gone');
    scratch.write('c.txt', 'mine');
    scratch.write('d.txt', 'mine');
    expect(await preview('git reset --hard HEAD~1')).toEqual(
      expect.arrayContaining(['1 untracked file would be overwritten:', '  c.txt']),
    );
    expect((await preview('git reset --hard')).join('\n')).not.toContain('untracked');
  });

  test('git push -f', async () => {
    diverge();
    const lines = await preview('git push -f origin main');
    expect(lines[0]).toBe('1 commit of origin/main, as last fetched, would be gone from it:');
    expect(lines[1]).toMatch(/^ {2}[0-9a-f]+ theirs\.txt$/);
  });

  test('git branch -D feature', async () => {
    scratch.run('git checkout -q -b feature');
    scratch.commit('f.txt', 'x\n');
    scratch.run('git checkout -q main');
    expect((await preview('git branch -D feature')).join('\n')).toMatch(
      /^1 commit on no other ref:\n {2}[0-9a-f]+ f\.txt$/,
    );
  });

  test('git clean -fd', async () => {
    scratch.write('new.txt', 'x');
    expect(await preview('git clean -fd')).toEqual(['1 untracked path would be deleted:', '  new.txt']);
  });

  test('git stash drop', async () => {
    scratch.write('a.txt', 'x');
    scratch.run('git stash -q');
    expect((await preview('git stash drop'))[0]).toBe('1 stash would be deleted:');
  });
});
