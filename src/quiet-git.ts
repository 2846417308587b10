/**
 * The real git, asked so that it starts nothing of the repository's own: no hook, fsmonitor, filter, pager, signature
 * program, textconv or prompt. A repository's configuration is a file that an agent can write. Judges nothing.
 */

import { type Environment, type Ran, run } from './subprocess.js';

const QUIET = [
  '--no-pager',
  '--no-optional-locks',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'log.showSignature=false',
];

/** Commands that may compare a file's content, and so would run `filter.<name>.clean` over it. */
const COMPARING: readonly string[] = ['status', 'diff', 'diff-files', 'diff-index', 'update-index'];

interface GitRun {
  /** Milliseconds; 2,000 where nothing is said. */
  readonly timeout?: number;
  /** Bytes of output; 8 MB where nothing is said. */
  readonly most?: number;
  readonly input?: string | Buffer;
  /** Variables beside the door's, such as `GIT_INDEX_FILE`. */
  readonly env?: Readonly<Record<string, string>>;
}

export class QuietGit {
  readonly #env: Environment;
  readonly #filters = new Map<string, readonly string[]>();

  constructor(env: Environment) {
    this.#env = env;
  }

  run(args: readonly string[], cwd: string, how: GitRun = {}): Ran {
    const comparing = args.some(word => COMPARING.includes(word));
    return this.#spawn([...(comparing ? this.#withoutFilters(cwd) : []), ...args], cwd, how);
  }

  /** Does the configuration in force there name filters? */
  hasFilters(cwd: string): boolean {
    return this.#withoutFilters(cwd).length > 0;
  }

  /** Options of git that empty each filter which the configuration names: an empty command filters nothing. */
  #withoutFilters(cwd: string): readonly string[] {
    let options = this.#filters.get(cwd);
    if (options === undefined) {
      const query = [
        'config',
        '--null',
        '--name-only',
        '--get-regexp',
        '^filter\\..*\\.(clean|process|required)$',
      ];
      const names = this.#spawn(query, cwd, {}).stdout.toString().split('\0').filter(Boolean);
      const off = (name: string) => (name.toLowerCase().endsWith('.required') ? `${name}=false` : `${name}=`);
      options = names.flatMap(name => ['-c', off(name)]);
      this.#filters.set(cwd, options);
    }
    return options;
  }

  #spawn(args: readonly string[], cwd: string, { env, ...how }: GitRun): Ran {
    const own = { GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1', LC_ALL: 'C' };
    return run('git', [...QUIET, ...args], { ...how, cwd, env: { ...this.#env, ...own, ...env } });
  }
}
