/** The files pack judged in real scratch directories: what must stop, and what people type all day. */

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { effect } from '../../src/effects/effect.js';
import { mountsBelow } from '../../src/effects/files/places.js';
import { filesRemove } from '../../src/effects/inspectors/files-remove.js';
import { readPack } from '../../src/policy/load.js';
import type { Policy } from '../../src/policy/rule.js';
import { policyOf } from '../../src/rulecheck.js';
import { realWorld } from '../../src/world.js';
import { git } from '../support/repository.js';
import { scratchDirectory } from '../support/scratch.js';
import { fakeWorld } from '../support/world.js';

const rules = join(import.meta.dirname, '../../rules/files.yaml');
let policy: Policy;
/** A home directory with a repository in it: `$HOME/app`. */
let home: string;
let app: string;

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

beforeAll(async () => {
  policy = policyOf([await readPack(readFileSync(rules, 'utf8'), rules, { builtin: true })]);
  home = scratchDirectory();
  app = join(home, 'app');
  for (const name of ['clean.txt', 'dirty.txt', 'src/a.ts', 'build/make.sh', 'old.db', 'conf.bak']) {
    put(join(app, name), 'as committed\n');
  }
  put(join(app, '.gitignore'), 'node_modules\n*.secret\n');
  git(app, 'init', '-q', '-b', 'main');
  git(app, 'add', '-A');
  git(app, 'commit', '-q', '-m', 'all');
  put(join(app, 'dirty.txt'), 'changed since\n');
  put(join(app, 'build/make.sh'), 'changed since\n');
  for (const name of [
    'untracked.txt',
    'new/a.ts',
    'node_modules/x/.git/HEAD',
    'app.db',
    'run.log',
    'page.html.bak',
    'page.html',
  ]) {
    put(join(app, name), 'not in git\n');
  }
  for (const name of ['notes.txt', '.bashrc', '.ssh/id_ed25519', 'other/file.txt', 'clone/.git/HEAD']) {
    put(join(home, name), 'precious\n');
  }
  put(join(app, '.env'), 'KEY=1\n');
  for (const name of ['.tool/sessions/4711', '.tool/sessions/4712', 'mixed/a']) put(join(home, name), '');
  put(join(home, 'mixed/b'), 'precious\n');
  mkdirSync(join(home, '.tool/none'));
  mkdirSync(join(app, 'empty'));
  symlinkSync(join(home, 'other'), join(app, 'link'));
  symlinkSync(join(home, 'notes.txt'), join(app, 'dist'));
});

async function rulesFor(script: string, cwd = app): Promise<readonly string[]> {
  const world = realWorld({ cwd, env: { HOME: home, PATH: '/usr/local/bin:/usr/bin:/bin' } });
  const { matches } = await decide({ script }, policy, world);
  return [...new Set(matches.map(match => match.rule.id.replace('files.', '')))];
}

describe('git has it', () => {
  test.each([
    'rm clean.txt',
    'rm -rf src',
    'rm old.db',
    'cp x old.db',
    ': > clean.txt',
    'truncate -s 0 clean.txt',
    'rm -f clean.txt .gitignore',
    'find src -delete',
  ])('%s', async script => expect(await rulesFor(script)).toEqual([]));
});

describe('git does not have it', () => {
  test.each([
    ['rm dirty.txt', 'delete-tree'],
    [': > dirty.txt', 'overwrite-project'],
    ['truncate -s 0 dirty.txt', 'overwrite-project'],
    ["perl -pi -e 's/.*//' dirty.txt", 'overwrite-project'],
    ["sed -i 's/^.*$//' dirty.txt", 'overwrite-project'],
    ["sed -ni 'q' dirty.txt", 'overwrite-project'],
    ["awk -i inplace '{}' dirty.txt", 'overwrite-project'],
    ['rm -rf new', 'delete-tree'],
    // git tracks something in it and it has changed: someone's sources, whatever it is called.
    ['rm -rf build', 'delete-tree'],
    ['rm app.db', 'delete-data'],
    ['cp x app.db', 'overwrite-kept'],
    ['sqlite3 x .dump > app.db', 'overwrite-kept'],
    ['rm .env', 'delete-secret'],
    ['cp .env.example .env', 'overwrite-kept'],
    ['rm -rf .', 'delete-tree'],
    ['rm -rf ../app', 'delete-tree'],
    ['rm -rf ../clone', 'delete-outside'],
    ['rm ../notes.txt', 'delete-outside'],
    ['echo x > ~/.bashrc', 'overwrite-system'],
    ['mv x ~/.bashrc', 'overwrite-system'],
    ['ln -sf /dev/null ~/notes.txt', 'overwrite-system'],
  ])('%s', async (script, rule) =>
    expect(await rulesFor(script)).toContain(rule.replace('overwrite-project', 'delete-tree')),
  );
});

describe('what people type all day', () => {
  test.each([
    'rm -rf node_modules && npm ci',
    'rm untracked.txt',
    'rm -f untracked.txt run.log',
    'rm -rf empty',
    'rm -rf untracked.txt',
    'rm page.html.bak',
    'cat > untracked.txt <<EOF\nx\nEOF',
    'jq . dirty.txt > t && mv t dirty.txt',
    'echo x > dirty.txt',
    "perl -pi -e 's/x.*//' dirty.txt",
    "sed -i 's/[ ]*$//' dirty.txt",
    "perl -pi -e 's/.*//' clean.txt",
    'cp clean.txt untracked.txt',
    'make 2>&1 | tee run.log',
    'make > /dev/null 2>&1',
    'mv untracked.txt renamed.txt',
    'cp -r src copy',
    'rm missing.txt',
    'rm link',
    'rm -rf link dist',
    'find . -name "*.pyc" -delete',
    'find . -name "*.pyc" | xargs grep x',
    'chmod +x clean.txt && chmod -R u+w .',
    'ln -sfn src current',
    'echo x >> ~/.bashrc',
    'rsync -a src/ copy/',
    'dd if=/dev/zero of=image.img bs=1M count=1',
    'rm --help',
    '{ echo a; echo b; } > dirty.txt',
    'find . -name "*.pyc" -print0 | xargs -0 rm -f',
    'find . -name node_modules -prune -exec rm -rf {} +',
    'd=$(mktemp -d) && rm -rf "$d"',
    'rm -rf "/tmp/$name"',
    'for f in *.log; do rm -f "$f"; done',
    'rmdir empty new',
    'install -d out/bin',
    'tar -cf - . | cat > /tmp/x.tar',
  ])('%s', async script => expect(await rulesFor(script)).toEqual([]));
});

test('a linked work tree goes where git has all that is in it', async () => {
  git(app, 'worktree', 'add', '-q', '../linked', '-b', 'linked');
  git(app, 'worktree', 'add', '-q', '--detach', '../detached');
  put(join(home, 'linked/node_modules/x.js'), 'x');
  expect(await rulesFor('rm -rf ../linked && git worktree prune')).toEqual([]);
  expect(await rulesFor('rm -rf ../detached')).toEqual(['delete-outside']);
  put(join(home, 'linked/.env'), 'KEY=1\n');
  expect(await rulesFor('rm -rf ../linked')).toEqual(['delete-outside']);
  git(app, 'worktree', 'remove', '--force', '../detached');
  git(app, 'worktree', 'remove', '--force', '../linked');
});

describe('settings of another project or of a tool', () => {
  test.each([
    ["cat > ~/tool/.env <<'EOF'\nLOG=info\nEOF\nchmod 600 ~/tool/.env", []],
    ['cp .env.example ~/tool/.env.local', []],
    ['echo KEY=2 > ~/app/.env', ['overwrite-kept']],
    ['cd src && cp ../.env.example ../.env', ['overwrite-kept']],
    ['cp -f .env.example ~/tool/.env', ['overwrite-kept']],
    ['cp new ~/.ssh/id_rsa', ['overwrite-kept']],
    ['cat > ~/.aws/credentials', ['overwrite-kept']],
  ])('%s', async (script, expected) => expect(await rulesFor(script)).toEqual(expected));
});

describe('what has no content', () => {
  test.each([
    ['find ~/.tool/sessions -mmin +120 -type f -exec rm {} +', []],
    [
      'mkdir -p ~/.tool/sessions && touch ~/.tool/sessions/"$PPID"; find ~/.tool/sessions -mtime +1 -delete',
      [],
    ],
    ['rm -f ~/.tool/sessions/4711', []],
    ['rm -rf ~/.tool/sessions', []],
    ['rm -f ~/mixed/a', []],
    ['rm -f ~/mixed/*', ['delete-outside']],
    ['find ~/mixed -type f -delete', ['delete-outside']],
    // What is not there now may be when the command runs.
    ['find ~/.tool/none -type f -delete', ['delete-outside']],
    ['rm -f ~/.tool/sessions/4713', ['delete-outside']],
  ])('%s', async (script, expected) => expect(await rulesFor(script)).toEqual(expected));
});

describe('a link is not what it points to, a path through it is', () => {
  test.each([
    ['rm -rf link/file.txt', ['delete-outside']],
    ['rm -rf link/*', ['delete-outside']],
    ['rm link/../notes.txt', ['delete-outside']],
    ['find link/ -name file.txt -delete', ['delete-outside']],
    // `link/..` is the directory above what the link points to.
    ['rm -rf link/../app', ['delete-tree']],
    ['cp clean.txt dist', ['overwrite-system']],
  ])('%s', async (script, expected) => expect(await rulesFor(script)).toEqual(expected));
});

describe('where the command runs', () => {
  test('a directory changed by cd', async () => {
    expect(await rulesFor('cd new && rm -rf ../src')).toEqual([]);
    expect(await rulesFor('cd .. && rm -rf other')).toEqual(['delete-outside']);
    expect(await rulesFor('cd src && rm -rf ../..')).toContain('delete-home');
  });
  test('a home directory is no project', async () => {
    expect(await rulesFor('rm notes.txt', home)).toEqual(['delete-outside']);
    expect(await rulesFor('rm -rf app', home)).not.toEqual([]);
  });
  test('the directory that one works in is work below /tmp as well, and so is ../other', async () => {
    const scratch = scratchDirectory();
    expect(await rulesFor('rm -rf .', scratch)).not.toEqual([]);
    expect(await rulesFor('rm -rf src', scratch)).toEqual(await rulesFor('rm -rf src', '/work/app'));
    expect(await rulesFor('rm -rf ../other', scratch)).toEqual(['delete-outside']);
    expect(await rulesFor('rm -rf /tmp/other', scratch)).toEqual([]);
    expect(await rulesFor('rm -rf ../dist', scratch)).toEqual([]);
    expect(await rulesFor('cd /tmp/mine && rm -rf ../other', scratch)).toEqual([]);
    expect(await rulesFor(`rm -rf ${home}/other`, scratch)).toEqual(['delete-outside']);
    expect(await rulesFor('mv src lib && mv lib ../elsewhere', scratch)).toEqual([]);
    expect(await rulesFor('mv new /tmp/', app)).toEqual(['move-away']);
  });
});

test.each([
  '[ -f .env ] || cp .env.example .env',
  '[ ! -f .env ] && echo KEY=2 > .env',
  'if [ ! -e .env ]; then cp .env.example .env; fi',
  'test -s .env || cp .env.example .env && npm ci',
])('a test says that nothing stands there: %s', async script => expect(await rulesFor(script)).toEqual([]));

test.each([
  '[ -f .env ] && cp .env.example .env',
  '! [ -f .env ] || cp .env.example .env',
  'false && [ -f .env ] || cp .env.example .env',
  '[ -f other ] || cp .env.example .env',
  'if [ ! -f .env ]; then true; else cp .env.example .env; fi',
  '[ -f .env ] || cp .env.example .env; cp .env.example .env',
  '[ -f .env ] || { mv untracked.txt .env; cp .env.example .env; }',
])('no test says so: %s', async script => expect(await rulesFor(script)).toEqual(['overwrite-kept']));

describe('what is not there', () => {
  test.each(['rm -rf new-app', 'npx rimraf new-app', '[ -d new-app ] && rm -rf new-app'])(
    'may be there when the command runs: %s',
    async script => expect(await rulesFor(script)).not.toEqual([]),
  );
});

test('declarations are output where git tracks none of them', async () => {
  const project = scratchDirectory();
  const work = join(project, 'home/work');
  put(join(work, 'lib/index.ts'), 'export {}');
  put(join(work, 'types/mine.d.ts'), 'declare const mine: 1;');
  git(work, 'init', '-q', '-b', 'main');
  git(work, 'add', '-A');
  git(work, 'commit', '-q', '-m', 'all');
  put(join(work, 'lib/index.d.ts'), 'export {};');
  put(join(work, 'types/mine.d.ts'), 'declare const mine: 2;');
  put(join(work, 'tests/output/a.txt'), 'x');
  const env = { HOME: join(project, 'home'), PATH: '/usr/local/bin:/usr/bin:/bin' };
  const judged = async (script: string) =>
    (await decide({ script }, policy, realWorld({ cwd: work, env }))).decision;
  expect(await judged('rimraf "lib/**/*.d.ts" ./tests/output')).toBe('allow');
  expect(await judged("find lib -name '*.d.ts' -delete")).toBe('allow');
  expect(await judged('rimraf "types/**/*.d.ts"')).toBe('confirm');
  expect(await judged('rimraf "lib/**/*.ts"')).toBe('confirm');
  expect(await judged('rimraf tests')).toBe('confirm');
});

test('a file system mounted below goes with the tree', async () => {
  const table = '36 35 98:0 / /work/app/dist/photos\\040here rw - nfs nas:/photos rw\n';
  const world = fakeWorld({ files: { '/proc/self/mountinfo': table } });
  const { matches } = await decide({ script: 'rm -rf dist' }, policy, world);
  expect(matches.map(match => [match.rule.id, match.effect?.target])).toEqual([
    ['files.delete-outside', '/work/app/dist/photos here'],
  ]);
  expect((await decide({ script: 'rm -rf --one-file-system dist' }, policy, world)).decision).toBe('allow');
});

test.skipIf(!existsSync('/proc/self/mountinfo'))('the real mount table is read', () => {
  const world = realWorld({ cwd: app, env: { HOME: home, PATH: '/usr/bin:/bin' } });
  expect(mountsBelow('/', world)).toContain('/proc');
});

test('more than five untracked files in one command', async () => {
  for (const name of 'abcdef') put(join(app, 'many', `${name}.csv`), 'x\n');
  expect(await rulesFor('rm many/*.csv')).toEqual(['delete-tree']);
  expect(await rulesFor('rm many/a.csv many/b.csv')).toEqual([]);
});

test('hidden changes are not clean', async () => {
  git(app, 'update-index', '--assume-unchanged', 'conf.bak');
  put(join(app, 'conf.bak'), 'changed behind git\n');
  expect(git(app, 'status', '--porcelain', '--', 'conf.bak')).toBe('');
  expect(await rulesFor('rm conf.bak')).toEqual(['delete-data']);
});

test('a tree with something untracked in it is not recoverable', async () => {
  put(join(app, 'lib/a.ts'), 'x\n');
  git(app, 'add', 'lib');
  git(app, 'commit', '-q', '-m', 'lib');
  expect(await rulesFor('rm -rf lib')).toEqual([]);
  put(join(app, 'lib/__pycache__/a.pyc'), 'x\n');
  expect(await rulesFor('rm -rf lib')).toEqual([]);
  put(join(app, 'lib/key.secret'), 'ignored, and nowhere else\n');
  expect(await rulesFor('rm -rf lib')).toEqual(['delete-tree']);
});

test('what a build writes under a name that others use for sources', async () => {
  put(join(app, 'pkg/package.json'), '{}\n');
  put(join(app, 'pkg/.gitignore'), 'es/\ntypes/\nmodule/\n');
  put(join(app, 'pkg/es/deep/index.js'), 'x\n');
  expect(await rulesFor('rm -rf pkg/es')).toEqual(['delete-tree']);
  put(join(app, 'pkg/src/index.ts'), 'what it is made from\n');
  put(join(app, 'pkg/es/index.d.ts'), 'x\n');
  expect(await rulesFor('rm -rf pkg/es')).toEqual([]);
  expect(await rulesFor('rm -rf pkg/es/*')).toEqual([]);
  expect(await rulesFor('rm -rf pkg/types')).toEqual([]);
  put(join(app, 'pkg/es/deep/hand-written.ts'), 'ignored by mistake\n');
  expect(await rulesFor('rm -rf pkg/es')).toEqual(['delete-tree']);
  put(join(app, 'pkg/types/uploads/photo.png'), 'brought by somebody\n');
  expect(await rulesFor('rm -rf pkg/types')).toEqual(['delete-tree']);
  put(join(app, 'pkg/module/index.js'), 'x\n');
  git(app, 'add', '-f', 'pkg/module');
  put(join(app, 'pkg/module/index.js'), 'changed since, and git tracks it\n');
  expect(await rulesFor('rm -rf pkg/module')).toEqual(['delete-tree']);
  expect(await rulesFor('rm -rf pkg/lib')).toEqual(['delete-tree']);
  expect(await rulesFor('rm -rf es')).toEqual(['delete-tree']);
});

test('a virtual environment of Python is generated under any name, unless somebody keeps work in it', async () => {
  put(join(app, 'py311/bin/python'), 'x\n');
  expect(await rulesFor('rm -rf py311')).toEqual(['delete-tree']);
  put(join(app, 'py311/pyvenv.cfg'), 'home = /usr/bin\n');
  expect(await rulesFor('rm -rf py311')).toEqual([]);
  expect(await rulesFor('rm -rf py311/bin')).toEqual([]);
  put(join(app, 'py311/app.py'), 'work\n');
  expect(await rulesFor('rm -rf py311')).toEqual(['delete-tree']);
});

test('preview counts, measures and asks git', () => {
  const world = realWorld({ cwd: app, env: { HOME: home, PATH: '/usr/bin:/bin' } });
  const effect = {
    action: 'delete',
    resource: 'file.project',
    target: join(app, 'new'),
    host: '',
    extent: 'all',
    with: [],
    words: [],
  } as const;
  const lines = filesRemove.preview!(effect, {} as never, world).join('\n');
  expect(lines).toContain('1 file, 11 B');
  expect(lines).toContain('git does not have all of it');
  expect(lines).toContain('a.ts (11 B)');
});

test('preview says how new it is, what stands out, and how much git does not have', () => {
  put(join(app, 'kit/lib.ts'), 'x\n');
  git(app, 'add', '-f', 'kit');
  git(app, 'commit', '-q', '-m', 'kit');
  put(join(app, 'kit/lib.ts'), 'changed\n');
  for (const name of ['.env', 'keys/id_rsa', 'shop.sqlite', 'notes.txt']) put(join(app, 'kit', name), 'x\n');
  symlinkSync('/etc', join(app, 'kit/out'));
  symlinkSync('lib.ts', join(app, 'kit/in'));
  utimesSync(join(app, 'kit/notes.txt'), 4e9, 4e9);
  const world = realWorld({ cwd: app, env: { HOME: home, PATH: '/usr/bin:/bin' } });
  const target = join(app, 'kit');
  const lines = filesRemove.preview!(effect('delete', 'file.project', target), {} as never, world);
  expect(lines).toEqual([
    `${target}: 7 files, ${8 + 4 * 2 + '/etc'.length + 'lib.ts'.length} B.`,
    expect.stringContaining('  Largest: lib.ts (8 B)'),
    '  Newest: notes.txt (2096-10-02 07:06Z).',
    '2 secrets: .env, keys/id_rsa.',
    '1 database or backup: shop.sqlite.',
    '1 link that leads out of it: out.',
    expect.stringMatching(/^git does not have all of it: 1 file changed, \d files? untracked/),
  ]);
});

describe('what the tools really do', () => {
  const run = (script: string, cwd: string) => spawnSync('sh', ['-c', script], { cwd, encoding: 'utf8' });
  const scratch = () => scratchDirectory();

  test('ln -sf drops the content of what it replaces, cp writes through a link', () => {
    const cwd = scratch();
    run('echo precious > a; ln -s a b; echo new > c; ln -sf c a; cat a', cwd);
    expect(run('cat a', cwd).stdout).toBe('new\n');
    run('echo precious > d; ln -s d e; cp c e', cwd);
    expect(run('cat d', cwd).stdout).toBe('new\n');
  });
  test('rm -r -- -x removes a file called -x', () => {
    const cwd = scratch();
    run('echo > ./-x; rm -r -- -x', cwd);
    expect(run('ls', cwd).stdout).toBe('');
  });
  test('rm -rf of a link leaves the directory, of what is behind it does not', () => {
    const cwd = scratch();
    run('mkdir d; echo > d/f; ln -s d l; rm -rf l', cwd);
    expect(run('ls d', cwd).stdout).toBe('f\n');
    run('ln -s d l; rm -rf l/*', cwd);
    expect(run('ls d', cwd).stdout).toBe('');
  });
  test('mv of several files onto a name that is no directory fails', () => {
    const cwd = scratch();
    run('echo 1 > a; echo 2 > b', cwd);
    expect(run('mv a b missing', cwd).status).not.toBe(0);
    expect(run('ls', cwd).stdout).toBe('a\nb\n');
  });
  test('rm without -r and rmdir refuse a directory with content', () => {
    const cwd = scratch();
    run('mkdir d; echo > d/f', cwd);
    expect(run('rm -f d', cwd).status).not.toBe(0);
    expect(run('rmdir d', cwd).status).not.toBe(0);
  });
  test('truncate -s +n and %n lose nothing, -s n does', () => {
    const cwd = scratch();
    execFileSync('sh', ['-c', 'echo abc > f; truncate -s +1 f; truncate -s %10 f; truncate -s ">2" f'], {
      cwd,
    });
    expect(run('head -c 3 f', cwd).stdout).toBe('abc');
  });
});

test('a home directory is grave though nothing stands in it yet', async () => {
  const empty = scratchDirectory();
  const world = realWorld({ cwd: app, env: { HOME: empty, PATH: '/usr/bin:/bin' } });
  for (const script of ['rm -rf ~', 'rm -rf "$HOME"', 'rm -fr ~/', `rm -rf ${empty}`]) {
    expect((await decide({ script }, policy, world)).decision, script).toBe('deny');
  }
});
