/** What is read of a repository's files is what git says, in repositories of every kind; what is out of the ordinary is left to git. */

import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { GitAnswers } from '../src/git-answers.js';
import { GitFiles } from '../src/git-files/answers.js';
import { QuietGit } from '../src/quiet-git.js';
import { loadSubprocess } from '../src/subprocess.js';
import { Scratch } from './support/git-scratch.js';

const scratch = new Scratch();
const { app, root, env } = scratch;

const write = (path: string, text: string) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

beforeAll(async () => {
  await loadSubprocess();
  for (const name of [
    'src/a.ts',
    'src/deep/b.ts',
    'src/[id].ts',
    'docs/ü.md',
    'docs/x.md',
    'distance.txt',
    'new',
  ])
    write(join(app, name), `${name}\n`);
  scratch.run(`
    git add -A && git commit -qm more
    git branch feature/login && git tag v1.0 && git tag -a -m x v2.0 && git branch old HEAD~1
    git branch fade && git branch -q docs && git branch config
    git pack-refs --all && git branch newer && git branch gone && git branch -qD gone
    git update-index --assume-unchanged distance.txt
    git update-index --skip-worktree docs/x.md
    git rm -q --cached new && git add -N new
    ln -s src link
    git config alias.st status
  `);
});

const NAMES = [
  'main old feature/login feature v1.0 v2.0 newer gone fade docs src HEAD FETCH_HEAD ORIG_HEAD config index hooks objects',
  'refs refs/heads refs/heads/main heads/main tags/v1.0 origin origin/main remotes/origin/main origin/nothing',
  'main-worktree/HEAD worktrees/linked/HEAD worktrees bisect/bad worktree/here refs/worktree/here',
  'main~1 main^ @ @{u} :/more main:a.txt deadbeef dead v1.0-1-gdeadbee src/a.ts src/ . .. a..b a.lock lock.x a//b /main -x',
].flatMap(line => line.split(' '));

const PATHS = [
  'a.txt src src/ src/a.ts src/a.ts/ src/deep src/dee dist distance.txt docs docs/x.md docs/ü.md new link link/a.ts',
  ':(glob)src/*.ts :(glob)*.txt :(glob)dist* :(glob)**/b.ts :(glob)src/** :(glob)src/**/b.ts :(glob)**/deep/* :(glob)?.txt :(glob)d*s/?.md',
  ':(glob)src/[a-z].ts :(glob)src/a** :(glob)src :(glob)src/ :(glob)nothing/*.x :(glob)../*.txt :(glob)** :(glob)*',
  'nothing/at/all src/[id].ts src/* *.ts :(literal)src/[id].ts :(literal)src :(top,literal)src :(top)src :!src :/src . ./src ../app/src',
].flatMap(line => line.split(' '));

const QUESTIONS: readonly (readonly string[])[] = [
  ['rev-parse', '--show-toplevel'],
  ['rev-parse', '--absolute-git-dir'],
  ['rev-parse', '--symbolic-full-name', 'HEAD'],
  ['rev-parse', '--symbolic-full-name', 'main'],
  ...NAMES.map(name => ['rev-parse', '--verify', '--quiet', `${name}^{object}`]),
  ...PATHS.flatMap(path => [
    ['ls-files', '--', path],
    ['ls-files', '-z', '--', path],
    ['ls-files', '-v', '-z', '--', path],
  ]),
  ['ls-files', '-z', '--', `:(literal)${app}/src`],
  ['ls-files', '-z', '--', `:(literal)${app}/src/deep`, 'a.txt', 'src'],
  ['ls-files', '-z', '--', `:(literal)${app}/dist*`, `:(glob)${app}/dist*`],
  ['ls-files', '-z', '--', `${app}`],
  ['ls-files', '-z', '--', root],
  ['ls-files', '-z', '--', join(app, 'link/a.ts')],
  ['ls-files', '-z', '-o', '--', 'src'],
  ['ls-files', '-z'],
];

/** How many of the questions were answered without git, each as git answers it. */
function answered(cwd: string, own: Readonly<Record<string, string>> = env, every = 1): number {
  const files = new GitFiles(own);
  const git = new QuietGit(own);
  const asked = QUESTIONS.filter((_, at) => at % every === 0);
  const told = asked.flatMap(args => {
    const answer = files.answer(args, cwd);
    return answer ? [{ args, answer }] : [];
  });
  for (const { args, answer } of told) {
    const { status, stdout } = git.run(args, cwd);
    expect([args, answer]).toEqual([args, { status, stdout: stdout.toString() }]);
  }
  return told.length;
}

describe('an ordinary repository', () => {
  test('is read, in it and below', () => {
    expect(answered(app)).toBeGreaterThan(60);
    expect(answered(join(app, 'src'))).toBeGreaterThan(50);
    expect(answered(join(app, 'link'), env, 3)).toBeGreaterThan(10);
  });

  test.each([
    [['rev-parse', '--symbolic-full-name', 'HEAD']],
    [['rev-parse', '--verify', '--quiet', 'newer^{object}']],
    [['rev-parse', '--verify', '--quiet', 'gone^{object}']],
    [['ls-files', '--', 'dist']],
    [['ls-files', '-z', '--', ':(literal)x*', ':(glob)x*']],
    [['ls-files', '-v', '-z', '--', ':(top,literal)src/deep']],
  ])('%j needs no git', args => {
    expect(new GitFiles(env).answer(args, app)).toBeDefined();
  });

  test.each([
    ['HEAD detached', 'git checkout -q --detach', 'git checkout -q main'],
    ['a branch called HEAD', 'git update-ref refs/heads/HEAD main', 'git update-ref -d refs/heads/HEAD'],
    [
      'a branch without a commit',
      'git symbolic-ref HEAD refs/heads/unborn',
      'git symbolic-ref HEAD refs/heads/main',
    ],
    ['a branch that is another', 'git symbolic-ref refs/heads/as main', 'git symbolic-ref -d refs/heads/as'],
    ['objects packed', 'git repack -qad', 'true'],
    [
      'a conflict',
      'git checkout -qb side && echo x >a.txt && git commit -qam o && git checkout -q main && echo y >a.txt && git commit -qam y && ! git merge -q side',
      'git merge --abort',
    ],
    ['no index', 'mv .git/index .git/kept', 'mv .git/kept .git/index'],
    ['no branch but packed ones', 'git pack-refs --all', 'true'],
  ])('with %s', (_, change, back) => {
    scratch.run(change);
    expect(answered(app, env, 3)).toBeGreaterThan(10);
    scratch.run(back);
  });
});

describe('a linked work tree', () => {
  const linked = join(root, 'linked');

  test('is read, in it and below, and so is the one beside it', () => {
    scratch.run(`
      git worktree add -q ../linked -b linked && git update-ref refs/worktree/here HEAD && cd ../linked
      git commit -q --allow-empty -m on && git reset -q --hard HEAD~1 && git rm -q --cached a.txt
      git update-ref refs/worktree/here main && git update-ref refs/bisect/bad main
    `);
    for (const cwd of [linked, join(linked, 'src'), app]) expect(answered(cwd)).toBeGreaterThan(50);
    const ask = (...args: readonly string[]) => new GitFiles(env).answer(args, linked)?.stdout;
    expect(ask('rev-parse', '--symbolic-full-name', 'HEAD')).toBe('refs/heads/linked\n');
    expect(ask('ls-files', '-z', '--', 'a.txt')).toBe('');
    expect(ask('ls-files', '-z', '--', 'src/a.ts')).toBe('src/a.ts\0');
    scratch.run('git worktree remove --force ../linked && git branch -qD linked');
  });
});

const LIST = ['config', '-z', '--list'];

/** The listing without git, which has to be git's own. */
function listing(own: Readonly<Record<string, string>> = env): string | undefined {
  const read = new GitFiles(own).settings(app);
  if (read !== undefined) expect(read).toBe(new QuietGit(own).run(LIST, app).stdout.toString());
  return read;
}

describe('the configuration', () => {
  const global = join(root, '.gitconfig');
  const xdg = join(root, '.config/git/config');
  afterEach(() => {
    for (const file of [global, xdg]) rmSync(file, { force: true });
  });

  test('is that of the user and the repository, weakest first', () => {
    write(xdg, '[alias]\n\tone = status\n');
    write(global, '[alias]\n\ttwo = log\n[Push]\n\tdefault = current');
    expect(listing()).toMatch(/^alias.one\nstatus\0alias.two\nlog\0push.default\ncurrent\0core\./);
    expect(listing({ ...env, XDG_CONFIG_HOME: join(root, 'none') })).toMatch(/^alias.two/);
    expect(listing({ ...env, GIT_CONFIG_NOSYSTEM: '0' })).toBeUndefined();
    const { GIT_CONFIG_NOSYSTEM: _, ...whole } = env;
    listing(whole);
  });

  test.each([
    '[a]\nb = c\n d=e\n\tF-G   =\th i  j \t\n',
    '# x\n; y\n\n[a] # z\nb\nc =\nd = ""\ne = "" x\n',
    '[A "B.c"]\nD = e # f\ng = "h # i" ; j\nk = l;m\n',
    '[a "b\\"c\\\\d"]\ne = " f " g\nh = "i\\n\\tj"\\\\k\\"\n',
    '[alias]\nlg = "!f() { git log \\"$@\\" | head; }; f"\nx = !rm -rf\n',
    '[a]\nb = ü \u{1f600}\nb = again\n[a "ü"]\nc = d',
    '[filter "lfs"]\n\tclean = git-lfs clean -- %f\n\trequired = true\n',
  ])('of %j is read', text => {
    write(global, text);
    expect(listing()).toBeDefined();
  });

  test.each([
    '[include]\npath = other\n',
    '[includeIf "gitdir:~/"]\npath = other\n',
    '[a]\nb = c \\\n d\n',
    '[a]\nb = c\td\n',
    '[a.b]\nc = d\n',
    '[a] b = c\n',
    '[a]\r\nb = c\r\n',
    '[a]\nb = \\x\n',
    '[a]\nb = "c\n',
    '[a]\nb # c\n',
    '[a]\n-b = c\n',
    'b = c\n',
    '\ufeff[a]\nb = c\n',
  ])('of %j is left to git', text => {
    write(global, text);
    expect(listing()).toBeUndefined();
  });

  test('of random lines is read as git reads it, or not', () => {
    const parts = [
      '[a]',
      '[b "c d"]',
      '\n',
      '\n',
      '\n',
      'x',
      'y = ',
      '=',
      ' ',
      '\t',
      '"',
      '\\',
      '#',
      ';',
      'z',
      '\\n',
      '[',
      ']',
      '"q"',
    ];
    let state = 7;
    const below = (limit: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (state >> 8) % limit;
    };
    let read = 0;
    for (let i = 0; i < 100; i += 1) {
      write(global, `[a]\n${Array.from({ length: below(9) }, () => parts[below(parts.length)]).join('')}`);
      if (listing() !== undefined) read += 1;
    }
    expect(read).toBeGreaterThan(10);
  });

  test('names the filters that a comparison leaves out', () => {
    write(global, `[filter "mark"]\n\tclean = touch ${join(root, 'ran')} && cat\n`);
    write(join(app, '.git/info/attributes'), '*.ts filter=mark\n');
    write(join(app, 'src/a.ts'), 'changed\n');
    expect(new GitAnswers(env).answer(['status', '--porcelain'], app).stdout).toContain('src/a.ts');
    expect(existsSync(join(root, 'ran'))).toBe(false);
    rmSync(join(app, '.git/info/attributes'));
    scratch.run('git checkout -q src/a.ts');
  });
});

describe('left to git', () => {
  test.each([
    ['an index in two parts', 'git update-index --split-index', 'git update-index --no-split-index'],
    ['an index of version 4', 'git update-index --index-version 4', 'git update-index --index-version 2'],
    ['a damaged index', 'cp .git/index .git/kept; truncate -s -7 .git/index', 'mv .git/kept .git/index'],
  ])('%s', (_, change, back) => {
    scratch.run(change);
    expect(new GitFiles(env).answer(['ls-files', '--', 'dist'], app)).toBeUndefined();
    answered(app);
    scratch.run(back);
  });

  test.each([
    [
      'a linked work tree with settings of its own',
      'git init -q ../two && cd ../two && git commit -q --allow-empty -m x && git worktree add -q ../own && git config extensions.worktreeConfig true',
      'own',
    ],
    [
      'a linked work tree whose repository went',
      'git init -q ../gone && cd ../gone && git commit -q --allow-empty -m x && git worktree add -q ../left && cd .. && rm -r gone',
      'left',
    ],
    ['a submodule', 'git -c protocol.file.allow=always submodule --quiet add ../remote.git sub', 'app/sub'],
    ['a repository without a work tree', 'true', 'remote.git'],
    ['its own .git', 'true', 'app/.git'],
    ['a directory in .git', 'true', 'app/.git/hooks'],
    ['no repository', 'true', '.'],
    [
      'a work tree elsewhere',
      'git init -q ../moved && git -C ../moved config core.worktree ../../app',
      'moved',
    ],
    ['a newer format', 'git init -q ../v1 && git -C ../v1 config core.repositoryformatversion 1', 'v1'],
    ['SHA-256', 'git init -q --object-format=sha256 ../long', 'long'],
    [
      'a repository that calls itself bare',
      'git init -q ../bare && git -C ../bare config core.bare true',
      'bare',
    ],
    [
      'the same behind its section',
      "git init -q ../behind && printf '[core]\\n\\trepositoryformatversion = 0\\n[core] bare\\n' >../behind/.git/config",
      'behind',
    ],
    [
      'an extension',
      'git init -q ../extended && git -C ../extended config extensions.worktreeConfig true',
      'extended',
    ],
    ['a half made repository', 'mkdir -p ../half/.git/refs && echo x >../half/.git/HEAD', 'half'],
    [
      'a configuration that is not to be read',
      'git init -q ../closed && rm ../closed/.git/config && mkdir ../closed/.git/config',
      'closed',
    ],
  ])('%s', (_, make, place) => {
    scratch.run(make);
    expect(answered(join(root, place))).toBe(0);
  });

  test('a repository that another variable names', () => {
    for (const [name, value] of [
      ['GIT_DIR', join(root, 'remote.git')],
      ['GIT_INDEX_FILE', join(root, 'other')],
      ['GIT_LITERAL_PATHSPECS', '1'],
      ['GIT_CEILING_DIRECTORIES', root],
      ['GIT_CONFIG_COUNT', '0'],
    ] as const)
      expect(answered(app, { ...env, [name]: value })).toBe(0);
  });

  test('words of names and addresses are no settings', () => {
    scratch.run(`
      git init -q ../named && cd ../named && git remote add bare ../bare.git && git remote add x ../my-extensions
      git config branch.worktree-a.remote bare
    `);
    const answer = new GitFiles(env).answer(['ls-files', '--', 'absent'], join(root, 'named'));
    expect(answer).toEqual({ status: 0, stdout: '' });
  });

  test('variables that say how to reach other machines change nothing', () => {
    const reaching = { ...env, GIT_SSL_CAINFO: '/etc/ssl/certs/ca.crt', GIT_HTTP_USER_AGENT: 'x' };
    const [ordinary, reached] = [env, reaching].map(one =>
      new GitFiles(one).answer(['ls-files', '-z', '--', ':(top,literal)absent'], app),
    );
    expect(ordinary).toEqual({ status: 0, stdout: '' });
    expect(reached).toEqual(ordinary);
  });

  test('files that are no refs', () => {
    symlinkSync(join(app, '.git/refs/heads/main'), join(app, '.git/refs/heads/other'));
    writeFileSync(join(app, '.git/refs/heads/broken'), 'no hash\n');
    chmodSync(join(app, '.git/refs/heads/broken'), 0o600);
    const ask = (name: string) =>
      new GitFiles(env).answer(['rev-parse', '--verify', '--quiet', `${name}^{object}`], app);
    expect([ask('other'), ask('broken')]).toEqual([undefined, undefined]);
    for (const name of ['other', 'broken']) rmSync(join(app, '.git/refs/heads', name));
  });
});
