/**
 * Where an ordinary repository lies around a directory, as git itself would find it (gitrepository-layout(5), setup.c). Anything
 * out of the ordinary (a linked work tree, a submodule, another user's repository, an extension) is not found here, so that git
 * is asked.
 */

import { realpathSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { textAt } from '../unblocked.js';

/** The top of the work tree, its symlinks resolved; git's directory is `.git` in it. */
export interface Place {
  readonly top: string;
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
      if (found) return isOrdinary(at, found, dev) ? { top: at, directory } : undefined;
      // A directory that is itself a repository, without a work tree.
      if (statOf(`${at}/HEAD`) && statOf(`${at}/objects`)) return undefined;
    }
  } catch {
    // Not to be read: git will say what that means.
  }
  return undefined;
}

function isOrdinary(top: string, git: Stats, device: number): boolean {
  // safe.directory: a repository is the user's own, or git does not open it. Nor does it look beyond a file system.
  const owned = [git, statSync(top)].every(({ uid, dev }) => uid === process.geteuid?.() && dev === device);
  const isWhole = ['objects', 'refs'].every(name => statOf(`${top}/.git/${name}`)?.isDirectory());
  return owned && git.isDirectory() && isWhole && isPlainConfiguration(`${top}/.git/config`);
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
