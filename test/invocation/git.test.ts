import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { CommandGrammar } from '../../src/invocation/grammar.js';
import { splitAlias } from '../../src/invocation/grammars/git/aliases.js';
import { commands } from '../../src/invocation/grammars/git/commands.js';
import { optionsOf } from '../../src/invocation/notation.js';
import { understandScript } from '../../src/invocation/unwrap.js';
import { NotLoaded } from '../../src/lazy.js';
import type { World } from '../../src/port.js';
import { scratchDirectory } from '../support/scratch.js';
import { fakeWorld } from '../support/world.js';

async function read(script: string, world: World = fakeWorld()) {
  for (;;) {
    try {
      return understandScript(script, world);
    } catch (fault) {
      if (!(fault instanceof NotLoaded)) throw fault;
      await fault.library.load();
    }
  }
}

/** An invocation as one line: command, options, operands. */
async function lines(script: string, world?: World) {
  return (await read(script, world)).map(({ tool, subcommand, options, operands, unknown, doubts }) =>
    [
      tool,
      ...subcommand,
      ...options.map(use => (use.negated ? 'not ' : '') + use.name + (use.value ? `=${use.value.text}` : '')),
      ...operands.map(word => `<${word.text}>`),
      ...unknown.map(word => `?${word.text}`),
      ...doubts.map(doubt => `!${doubt.kind}`),
    ].join(' '),
  );
}

describe('reads', () => {
  test.each([
    ['git push -fu origin main', 'git push --force --set-upstream <origin> <main>'],
    ['git push --mirr', 'git push --mirror'],
    ['git push --for', 'git push ?--for'],
    ['git push -f --no-force', 'git push --force not --force'],
    ['git -C a -c x.y=z --git-dir=g --work-tree w push', 'git push -C=a -c=x.y=z --git-dir=g --work-tree=w'],
    ['git -p --no-pager --namespace n log -5', 'git log --paginate --no-pager --namespace=n -5'],
    ['git --exec-path', 'git --exec-path'],
    ['git reset --har HEAD', 'git reset --hard <HEAD>'],
    ['git branch -C a b', 'git branch -C <a> <b>'],
    ['git switch -c x', 'git switch --create=x'],
    ['git commit -am "push --force"', 'git commit --all --message=push --force'],
    ['git commit --no-verify -m x', 'git commit --no-verify --message=x'],
    ['git push --no-verify', 'git push not --verify'],
    ['git stash push -- a', 'git stash push <a>'],
    ['git stash drop -q stash@{1}', 'git stash drop --quiet <stash@{1}>'],
    ['git remote rm origin', 'git remote remove <origin>'],
    ['git stage .', 'git add <.>'],
    ['git-push --force', 'git push --force'],
    ['/usr/lib/git-core/git-push -f', 'git push --force'],
    [
      'git submodule foreach --recursive git clean -fd',
      'git submodule foreach --recursive <git> <clean> <-fd>',
    ],
    ['git tag -n3 -l v1', 'git tag -n=3 --list <v1>'],
    [
      'git log --format=%h -n 3 -S push --author=me -- src',
      'git log --format=%h --max-count=3 -S=push --author=me <src>',
    ],
  ])('%s', async (script, expected) => {
    expect((await lines(script))[0]).toBe(expected);
  });
});

describe('sees what an alias stands for', () => {
  const configured = (text: string) =>
    fakeWorld({
      git: args => (args[0] === 'config' ? { status: 0, stdout: text } : { status: 1, stdout: '' }),
    });
  test.each([
    ["git -c alias.p='push -f' p origin", 'git push -c=alias.p=push -f --force <origin>'],
    ["git -c ALIAS.P='push -f' p", 'git push -c=ALIAS.P=push -f --force'],
    ["git -c alias.p='!git push' p -f", 'git push --force'],
    ['git -c alias.p=\'!f() { git push "$@"; }; f\' p -f', 'git push --force'],
    ["A='push -f' git --config-env=alias.p=A p", 'git push --config-env=alias.p=A --force'],
    ["GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=alias.p GIT_CONFIG_VALUE_0='push -f' git p", 'git push --force'],
    [`GIT_CONFIG_PARAMETERS="'alias.p=push -f'" git p`, 'git push --force'],
    [`GIT_CONFIG_PARAMETERS="'alias.p'='push -f'" git p`, 'git push --force'],
    ["git -c alias.a=b -c alias.b='push -f' a", 'git push -c=alias.a=b -c=alias.b=push -f --force'],
  ])('%s', async (script, expected) => {
    expect(await lines(script)).toContain(expected);
  });

  test('git p, with the alias in the repository', async () => {
    expect(await lines('git p origin', configured('alias.p\npush --force\0'))).toContain(
      'git push --force <origin>',
    );
  });

  test('git push, which no alias can shadow, asks for none', async () => {
    const asked: string[] = [];
    const world = fakeWorld({
      git: args => {
        asked.push(args.join(' '));
        return { status: 128, stdout: '' };
      },
    });
    await lines('git push origin main', world);
    expect(asked).toEqual([]);
  });

  test('git -c alias.a=b -c alias.b=a a comes to an end', async () => {
    expect(await lines('git -c alias.a=b -c alias.b=a a')).toHaveLength(3);
  });

  test('git pusj is harmless, but not where git guesses', async () => {
    expect(await lines('git pusj')).toEqual(['git pusj']);
    expect(await lines('git -c help.autocorrect=never pusj')).toEqual(['git pusj -c=help.autocorrect=never']);
    expect(await lines('git -c help.autocorrect=immediate qqqqqq')).toContain(' !alias');
  });

  test.each([
    'pusj',
    'puhs',
    'reste',
    'cehckout',
    'clena',
    'brnach',
    'statsh',
    'stas',
    'rebsae',
    'rest',
    'qq',
  ])('git %s is guessed as git guesses it', async typo => {
    const said = spawnSync('git', ['-c', 'help.autocorrect=immediate', typo, '--no-such-option'], {
      encoding: 'utf8',
      cwd: '/',
      env: { PATH: process.env['PATH'], LC_ALL: 'C', GIT_CONFIG_NOSYSTEM: '1', HOME: '/nonexistent' },
    }).stderr;
    const meant = /you meant '([a-z-]+)'/.exec(said)?.[1];
    const guessed = (await lines(`git -c help.autocorrect=immediate ${typo}`)).at(-1);
    expect(guessed).toMatch(meant === undefined ? /!alias/ : new RegExp(`^git ${meant}( |$)`));
  });

  test('git $command is a doubt', async () => {
    expect(await lines('git "$command"')).toContain(' !word');
  });

  test.each([
    ["a 'b c' d", ['a', 'b c', 'd']],
    ['a "b \\" c"', ['a', 'b " c']],
    ["a ''", ['a', '']],
    ["a 'b", undefined],
  ])('%s', (text, words) => expect(splitAlias(text)).toEqual(words));
});

describe('sees the commands that git runs', () => {
  test.each([
    ["git rebase -x 'git push -f' main", 'git push --force'],
    ['git bisect run git push -f', 'git push --force'],
    ["git submodule foreach 'git clean -fd'", 'git clean --force -d'],
    ['git submodule foreach git clean -fd', 'git clean --force -d'],
    ["git filter-branch --tree-filter 'rm -rf x' HEAD", 'rm'],
    ["git difftool -x 'git push -f'", 'git push --force'],
    ["git grep -O'git push -f' x", 'git push --force'],
    ["git -c core.fsmonitor='git push -f; true' status", 'git push --force'],
    ["git -c core.sshCommand='git push -f' fetch", 'git push --force'],
    ["git -c credential.helper='!git push -f' fetch", 'git push --force'],
    ["git -c filter.x.smudge='git push -f' checkout main", 'git push --force'],
    ["GIT_EXTERNAL_DIFF='git push -f' git diff", 'git push --force'],
    ["GIT_EDITOR='git push -f' git commit", 'git push --force'],
    ["EDITOR='git push -f' git commit", 'git push --force'],
    ["git fetch --upload-pack='git push -f;' ../x", 'git push --force'],
    ["git push --receive-pack='git push -f;' ../x main", 'git push --force'],
    ["git -c protocol.ext.allow=always ls-remote 'ext::git push -f'", 'git push --force'],
    ["git clone 'ext::sh -c git% push% -f'", 'git push --force'],
    ['git for-each-repo --config=x.y push -f', 'git push --force'],
    ["git clone -c core.sshCommand='git push -f' u", 'git push --force'],
  ])('%s', async (script, expected) => {
    const found = await lines(script);
    expect(found.some(line => line.startsWith(expected))).toBe(true);
    expect(found.filter(line => / !\w+$/.test(line))).toEqual([]);
  });

  test.each([
    'git -c core.pager=cat log',
    'GIT_PAGER=cat git log',
    'GIT_EDITOR=true git rebase --continue',
    'git -c core.editor=true rebase --continue',
    "GIT_SSH_COMMAND='ssh -i key -o IdentitiesOnly=yes' git push",
    'git -c core.fsmonitor=false status',
    'git -c core.hooksPath=/dev/null commit -m x',
    'git -c credential.helper=store fetch',
    "git -c credential.helper= -c 'credential.helper=!gh auth git-credential' fetch",
    'git -c user.name=me commit -m x',
    'git -c pager.log=false log',
  ])('%s raises no doubt', async script => {
    expect((await lines(script)).filter(line => / !\w+$/.test(line))).toEqual([]);
  });

  test('git --exec-path=dir status is a doubt', async () => {
    expect(await lines('git --exec-path=dir status')).toContain(' !construct');
  });
});

const version = spawnSync('git', ['--version'], { encoding: 'utf8' }).stdout ?? '';

describe.runIf(version.includes('2.39.'))('git itself agrees', () => {
  const scratch = scratchDirectory();
  const env = { PATH: process.env['PATH'], HOME: scratch, GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' };
  const ask = (args: readonly string[]) =>
    spawnSync('git', args, {
      cwd: scratch,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 5000,
    }).stderr;
  ask(['init', '-q']);

  /** Scripts and other packages' commands, which have no parser of git's own to ask. */
  const scripted =
    /^(difftool|mergetool|filter-|fast-import|http-push|fetch-pack|send-email|lfs|svn|annex|submodule|bisect|commit-tree|interpret|show-branch|help|credential|var|bundle|hook)/;
  /** They share one table of git's revision and difference options, though not every command takes each of them. */
  const loose = /^(log|show|whatchanged|rev-list|shortlog|diff|range-diff|format-patch|blame|reflog|stash)/;

  const flat = (path: readonly string[], grammar: CommandGrammar): [string, CommandGrammar][] => [
    [path.join(' '), grammar],
    ...Object.entries(grammar.subcommands ?? {}).flatMap(([name, inner]) => flat([...path, name], inner)),
  ];
  const tables = Object.entries(commands())
    .filter(([name]) => !scripted.test(name))
    .flatMap(([name, grammar]) => flat([name], grammar))
    // These ask for a stash or a sparse checkout before they read their options.
    .filter(([path]) => !/^(stash (list|show)|sparse-checkout (add|reapply))$/.test(path))
    .filter(([, grammar]) => grammar.options);

  test.each(tables)('git %s', (path, grammar) => {
    const words = path.split(' ');
    const wrong = [...optionsOf(grammar.options ?? '')].flatMap(([spelling, row]) => {
      if (row.arity === 'required') {
        const answer = ask([...words, spelling]);
        if (loose.test(path) && /unknown option|invalid option|unrecognized argument|^usage/.test(answer))
          return [];
        return /requires a value|requires an argument|expects|malformed|bad --|need/i.test(answer)
          ? []
          : [`${spelling}: ${answer.split('\n')[0]}`];
      }
      if (row.arity !== 'none' || !spelling.startsWith('--') || loose.test(path)) return [];
      const answer = ask([...words, `${row.negatable ? spelling.replace('--', '--no-') : spelling}=x`]);
      return /takes no value/.test(answer) ? [] : [`${spelling}=x: ${answer.split('\n')[0]}`];
    });
    expect(wrong).toEqual([]);
  });
});
