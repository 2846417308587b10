/**
 * The real git, asked so that it starts nothing of the repository's own: no hook, fsmonitor, filter, pager, signature
 * program, textconv or prompt. A repository's configuration is a file that an agent can write. Judges nothing.
 */

import { type Environment, type Ran, run } from './subprocess.js';

/** Settings of each call, which git lists behind all others. */
export const QUIET_SETTINGS = [
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['log.showSignature', 'false'],
] as const;
const QUIET = [
  '--no-pager',
  '--no-optional-locks',
  ...QUIET_SETTINGS.flatMap(([key, value]) => ['-c', `${key}=${value}`]),
];

/** Commands that may compare a file's content, and so would run `filter.<name>.clean` over it. */
const COMPARING: readonly string[] = ['status', 'diff', 'diff-files', 'diff-index', 'update-index'];
const FILTERS = '^filter\\..*\\.(clean|process|required)$';
const filters = new RegExp(FILTERS);

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
  readonly #listing: (cwd: string) => string | undefined;
  readonly #filters = new Map<string, readonly string[]>();

  /** `listing`: what `git config -z --list` prints there, where that is known without git. */
  constructor(env: Environment, listing: (cwd: string) => string | undefined = () => undefined) {
    this.#env = env;
    this.#listing = listing;
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
      const listing = this.#listing(cwd);
      const query = ['config', '--null', '--name-only', '--get-regexp', FILTERS];
      const names =
        listing === undefined
          ? this.#spawn(query, cwd, {}).stdout.toString().split('\0').filter(Boolean)
          : listing.split('\0').flatMap(entry => entry.split('\n', 1).filter(key => filters.test(key)));
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
