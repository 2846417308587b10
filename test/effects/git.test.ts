/** The effects of git commands as rules see them: action, resource, target, host, extent. */

import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import type { World } from '../../src/port.js';
import { policyOf } from '../../src/rulecheck.js';
import { fakeWorld } from '../support/world.js';

/** Every effect of a script on git's things, as one line each. */
async function effects(script: string, world: World = fakeWorld()): Promise<readonly string[]> {
  const { understood } = await decide({ script }, policyOf([]), world);
  return understood
    .flatMap(one => one.effects)
    .filter(({ resource }) => resource.startsWith('git.'))
    .map(({ action, resource, target, host, extent, with: more }) =>
      [action, resource, target && `<${target}>`, host && `@${host}`, extent, ...more]
        .filter(part => part !== '')
        .join(' '),
    );
}

/** A repository whose configuration says this, on the branch `topic`. */
function configured(...settings: readonly (readonly [string, string])[]): World {
  return fakeWorld({
    git: args => {
      if (args.includes('--symbolic-full-name')) return { status: 0, stdout: 'refs/heads/topic\n' };
      if (args[0] !== 'config') return { status: 1, stdout: '' };
      const pattern = new RegExp(args.at(-1)!, 'i');
      const found = settings.filter(([key]) => pattern.test(key));
      return {
        status: found.length > 0 ? 0 : 1,
        stdout: found.map(([key, value]) => `${key}\n${value}\0`).join(''),
      };
    },
  });
}

describe('without a repository', () => {
  test.each<[string, readonly string[]]>([
    ['git push', []],
    ['git push -f', ['overwrite git.remote-branch one']],
    ['git push -f origin main', ['overwrite git.remote-branch <main> one']],
    ['git push -f git@github.com:a/b.git main', ['overwrite git.remote-branch <main> @github.com one']],
    [
      'git push -f https://me:pw@GitLab.example.com:8443/a.git main',
      ['overwrite git.remote-branch <main> @gitlab.example.com one'],
    ],
    ['git push -f ssh://git@host:22/a main', ['overwrite git.remote-branch <main> @host one']],
    ['git push -f ../other main', ['overwrite git.remote-branch <main> one']],
    ['git push origin +a:b c', ['overwrite git.remote-branch <b> one']],
    ['git push origin +refs/heads/a', ['overwrite git.remote-branch <a> one']],
    ['git push --force-with-lease', ['overwrite git.remote-branch one lease=fetched']],
    ['git push --force-with-lease=a:', ['overwrite git.remote-branch one lease=checked']],
    ['git push --force-with-lease=a:abcd origin b', []],
    [
      'git push --force-with-lease=main:abcd origin main',
      ['overwrite git.remote-branch <main> one lease=checked'],
    ],
    [
      'git push --force-with-lease=a:abcd --force-with-lease origin a b',
      [
        'overwrite git.remote-branch <a> one lease=checked',
        'overwrite git.remote-branch <b> one lease=fetched',
      ],
    ],
    ['git push --force-with-lease origin "$B"', ['overwrite git.remote-branch unknown lease=fetched']],
    ['git push --force-with-lease origin +main', ['overwrite git.remote-branch <main> one']],
    ['git push -f --tags', ['overwrite git.remote-branch <*> all']],
    ['git push --all -f', ['overwrite git.remote-branch <*> all']],
    ['git push -d origin a b', ['delete git.remote-branch <a> one', 'delete git.remote-branch <b> one']],
    ['git push origin :refs/tags/v1', ['delete git.remote-tag <v1> one']],
    ['git push -d origin tag v1', ['delete git.remote-tag <v1> one']],
    ['git push --mirror backup', ['overwrite git.remote-repository <backup> all']],
    ['git push origin "$B"', ['unknown git.refspec unknown']],
    ['git push -f origin "$B"', ['overwrite git.remote-branch unknown']],
    ['git push origin ":$B"', ['delete git.remote-branch one']],
    ['git push origin "$B:main"', ['unknown git.refspec <:main> unknown']],
    ["git push origin $(git branch -r | sed 's#origin/#:#')", ['delete git.remote-branch one']],
    ['git branch -r | awk \'{print ":" $1}\' | xargs git push origin', ['delete git.remote-branch one']],
    [
      'git push origin $(git for-each-ref --format=+%(refname) refs/heads)',
      ['overwrite git.remote-branch unknown'],
    ],
    ['git push origin $(git branch --show-current)', ['unknown git.refspec unknown']],
    ['git push origin "+$B"', ['overwrite git.remote-branch unknown']],
    ['git branch -D a b', ['delete git.branch <a> one', 'delete git.branch <b> one']],
    ['git branch --merged | xargs git branch -D', ['delete git.branch unknown']],
    ['git branch --merged | xargs git branch -d', []],
    ['git reset --hard', ['discard git.worktree all']],
    ['git reset --hard HEAD~2', ['discard git.worktree all', 'delete git.commit some']],
    ['git checkout -- a b', ['discard git.file <a b> some']],
    ['git checkout "$BRANCH"', []],
    ['git checkout $BRANCH', []],
    ['git checkout -- $FILES', ['discard git.file unknown']],
    ['git checkout -f $BRANCH', ['discard git.worktree all']],
    ['git ls-files -m | xargs git checkout', []],
    ['git ls-files -m | xargs git checkout HEAD', ['discard git.file <HEAD> unknown']],
    ['git restore --pathspec-from-file=list', ['discard git.file unknown']],
    ['git clean -fd src', ['delete git.untracked <src> some']],
    ['git stash drop', ['delete git.stash <stash@{0}> one']],
    ['git stash clear', ['delete git.stash <all stashes> all']],
    ['git remote remove origin', ['delete git.remote <origin> one']],
    ['git filter-repo --path x', ['rewrite git.history all']],
    ['git push -f -h', ['overwrite git.remote-branch one']],
    ['git push --help', []],
  ])('%s', async (script, expected) => expect(await effects(script)).toEqual(expected));
});

describe('in a repository', () => {
  const origin = ['remote.origin.url', 'git@github.com:a/b.git'] as const;
  test.each<[string, World, readonly string[]]>([
    ['git push -f', configured(origin), ['overwrite git.remote-branch <topic> @github.com one']],
    ['git push -f origin HEAD', configured(origin), ['overwrite git.remote-branch <topic> @github.com one']],
    [
      'git push -f',
      configured(
        origin,
        ['branch.topic.pushremote', 'fork'],
        ['remote.fork.pushurl', 'https://fork.example.com/x'],
      ),
      ['overwrite git.remote-branch <topic> @fork.example.com one'],
    ],
    [
      'git push -f gh:a/b main',
      configured(['url.https://github.com/.insteadof', 'gh:']),
      ['overwrite git.remote-branch <main> @github.com one'],
    ],
    [
      'git push -f',
      configured(origin, ['push.default', 'matching']),
      ['overwrite git.remote-branch <*> @github.com all'],
    ],
    [
      'git push',
      configured(origin, ['remote.origin.push', '+main']),
      ['overwrite git.remote-branch <main> @github.com one'],
    ],
    ['git push', configured(origin, ['remote.origin.push', 'main']), []],
    [
      'git push',
      configured(origin, ['remote.origin.mirror', 'true']),
      ['overwrite git.remote-repository <origin> @github.com all'],
    ],
    ['git clean', configured(['clean.requireforce', 'false']), ['delete git.untracked all']],
    ['git clean -n', configured(['clean.requireforce', 'false']), []],
    ['git -C "$dir" clean', configured(['clean.requireforce', 'false']), []],
  ])('%s', async (script, world, expected) => expect(await effects(script, world)).toEqual(expected));
});

test('what agents type all day asks the repository nothing', async () => {
  const asked: string[] = [];
  const world = fakeWorld({
    git: args => {
      asked.push(args.join(' '));
      return { status: 128, stdout: '' };
    },
  });
  for (const script of [
    'git status',
    'git diff --stat',
    'git log --oneline -5',
    'git add -A',
    'git commit -m "x"',
    'git push -u origin main',
    'git fetch --all --prune',
    'git pull --rebase',
    'git stash',
    'git switch -c topic',
    'git checkout -b topic',
    'git rebase main',
  ]) {
    expect(await effects(script, world)).toEqual([]);
  }
  expect(asked).toEqual([]);
});

test('the query about what clean would remove can never remove anything', async () => {
  const asked: (readonly string[])[] = [];
  const world = fakeWorld({
    git: args => {
      asked.push(args);
      return { status: 128, stdout: '' };
    },
  });
  for (const script of ['git clean -f', 'git clean -n --no-dry-run -ffdx -e a', 'git clean -fi -- -n']) {
    await effects(script, world);
  }
  const cleans = asked.filter(args => args[0] === 'clean');
  expect(cleans).toHaveLength(3);
  for (const args of cleans) expect(args[args.indexOf('--') - 1]).toBe('-n');
});
