/**
 * A word of a command line → the path that the kernel will reach by it: the working directory, `..` behind
 * symlinks, symlinks themselves, and a trailing `*`. Says what a path is called, never what it is worth.
 */

import type { Invocation } from '../../invocation/invocation.js';
import { absolute } from '../../paths.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';

/** A resolved path. */
export interface Resolved {
  /** Absolute, symlinks of the parent (and, with `follow`, of the path itself) resolved. */
  readonly path: string;
  /** All of the word and of the working directory it needs is known. */
  readonly certain: boolean;
  /** The word ended in `*` or the like: everything in `path` is meant, not one name. */
  readonly contents: boolean;
  /** The word is a pattern that stands for any number of paths. */
  readonly pattern: boolean;
  /** The word is a pattern that no name matches now; by the time that it is used, some may. */
  readonly unmatched: boolean;
}

/** A last component that matches every name, or every hidden one. */
const EVERYTHING = /^(\*+|\.\*|\*\.\*|\.\[!\.\]\*|\.\?\?\*|\?\*|\{\*,\.\*\}|\[!\.\]\*|\.\{?\*\}?)$/;

/** Resolves a word. `follow`: the operation acts on what a final symlink points to (writing), not on the link. */
export function resolve(word: Word, invocation: Invocation, world: World, follow: boolean): Resolved {
  const relative = !word.text.startsWith('/');
  const certain = word.certain && (!relative || invocation.directory.certain);
  const start = relative ? invocation.directory.text || '/' : '/';
  const parts = word.text.split('/').filter(part => part !== '' && part !== '.');
  const pattern = (!word.certain || parts.includes('**')) && parts.some(part => /[*?[]/.test(part));
  const unmatched = word.certain && word.pattern !== undefined;
  let contents = false;
  while (parts.at(-1)?.includes('*') && EVERYTHING.test(parts.at(-1)!)) {
    parts.pop();
    contents = true;
  }
  const whole = walk(start, parts, world);
  // `link/` and `link/*` reach through the link.
  const through = follow || contents || word.text.endsWith('/');
  return { path: realName(whole, world, through), certain, contents, pattern, unmatched };
}

/** The kernel takes `..` from where a symlink led, not from where its name stands. */
function walk(start: string, parts: readonly string[], world: World): string {
  let at = absolute(start, '/');
  for (const part of parts) {
    at = part === '..' ? absolute('..', world.stat(at).realPath) : absolute(part, at);
  }
  return at;
}

function realName(path: string, world: World, follow: boolean): string {
  if (path === '/') return path;
  const facts = world.stat(path);
  if (follow || facts.kind !== 'symlink') return facts.realPath;
  const parent = world.stat(absolute('..', path)).realPath;
  return absolute(path.slice(path.lastIndexOf('/') + 1), parent);
}
