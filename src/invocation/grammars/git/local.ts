/** The git commands that stay on this machine: what they need no judge for, and that they ask nobody for a password. */

import type { PlainTable } from '../../grammar.js';

/**
 * What runs no command of its own. `grep` is not among them: its -O, also bundled, runs a program. Nor is `help`: it
 * opens a browser or a pager. git-log(1): --output=<file> writes, --ext-diff runs what the configuration says.
 */
export const localCommands: PlainTable = `
  log, show, diff, diff-tree, diff-index, diff-files, shortlog, whatchanged, range-diff : --output, --ext-diff
  status, describe, blame, annotate, rev-parse, rev-list, ls-files, ls-tree, cat-file, merge-base, name-rev
  show-ref, for-each-ref, show-branch, cherry, count-objects, check-ignore, check-attr, var, version, symbolic-ref
  add, am, apply, branch, checkout, cherry-pick, clean, commit, config, format-patch, fsck, gc, init, merge, mv, notes
  reflog, reset, restore, revert, rm, stash, switch, tag, worktree
  rebase : --exec
`;

const names = new Set(
  localCommands
    .split('\n')
    .flatMap(row => row.replace(/:.*/, '').split(','))
    .map(name => name.trim()),
);

/** Does the command, by its canonical name, never speak with another machine? A partial clone fetches by ssh or http alone. */
export function isLocal(command: string): boolean {
  return names.has(command);
}
