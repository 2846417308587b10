/**
 * Questions to the repository that an invocation works in: what is changed, and which refs keep a commit. An answer
 * is evidence; no answer is none. Asks read-only queries only; decides nothing.
 */

import { askRepository } from '../../../invocation/grammars/git/place.js';
import type { Invocation } from '../../../invocation/invocation.js';
import type { World } from '../../../port.js';
import type { Word } from '../../../shell/command.js';

/** One line of `git status --porcelain`: the state in the index, in the work tree, and the path from the top. */
export interface Change {
  readonly index: string;
  readonly tree: string;
  readonly path: string;
}

/** What git says of a ref: there, not there, or not to be asked. */
export type Existence = 'yes' | 'no' | 'unknown';

const MAX_PATHS = 200;

export class Repository {
  readonly #invocation: Invocation;
  readonly #world: World;

  constructor(invocation: Invocation, world: World) {
    this.#invocation = invocation;
    this.#world = world;
  }

  /** The output of a query; `undefined` where git did not answer it. */
  ask(...args: readonly string[]): string | undefined {
    const { status, stdout } = askRepository(this.#invocation, this.#world, args);
    return status === 0 ? stdout : undefined;
  }

  /** Lines of a query's output; `undefined` where git did not answer it. */
  lines(...args: readonly string[]): readonly string[] | undefined {
    return this.ask(...args)
      ?.split('\n')
      .filter(line => line !== '');
  }

  /** What differs from HEAD, in all or under the paths given; untracked files where asked for. */
  changes(paths: readonly Word[], untracked: boolean): readonly Change[] | undefined {
    if (paths.some(path => !path.certain) || paths.length > MAX_PATHS) return undefined;
    const files = `--untracked-files=${untracked ? 'normal' : 'no'}`;
    const where = paths.length === 0 ? [] : ['--', ...paths.map(path => path.text)];
    const answer = this.ask('status', '--porcelain', '-z', '--no-renames', files, ...where);
    return answer
      ?.split('\0')
      .filter(entry => entry !== '')
      .map(entry => ({ index: entry[0]!, tree: entry[1]!, path: entry.slice(3) }));
  }

  /** The current branch as a full ref; `undefined` where HEAD is detached or cannot be asked. */
  currentBranch(): string | undefined {
    const name = this.ask('rev-parse', '--symbolic-full-name', 'HEAD')?.trim();
    return name?.startsWith('refs/heads/') ? name : undefined;
  }

  exists(ref: string): Existence {
    const found = this.lines('for-each-ref', '--format=%(refname)', ref);
    if (!found) return 'unknown';
    return found.includes(ref) ? 'yes' : 'no';
  }

  isRevision(text: string): boolean {
    return this.ask('rev-parse', '--verify', '--quiet', `${text}^{object}`) !== undefined;
  }

  isAncestor(commit: string, of: string): boolean {
    return this.ask('merge-base', '--is-ancestor', commit, of) !== undefined;
  }

  /** True where some ref besides these keeps the commit. The stash does not count: it is dropped too easily. */
  isKept(commit: string, without: readonly string[]): boolean {
    const refs = this.lines('for-each-ref', '--format=%(refname)', '--contains', commit) ?? [];
    return refs.some(ref => ref !== 'refs/stash' && !without.includes(ref));
  }
}

/** `refs/heads/x` → `x`, as people say it. */
export function shortName(ref: string): string {
  return ref.replace(/^refs\/(heads|tags|remotes)\//, '');
}
