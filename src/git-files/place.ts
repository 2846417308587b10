/**
 * Where an ordinary repository, or a work tree that `git worktree add` linked to one, lies around a directory, as git itself
 * would find it (gitrepository-layout(5), setup.c). Anything out of the ordinary (a submodule, another user's repository, an
 * extension) is not found here, so that git is asked.
 */

import { realpathSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { textAt } from '../unblocked.js';

/** All paths are absolute, their symlinks resolved. */
export interface Place {
  /** The top of the work tree. */
  readonly top: string;
  /** Where its HEAD and index lie: `.git` in it, or `worktrees/NAME` in `common`. */
  readonly git: string;
  /** Where all work trees of the repository have their refs, objects and settings. */
  readonly common: string;
  /** The directory that was asked about, resolved: `top` or below. */
  readonly directory: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables of git's that change no answer; any other may name another repository or another way to read paths. */
const HARMLESS =
  /^GIT_(AUTHOR_\w+|COMMITTER_\w+|EDITOR|SEQUENCE_EDITOR|PAGER|ASKPASS|SSH|SSH_COMMAND|TERMINAL_PROMPT|MERGE_AUTOEDIT|PS1_\w+|SSL_\w+|HTTP_\w+|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM))$/;

/** Does the environment leave it to the directory alone which repository is meant? */
export function isPlainEnvironment(env: Environment): boolean {
  return Object.keys(env).every(
    name => !name.startsWith('GIT_') || HARMLESS.test(name) || env[name] === undefined,
  );
}

/** The ordinary repository around a directory; `undefined` where there may be none, or another kind. */
export function placeAround(cwd: string): Place | undefined {
  try {
    const directory = realpathSync.native(cwd);
    const { dev } = statSync(directory);
    for (let at = directory; at !== '/'; at = dirname(at)) {
      const found = statOf(`${at}/.git`);
      if (found) {
        const shared = sharedBy(`${at}/.git`, found);
        return shared && isOrdinary(at, found, dev, shared) ? { top: at, directory, ...shared } : undefined;
      }
      // A directory that is itself a repository, without a work tree.
      if (statOf(`${at}/HEAD`) && statOf(`${at}/objects`)) return undefined;
    }
  } catch {
    // Not to be read: git will say what that means.
  }
  return undefined;
}

type Shared = Pick<Place, 'git' | 'common'>;

/** `.git` itself, or what it says as `git worktree add` writes it; `undefined` for any other file. */
function sharedBy(file: string, found: Stats): Shared | undefined {
  if (found.isDirectory()) return { git: file, common: file };
  if (!found.isFile()) return undefined;
  const [, git = '', common = ''] =
    /^gitdir: ((\/[^\n]+\/\.git)\/worktrees\/[^/\n]+)\n$/.exec(textAt(file)) ?? [];
  const isLinked = git !== '' && textAt(`${git}/commondir`) === '../..\n';
  return isLinked && realpathSync.native(git) === git ? { git, common } : undefined;
}

function isOrdinary(top: string, found: Stats, device: number, { git, common }: Shared): boolean {
  // safe.directory: a repository is the user's own, or git does not open it. Nor does it look beyond a file system.
  const met = [found, statSync(top)];
  const owned = [...met, statSync(git)].every(({ uid }) => uid === process.geteuid?.());
  const isWhole = ['objects', 'refs'].every(name => statOf(`${common}/${name}`)?.isDirectory());
  return (
    owned && met.every(({ dev }) => dev === device) && isWhole && isPlainConfiguration(`${common}/config`)
  );
}

/** A key of the work tree's place, where git reads one: first on its line, or behind the section's name. */
const PLACED = /(?:^|\])\s*(?:worktree|bare\b(?!\s*=\s*false\b))|\[\s*extensions\b/im;

/** Neither a format nor a place of its own: files as refs, SHA-1, and the work tree around `.git`. */
function isPlainConfiguration(path: string): boolean {
  const text = textAt(path);
  const formats = [...text.matchAll(/repositoryformatversion[ \t]*(?:=[ \t]*(.*))?/gi)];
  return formats.every(([, value]) => value === '0') && !PLACED.test(text);
}

/** `undefined` where there is nothing. */
function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
