/** A repository on disk: where its parts are, and how guard's own git is run in it for saving and comparing. */

import { QuietGit } from '../../quiet-git.js';
import { notSaved } from '../capture.js';
import type { Environment, Item } from '../saver.js';

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 256 * 1024 * 1024;
/** What would send git elsewhere than to the repository that the item names. */
const STRAYING = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
];

export class Place {
  /** The top of the work tree; empty in a bare repository. */
  readonly top: string;
  readonly gitDirectory: string;
  /** Where objects and refs are: another one than `gitDirectory` in a linked work tree. */
  readonly common: string;
  readonly #git: QuietGit;
  readonly #more: Readonly<Record<string, string>>;

  constructor(item: Item, env: Environment, more: Readonly<Record<string, string>> = {}) {
    this.top = item.with['top']?.[0] ?? '';
    this.gitDirectory = item.with['gitDirectory']?.[0] ?? item.place;
    this.common = item.with['common']?.[0] ?? this.gitDirectory;
    const own = Object.fromEntries(Object.entries(env).filter(([name]) => !STRAYING.includes(name)));
    this.#git = new QuietGit(own);
    this.#more = more;
  }

  /** Output as bytes (latin1). Throws `GuardError('not-saved')` where git fails. */
  ask(args: readonly string[], more: Readonly<Record<string, string>> = {}, input?: string): string {
    const { status, stdout, stderr } = this.#run(args, more, input);
    if (status === 0) return stdout.toString('latin1');
    const why = stderr.toString().split('\n')[0] ?? '';
    throw notSaved(
      `git ${args.find(word => !word.startsWith('-')) ?? ''} failed${why === '' ? '' : `: ${why}`}`,
    );
  }

  /** True where the query answers yes by its status. */
  holds(args: readonly string[], more: Readonly<Record<string, string>> = {}): boolean {
    return this.#run(args, more).status === 0;
  }

  /** Does the configuration name filters that git would run? */
  hasFilters(): boolean {
    return this.#git.hasFilters(this.top || this.gitDirectory);
  }

  /** The parts of `-z` output. */
  names(args: readonly string[], more: Readonly<Record<string, string>> = {}): readonly string[] {
    return this.ask(args, more).split('\0').filter(Boolean);
  }

  #run(args: readonly string[], more: Readonly<Record<string, string>>, input?: string) {
    const place = this.top === '' ? [`--git-dir=${this.gitDirectory}`] : [];
    return this.#git.run([...place, ...args], this.top || this.gitDirectory, {
      timeout: TIMEOUT_MS,
      most: MAX_BYTES,
      env: { ...this.#more, ...more },
      ...(input !== undefined && { input: Buffer.from(input, 'latin1') }),
    });
  }
}
