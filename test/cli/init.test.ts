import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { registerInit } from '../../src/cli/commands/init.js';
import { registerUninstall } from '../../src/cli/commands/uninstall.js';
import type { Context } from '../../src/cli/context.js';
import { GuardError } from '../../src/errors.js';
import { type Grammar, styles } from '../../src/invocation/grammar.js';
import { placesOf } from '../../src/places.js';
import type { Rule } from '../../src/policy/rule.js';
import { scratchDirectory } from '../support/scratch.js';

const repository = join(import.meta.dirname, '../..');

const gitGrammar: Grammar = { tool: 'git', source: 'git(1)', style: styles.git, plain: 'status' };
const terraformRule: Rule = {
  id: 'mine.destroy',
  pack: 'mine',
  decision: 'confirm',
  when: [{ command: 'terraform destroy' }],
  unless: [],
  reason: 'It is gone then.',
  examples: { match: [], not_match: [] },
};

/** A scratch home with the commands of the CLI that set guard up there. */
class Home {
  readonly path = scratchDirectory();
  readonly env: NodeJS.ProcessEnv;
  readonly printed: string[] = [];
  readonly answers: boolean[] = [];
  presence = true;
  interactive = false;
  holder: string | undefined;

  constructor(files: Readonly<Record<string, string>> = {}, env: NodeJS.ProcessEnv = {}) {
    this.env = { HOME: this.path, PATH: '/usr/local/bin:/usr/bin:/bin', ...env };
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string): void {
    mkdirSync(join(this.path, name, '..'), { recursive: true });
    writeFileSync(join(this.path, name), text, 'latin1');
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), 'latin1');
  }

  get shims(): string {
    return placesOf(this.env).shims;
  }

  async guard(...words: string[]): Promise<string> {
    const context = {
      env: this.env,
      cwd: this.path,
      places: placesOf(this.env),
      dist: join(repository, 'dist'),
      requirePresence: async () => {
        if (!this.presence) throw new GuardError('no-presence', 'a person must confirm this');
      },
      print: (text: string) => {
        this.printed.push(text);
      },
    } as unknown as Context;
    const doors = {
      interactive: this.interactive,
      confirm: async () => this.answers.shift() ?? false,
      holder: async () => this.holder,
      shimKit: async () => ({
        places: context.places,
        known: { grammars: [gitGrammar], inspectors: [], rules: [terraformRule] },
        node: process.execPath,
        dist: context.dist,
        path: this.env['PATH'],
        loadedAt: Date.now(),
        allowed: 'off' as const,
      }),
    };
    const program = new Command('guard').exitOverride();
    registerInit(program, context, doors);
    registerUninstall(program, context, doors);
    this.printed.length = 0;
    await program.parseAsync(words, { from: 'user' });
    return this.printed.join('\n');
  }

  /** Every path with its kind, mode and bytes. */
  picture(): Record<string, string> {
    const seen: Record<string, string> = {};
    const walk = (directory: string) => {
      for (const name of readdirSync(directory)) {
        const path = join(directory, name);
        const stats = lstatSync(path);
        const text = stats.isFile() ? readFileSync(path, 'latin1') : '';
        seen[relative(this.path, path)] = `${stats.mode.toString(8)} ${text}`;
        if (stats.isDirectory()) walk(path);
      }
    };
    walk(this.path);
    return seen;
  }

  /** Where a shell of this home finds `git`; `path` is what its parent gave it. */
  findsGit(words: readonly string[], path = '/usr/local/bin:/usr/bin:/bin'): string {
    const result = spawnSync(words[0]!, [...words.slice(1), 'command -v git'], {
      env: { ...this.env, PATH: path, TERM: 'dumb' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // ksh93 quotes what it prints.
    return result.stdout.trim().replace(/^\$'(.*)'$/, (_all, text: string) => text.replaceAll("\\'", "'"));
  }
}

const DEBIAN_BASHRC = `# ~/.bashrc
case $- in
    *i*) ;;
      *) return;;
esac
HISTCONTROL=ignoreboth
`;
const DEBIAN_PROFILE = `if [ -n "$BASH_VERSION" ]; then
    if [ -f "$HOME/.bashrc" ]; then
\t. "$HOME/.bashrc"
    fi
fi
if [ -d "$HOME/bin" ] ; then
    PATH="$HOME/bin:$PATH"
fi
`;
const NVM = 'export PATH="$HOME/nvm/bin:$PATH"\n';

const kinds: Record<string, () => Home> = {
  'an empty home': () => new Home(),
  "Debian's files": () =>
    new Home({ '.bashrc': DEBIAN_BASHRC, '.profile': DEBIAN_PROFILE, 'bin/git': '', 'nvm/bin/git': '' }),
  'files that prepend to PATH at their end': () =>
    new Home({
      '.bashrc': DEBIAN_BASHRC + NVM,
      '.bash_profile': `. ~/.bashrc\n${NVM}`,
      '.profile': NVM,
      '.zshenv': NVM,
      '.zprofile': NVM,
      '.zshrc': NVM,
      '.config/fish/config.fish': 'set -gx PATH $HOME/nvm/bin $PATH\n',
      'nvm/bin/git': '',
    }),
  'strict files without a newline at their end': () =>
    new Home({ '.bashrc': 'set -u', '.profile': 'set -eu', '.zshenv': 'setopt extendedglob nounset' }),
  'a home with spaces and quotes': () => {
    const home = new Home();
    const odd = join(home.path, `it's "my" $HOME`);
    mkdirSync(odd);
    home.env['HOME'] = odd;
    return home;
  },
};

const shells = [
  ['bash', '-lc'],
  ['bash', '-ic'],
  ['bash', '-lic'],
  ['sh', '-lc'],
  ['dash', '-lc'],
  ['ksh', '-lc'],
  ['mksh', '-lc'],
  ['zsh', '-c'],
  ['zsh', '-lc'],
  ['zsh', '-ic'],
  ['zsh', '-lic'],
  ['fish', '-c'],
  ['fish', '-lc'],
  ['fish', '-ic'],
].filter(([shell]) => existsSync(`/bin/${shell}`));

describe.each(Object.entries(kinds))('after guard init in %s', (_kind, make) => {
  test('every shell finds the shims first', async () => {
    const home = make();
    await home.guard('init', '--yes');
    const found = shells.map(words => [...words, home.findsGit(words)].join(' '));
    expect(found).toEqual(shells.map(words => [...words, `${home.shims}/git`].join(' ')));
  }, 60_000);

  test('a shell started from such a shell keeps them, once', async () => {
    const home = make();
    await home.guard('init', '--yes');
    for (const shell of ['bash', 'dash', 'zsh', 'fish', 'ksh', 'mksh'].filter(one =>
      existsSync(`/bin/${one}`),
    )) {
      const inherited = `${home.shims}:/usr/bin:/bin`;
      expect([shell, home.findsGit([shell, '-c'], inherited)]).toEqual([shell, `${home.shims}/git`]);
    }
    const script = `. '${join(placesOf(home.env).data, 'env.sh').replaceAll("'", "'\\''")}'; echo "$PATH"`;
    for (const shell of ['bash', 'dash', 'zsh', 'ksh', 'mksh', 'busybox'].filter(one =>
      existsSync(`/bin/${one}`),
    )) {
      const run = (path: string) =>
        spawnSync(shell, [...(shell === 'busybox' ? ['sh'] : []), '-euc', script], {
          env: { PATH: path },
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'pipe'],
        });
      expect(run(`/usr/bin:${home.shims}:/a:${home.shims}:${home.shims}:`)).toMatchObject({
        stdout: `${home.shims}:/usr/bin:/a:\n`,
        stderr: '',
      });
      expect(run(`${home.shims}:/usr/bin`).stdout).toBe(`${home.shims}:/usr/bin\n`);
      expect(run(':/usr/bin').stdout).toBe(`${home.shims}::/usr/bin\n`);
    }
  }, 60_000);

  test('twice is once, and guard uninstall leaves no trace', async () => {
    const home = make();
    const before = home.picture();
    await home.guard('init', '--yes');
    const once = home.picture();
    expect(once).not.toEqual(before);
    await home.guard('init', '--yes');
    expect(home.picture()).toEqual(once);
    await home.guard('uninstall', '--yes');
    expect(home.picture()).toEqual(before);
    expect(await home.guard('uninstall', '--yes')).toContain('nothing of guard');
    await home.guard('init', '--yes');
    expect(home.picture()).toEqual(once);
    await home.guard('uninstall', '--yes');
    expect(home.picture()).toEqual(before);
    // In any order, with the person's own changes between.
    await home.guard('init', '--yes', '--no-rc');
    await home.guard('init', '--yes');
    await home.guard('uninstall', '--yes');
    await home.guard('uninstall', '--yes');
    expect(home.picture()).toEqual(before);
  });
});

describe('guard init', () => {
  test('shows what it would write, and writes nothing on --dry-run', async () => {
    const home = new Home({ '.bashrc': 'x=1\n' });
    const before = home.picture();
    const shown = await home.guard('init', '--dry-run');
    expect(home.picture()).toEqual(before);
    expect(shown).toContain('~/.bashrc: at its top and at its end');
    expect(shown).toContain('# >>> guard >>>');
    expect(shown).toContain('PATH=$_guard_d');
    expect(shown).toContain('policy.yaml');
  });

  test('without a terminal it needs --yes', async () => {
    const home = new Home();
    await expect(home.guard('init')).rejects.toMatchObject({
      code: 'usage',
      hint: expect.stringContaining('--yes'),
    });
    expect(home.picture()).toEqual({});
  });

  test('on a terminal it asks, and no means no', async () => {
    const home = new Home();
    home.interactive = true;
    home.answers.push(false);
    expect(await home.guard('init')).toContain('Nothing was written');
    expect(home.picture()).toEqual({});
    home.answers.push(true);
    await home.guard('init');
    expect(existsSync(join(home.shims, 'git'))).toBe(true);
  });

  test('--no-rc writes no start-up file', async () => {
    const home = new Home({ '.bashrc': 'x=1\n' });
    await home.guard('init', '--yes', '--no-rc');
    expect(home.read('.bashrc')).toBe('x=1\n');
    expect(existsSync(join(home.path, '.profile'))).toBe(false);
    expect(existsSync(join(home.shims, 'git'))).toBe(true);
  });

  test('--json says what was done', async () => {
    const home = new Home();
    const plan = JSON.parse(await home.guard('init', '--yes', '--json'));
    expect(plan.done).toBe(true);
    expect(plan.shims.tools).toEqual(expect.arrayContaining(['git', 'guard', 'terraform']));
    expect(plan.startup.map((file: { path: string }) => file.path)).toContain(join(home.path, '.profile'));
  });

  test('private directories, executable shims, the pinned node', async () => {
    const home = new Home();
    await home.guard('init', '--yes');
    expect(statSync(home.shims).mode & 0o777).toBe(0o700);
    expect(statSync(join(home.shims, 'git')).mode & 0o777).toBe(0o755);
    expect(readFileSync(join(home.shims, 'git'), 'utf8')).toContain(`_gn='${process.execPath}'`);
    expect(readFileSync(join(home.shims, 'guard'), 'utf8')).toContain(
      `_gn='${process.execPath}'\n_gr='${repository}'`,
    );
  });

  test('writes through links and keeps the mode', async () => {
    const home = new Home({ 'dotfiles/bashrc': 'x=1\n' });
    chmodSync(join(home.path, 'dotfiles/bashrc'), 0o640);
    symlinkSync('dotfiles/bashrc', join(home.path, '.bashrc'));
    symlinkSync('.bashrc', join(home.path, '.bash_profile'));
    symlinkSync('dotfiles/zshrc', join(home.path, '.zshrc'));
    const before = home.picture();
    await home.guard('init', '--yes');
    expect(lstatSync(join(home.path, '.bashrc')).isSymbolicLink()).toBe(true);
    expect(home.read('dotfiles/bashrc').match(/>>> guard/g)).toHaveLength(2);
    expect(home.read('dotfiles/zshrc')).toContain('>>> guard');
    expect(statSync(join(home.path, 'dotfiles/bashrc')).mode & 0o777).toBe(0o640);
    await home.guard('uninstall', '--yes');
    expect(home.picture()).toEqual(before);
  });

  test('keeps every byte of a file that is no UTF-8', async () => {
    const home = new Home({ '.bashrc': 'x="\xff\xfe\x80"\r\n\n\n' });
    const before = home.picture();
    await home.guard('init', '--yes');
    await home.guard('uninstall', '--yes');
    expect(home.picture()).toEqual(before);
  });

  test("notes the person's terminal in a new policy, and leaves an old one alone", async () => {
    const home = new Home();
    home.holder = 'myterm';
    expect(await home.guard('init', '--dry-run')).toContain('terminals: ["myterm"]');
    home.interactive = true;
    home.answers.push(true);
    await home.guard('init');
    expect(home.read('.config/guard/policy.yaml')).toContain('terminals: ["myterm"]');
    const old = new Home({ '.config/guard/policy.yaml': 'mine: true\n' });
    old.holder = 'myterm';
    await old.guard('init', '--yes');
    expect(old.read('.config/guard/policy.yaml')).toBe('mine: true\n');
    await old.guard('uninstall', '--yes');
    expect(old.read('.config/guard/policy.yaml')).toBe('mine: true\n');
  });

  test("takes nobody's word with --yes for whose terminal it is", async () => {
    const home = new Home();
    home.holder = 'myterm';
    expect(await home.guard('init', '--yes')).toContain('presence: { terminals: ["myterm"] }');
    expect(home.read('.config/guard/policy.yaml')).not.toMatch(/^presence:/m);
  });

  test.each([
    ['a start-up file is a directory', { '.zshrc/x': '' }, {}, 'not-a-file'],
    ['a file stands where a directory must be', { '.local': 'a file' }, {}, 'cannot-write'],
    ['HOME is not set', {}, { HOME: undefined }, 'no-home'],
    ['HOME is nowhere', {}, { HOME: '/nowhere/at/all' }, 'no-home'],
    ['HOME cannot be written', {}, { HOME: '/proc/self' }, 'cannot-write'],
    ['the directory cannot stand in PATH', {}, { XDG_DATA_HOME: '/tmp/a:b' }, 'bad-place'],
  ])('writes nothing where %s', async (_why, files, env, code) => {
    const home = new Home(files as Record<string, string>, env);
    const before = home.picture();
    const fault = await home.guard('init', '--yes').catch((thrown: unknown) => thrown);
    expect(fault).toMatchObject({ code, hint: expect.stringMatching(/./) });
    expect(home.picture()).toEqual(before);
  });

  test('takes everything back where a write fails half-way', async () => {
    const home = new Home({ '.bashrc': 'x=1\n', '.profile': 'y=1\n' });
    // A directory stands where a shim must be; no plan looks there.
    mkdirSync(join(home.path, '.local/share/guard/shims/git'), { recursive: true });
    const before = home.picture();
    await expect(home.guard('init', '--yes')).rejects.toMatchObject({ code: 'cannot-write' });
    expect(home.picture()).toEqual(before);
  });
});

describe('guard uninstall', () => {
  test('keeps what was added to the files since', async () => {
    const home = new Home({ '.bashrc': 'x=1' });
    await home.guard('init', '--yes');
    home.write('.bashrc', `${home.read('.bashrc')}y=2\n`);
    home.write('.profile', `${home.read('.profile')}z=3\n`);
    expect(await home.guard('uninstall', '--yes')).toContain('changed since');
    expect(home.read('.bashrc')).toBe('x=1\ny=2\n');
    expect(home.read('.profile')).toBe('z=3\n');
  });

  test('finds its blocks without the manifest', async () => {
    const home = new Home({ '.bashrc': 'x=1\n' });
    await home.guard('init', '--yes');
    const { manifest } = placesOf(home.env);
    spawnSync('rm', [manifest]);
    await home.guard('uninstall', '--yes');
    expect(home.read('.bashrc')).toBe('x=1\n');
  });

  test.each(['', '{', '{}', '[]', '{"version":1,"directories":["x"],"files":[]}', '{"version":2}'])(
    'a damaged manifest is named, and nothing is touched: %s',
    async text => {
      const home = new Home();
      await home.guard('init', '--yes');
      writeFileSync(placesOf(home.env).manifest, text);
      const before = home.picture();
      await expect(home.guard('uninstall', '--yes')).rejects.toMatchObject({ code: 'bad-manifest' });
      await expect(home.guard('init', '--yes')).rejects.toMatchObject({ code: 'bad-manifest' });
      expect(home.picture()).toEqual(before);
    },
  );

  test('keeps the audit log where asked', async () => {
    const home = new Home();
    await home.guard('init', '--yes');
    home.write('.local/state/guard/audit/today.jsonl', '{}\n');
    await home.guard('uninstall', '--yes', '--keep-log');
    expect(Object.keys(home.picture()).filter(path => path.includes('.'))).toEqual([
      '.local',
      '.local/state',
      '.local/state/guard',
      '.local/state/guard/audit',
      '.local/state/guard/audit/today.jsonl',
    ]);
  });

  test('is for a person alone', async () => {
    const home = new Home();
    await home.guard('init', '--yes');
    const once = home.picture();
    home.presence = false;
    await expect(home.guard('uninstall', '--yes')).rejects.toMatchObject({ code: 'no-presence' });
    await expect(home.guard('uninstall')).rejects.toMatchObject({ code: 'usage' });
    expect(home.picture()).toEqual(once);
  });
});
