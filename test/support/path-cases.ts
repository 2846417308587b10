/** Command lines on paths, and a scratch home with all kinds of things on the disk for them to meet. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { placesOf } from '../../src/places.js';
import { type PathSite, pathLines } from '../../src/plain/path-shell.js';
import type { PathProgram } from '../../src/plain/paths.js';
import { shellWord } from '../../src/text.js';
import { scratchDirectory } from './scratch.js';

export interface PathLine {
  readonly tool: string;
  /** Where it runs, as `cd` takes it: with the names of links in it. */
  readonly cwd: string;
  readonly words: readonly string[];
}

const FILES =
  `x.o a.log conftest conftest.c conftest.py conf1234.file confabc.file core app.js prod.db test.db .env
   server.pem id_rsa credentials secrets.json backup.tar.gz dump.sql git_old.bak terraform.tfstate terraform.tfstate.1 data
   notes.txt Makefile special.o kept.o README.md tool.exe x.Po settings.json a.out`.split(/\s+/);
const FOLDERS = [
  'src',
  '.deps',
  'node_modules',
  'db-data',
  'data',
  'build',
  'backups',
  'dir.o',
  '.hidden',
  'odd guard',
];

/** The home, with repositories, plain directories, links out of them, and guard's own places. */
export class PathYard {
  readonly home = join(scratchDirectory(), 'home');
  readonly env = { HOME: this.home, PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' };
  readonly cwds: readonly string[];

  constructor() {
    const work = join(this.home, 'work');
    const plain = join(this.home, 'plain');
    const places = placesOf(this.env);
    for (const place of [
      places.config,
      places.state,
      places.data,
      join(this.home, '.ssh'),
      join(work, '.git'),
    ])
      this.#fill(place, []);
    for (const folder of [work, plain]) this.#fill(folder, FOLDERS);
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
        cwd: work,
        env: this.env,
        stdio: 'ignore',
      });
    git('init', '-q');
    for (const name of ['hidden.c', 'gone.c', 'changed.c']) this.#write(join(work, name));
    git('add', '-f', 'src', 'hidden.c', 'gone.c', 'changed.c', 'notes.txt');
    git('commit', '-q', '-m', 'first');
    git('update-index', '--assume-unchanged', 'hidden.c');
    execFileSync('rm', ['hidden.c', 'gone.c'], { cwd: work });
    writeFileSync(join(work, 'changed.c'), 'other');
    for (const folder of [work, plain]) {
      symlinkSync('/etc', join(folder, 'out'));
      symlinkSync('x.o', join(folder, 'link.o'));
      symlinkSync(places.config, join(folder, 'conf.d'));
      execFileSync('mkfifo', [join(folder, 'pipe.o')]);
    }
    this.cwds = [
      ...[work, plain].flatMap(folder => [
        ...Array<string>(12).fill(folder),
        ...FOLDERS.map(name => join(folder, name)),
      ]),
      ...['', '.config', '.ssh', 'work/.git', 'work/out', 'work/conf.d'].map(name => join(this.home, name)),
      ...[places.config, places.data, '/', '/etc', '/usr/lib', '/tmp', '/home', '/dev', '/var/tmp'],
    ];
  }

  get site(): PathSite {
    const { home, config, state, data } = placesOf(this.env);
    return { home, bases: [dirname(config), dirname(state), dirname(data)], protect: [] };
  }

  #fill(folder: string, inner: readonly string[]): void {
    mkdirSync(folder, { recursive: true });
    for (const name of FILES) if (!inner.includes(name)) this.#write(join(folder, name));
    for (const name of inner) this.#fill(join(folder, name), []);
  }

  #write(path: string): void {
    writeFileSync(path, 'x');
    utimesSync(path, 1000, 1000);
  }
}

const NAMES = [
  ...FILES,
  ...FOLDERS,
  ...FILES.map(file => file.toUpperCase()),
  ...FILES.map(file => `no-${file}`),
  ...'hidden.c gone.c changed.c absent.c conf77.dir conf777.dir link.o pipe.o conf.d/policy.yaml guard/x.o null'.split(
    ' ',
  ),
];
const ODD =
  'out out/passwd *.core core.conftest.* conftest* *.o * . .. ../x.o a//b.o x.o/ yank é.o -f -- ~ .config/guard work/x.o'.split(
    ' ',
  );
const BEFORE = ['./', '/', ...FOLDERS.map(one => `${one}/`), 'out/', 'no/', '.git/', '../'];

/** A path of such a line: a name as they stand here, mostly alone. `pick` draws one of a list. */
export function pathWord(pick: <T>(list: readonly T[]) => T): string {
  const name = pick(pick([NAMES, NAMES, NAMES, NAMES, NAMES, NAMES, ODD]));
  return `${pick(pick([[''], [''], [''], BEFORE]))}${name}`;
}

/** For each line: would the shim let it pass, under that shell? */
export function pathsPassedBy(
  interpreter: string,
  yard: PathYard,
  programs: ReadonlyMap<string, PathProgram>,
  site: PathSite,
  lines: readonly PathLine[],
): readonly boolean[] {
  const tools = [...programs.keys()];
  const script = [
    '_gh() {\n_gv=1\n}',
    ...tools.map((tool, i) => {
      const inner = pathLines(programs.get(tool)!, site, '_gh').join('\n');
      return `_gt${i}() {\n_gv=0\n${inner}\necho $_gv\n}`;
    }),
    ...lines.map(
      ({ tool, cwd, words }) =>
        `cd ${shellWord(cwd)}\n_gt${tools.indexOf(tool)} ${words.map(shellWord).join(' ')}`,
    ),
  ];
  const file = join(scratchDirectory(), 'lines');
  writeFileSync(file, `${script.join('\n')}\n`);
  const [program = '', ...options] = interpreter.split(' ');
  const { stdout, stderr } = spawnSync(program, [...options, file], {
    env: yard.env,
    maxBuffer: 100_000_000,
    encoding: 'utf8',
  });
  const answers = stdout.trimEnd().split('\n');
  if (stderr !== '' || answers.length !== lines.length)
    throw new Error(`${interpreter}: ${answers.length} of ${lines.length}: ${stderr.slice(0, 500)}`);
  return answers.map(answer => answer === '1');
}
