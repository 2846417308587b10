/** Refs as files and as lines of `packed-refs` (gitrepository-layout(5)), and what a name means among them. */

import { lstatSync } from 'node:fs';
import { faultCode } from '../errors.js';
import { textAt } from '../unblocked.js';
import type { Place } from './place.js';

/** Reading more than this takes longer than to start git. */
const MAX_PACKED = 1024 * 1024;

/** A name without revision syntax, an abbreviated hash or what `git describe` prints (gitrevisions(7)). */
const PLAIN_NAME = /^(?=[\w./]*[g-zG-Z_])(?!.*-g[0-9a-f]+$)[A-Za-z0-9_][\w./-]*$/;
/** What no ref may be called (git-check-ref-format(1)), of such names. */
const NO_REF = /\.\.|\/\/|\/\.|\.lock(\/|$)|[./]$/;

const HASH = /^[0-9a-f]{40}\n?$/;

/** A ref's hash, `none` where there is no such ref, or `undefined` where only git can tell. */
type Found = string | 'none' | undefined;

/** Refs that each work tree has for itself, and names for those of another (git-worktree(1), REFS): git's to find. */
const OF_ONE_TREE = /^(refs\/)?(bisect|worktree|rewritten|main-worktree|worktrees)\//;
/** HEAD and what else is a file beside it; a file of any other name is the repository's, as refs are. */
const BESIDE_HEAD = /^[A-Z_-]+$/;

/** The refs that one work tree sees, read once. */
export class Refs {
  readonly #place: Pick<Place, 'git' | 'common'>;
  #packed: string | undefined;

  constructor(place: Pick<Place, 'git' | 'common'>) {
    this.#place = place;
  }

  /** What a name that a person typed means: the first of the places where git looks has it. */
  named(name: string): Found {
    if (!PLAIN_NAME.test(name)) return undefined;
    if (NO_REF.test(name)) return 'none';
    for (const place of placesFor(name)) {
      const found = this.#read(place);
      if (found !== 'none') return found;
    }
    return 'none';
  }

  /** The branch that HEAD stands for, which has a commit, or `HEAD` where it stands for a commit itself. */
  head(): string | undefined {
    if (!placesFor('HEAD').every((place, at) => at === 0 || this.#read(place) === 'none')) return undefined;
    const text = fileAt(`${this.#place.git}/HEAD`);
    if (typeof text !== 'string') return undefined;
    if (HASH.test(text)) return 'HEAD';
    const branch = /^ref: (refs\/heads\/[\w./-]+)\n$/.exec(text)?.[1];
    const found = branch === undefined || NO_REF.test(branch) ? undefined : this.#read(branch);
    return found === undefined || found === 'none' ? undefined : branch;
  }

  #read(ref: string): Found {
    if (OF_ONE_TREE.test(ref)) return undefined;
    const { git, common } = this.#place;
    const loose = fileAt(`${BESIDE_HEAD.test(ref) ? git : common}/${ref}`);
    if (loose === undefined) return undefined;
    if (loose !== NOTHING) return HASH.test(loose) ? loose.trim() : undefined;
    if (!ref.startsWith('refs/')) return 'none';
    this.#packed ??= this.#readPacked();
    if (this.#packed === undefined) return undefined;
    const at = this.#packed.indexOf(` ${ref}\n`);
    return at < 40 ? 'none' : this.#packed.slice(at - 40, at);
  }

  #readPacked(): string | undefined {
    const text = fileAt(`${this.#place.common}/packed-refs`);
    return text === NOTHING ? '' : text;
  }
}

/** gitrevisions(7), `<refname>`: in this order. */
function placesFor(name: string): readonly string[] {
  return [
    name,
    `refs/${name}`,
    `refs/tags/${name}`,
    `refs/heads/${name}`,
    `refs/remotes/${name}`,
    `refs/remotes/${name}/HEAD`,
  ];
}

const NOTHING = Symbol('nothing');

/** A plain file's text; nothing where there is none (a directory holds refs and is none); `undefined` for anything else. */
function fileAt(path: string): string | typeof NOTHING | undefined {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (!stats || stats.isDirectory()) return NOTHING;
    return stats.isFile() && stats.size <= MAX_PACKED ? textAt(path) : undefined;
  } catch (fault) {
    // A file stands where a directory would have to be.
    return faultCode(fault) === 'ENOTDIR' ? NOTHING : undefined;
  }
}
