/** The git commands that stay on this machine and those that do not: what they need no judge for. */

import { once } from '../../../once.js';
import type { PlainTable } from '../../grammar.js';

/**
 * What runs no command of its own. git-log(1): --output=<file> writes, --ext-diff runs what the configuration says.
 * `help` is not among them: it opens a browser or a pager. Commands that agents use most come first: a shim looks for them
 * in this order.
 */
export const localCommands: PlainTable = `
  log, show, diff, diff-tree, diff-index, diff-files, whatchanged : --output, --ext-diff
  status, add, commit, rev-parse, ls-files, rev-list, merge-base, describe, blame, annotate, ls-tree, cat-file, name-rev
  show-ref, for-each-ref, show-branch, cherry, count-objects, check-ignore, check-attr, var, version, symbolic-ref
  branch, stash, switch, tag, config, reset, worktree, mv, rm
  am, apply, checkout, cherry-pick, clean, format-patch, fsck, gc, init, merge, notes, reflog, restore, revert
  shortlog, range-diff : --output, --ext-diff
  rebase : --exec
  grep : --open-files-in-pager
  bisect start, bisect good, bisect bad, bisect skip, bisect log, bisect reset
  = remote, remote -v
  remote get-url
`;

/** What speaks with other repositories, and by which words of its own it runs something (`runners.ts`). */
export const speakingCommands: PlainTable = `
  fetch, pull, ls-remote : --upload-pack, --exec, *ext::*
  clone : --upload-pack, --config, *ext::*
  push : --receive-pack, --exec, *ext::*
`;

/** What may ask for a password, and the variable that names who asks for it. */
export const speaking = {
  get words() {
    return firstWords(speakingCommands);
  },
  environment: ['GIT_ASKPASS'],
};

function firstWords(table: PlainTable): readonly string[] {
  const paths = table.split('\n').flatMap(row => row.replace(/:.*/, '').split(','));
  return paths.map(path => path.replace('=', '').trim().split(' ')[0]!).filter(word => word !== '');
}

const names = once(() => new Set(firstWords(localCommands)));

/** Does the command, given by its canonical path, never ask for a password? A partial clone fetches what it misses, by ssh. */
export function isLocal([command = '', nested]: readonly string[]): boolean {
  if (command === 'remote') return nested === undefined || nested === 'get-url';
  // `git --version`
  return command === '' || names().has(command);
}
