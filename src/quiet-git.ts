/**
 * The real git, asked so that it starts nothing of the repository's own: no hook, fsmonitor, filter, pager, signature
 * program, textconv or prompt. A repository's configuration is a file that an agent can write. Judges nothing.
 */

import { Lazy } from './lazy.js';
import { locate } from './locate.js';

const TIMEOUT_MS = 2_000;
const MAX_BYTES = 8 * 1024 * 1024;

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

/** Most commands ask git nothing, and a judge starts thousands of times a day. */
const childProcess = new Lazy('child_process', () => import('node:child_process'));

/** For who asks git outside `decide()`, which loads what it needs by itself. */
export function loadGit(): Promise<void> {
  return childProcess.load();
}

export interface GitRun {
  /** Milliseconds; 2,000 where nothing is said. */
  readonly timeout?: number;
  /** Bytes of output; 8 MB where nothing is said. */
  readonly most?: number;
  readonly input?: Buffer;
  /** Variables beside the door's, such as `GIT_INDEX_FILE`. */
  readonly env?: Readonly<Record<string, string>>;
}

/** How it ended: git's status, or -1 where it could not be asked or took too long. */
export interface GitRan {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

type Environment = Readonly<Record<string, string | undefined>>;

export class QuietGit {
  readonly #env: Environment;
  readonly #filters = new Map<string, readonly string[]>();

  constructor(env: Environment) {
    this.#env = env;
  }

  run(args: readonly string[], cwd: string, how: GitRun = {}): GitRan {
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

  #spawn(args: readonly string[], cwd: string, how: GitRun): GitRan {
    const empty = Buffer.alloc(0);
    const git = locate('git', this.#env['PATH']);
    if (git === undefined) return { status: -1, stdout: empty, stderr: empty };
    const result = childProcess.get().spawnSync(git, [...QUIET, ...args], {
      cwd,
      env: { ...this.#env, GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1', LC_ALL: 'C', ...how.env },
      input: how.input ?? empty,
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: how.timeout ?? TIMEOUT_MS,
      maxBuffer: how.most ?? MAX_BYTES,
    });
    const status = result.error ? -1 : (result.status ?? -1);
    return { status, stdout: result.stdout ?? empty, stderr: result.stderr ?? empty };
  }
}
