/** Which refs may keep less after a git command than before it: what a branch loses is on no other of these. May not judge. */

import type { Invocation } from '../../invocation.js';
import { ownUses } from './command-line.js';

const NONE = /^$/;
const REMOTE = /^refs\/remotes\//;

/** Commands that make no ref smaller; the branch that a merge is made on has all that it had. */
const HARMLESS = new Set('add rm mv restore clean notes gc merge stash'.split(' '));

type Reader = (one: Invocation) => RegExp | undefined;

const readers: Readonly<Record<string, Reader>> = {
  // A branch that is made anew may have been another.
  checkout: one => (has(one, '-B') ? undefined : NONE),
  switch: one => (has(one, '-C', '--force-create') ? undefined : NONE),
  worktree: one => (has(one, '-B') ? undefined : NONE),
  fetch: fetched,
  pull: one => (has(one, '--rebase') ? undefined : fetched(one)),
  push: one => {
    const isForced = has(one, '--delete', '-d', '--mirror', '--prune', '--force', '--force-with-lease');
    return isForced || one.openEnded || one.operands.some(isSpecial) ? REMOTE : NONE;
  },
  branch: one => {
    if (has(one, '--force', '--move', '-M', '--copy', '-C')) return undefined;
    // -d takes only what HEAD, or the branch's upstream, has too.
    if (!has(one, '-D')) return NONE;
    const isKnown = !one.openEnded && one.operands.every(({ certain }) => certain);
    return isKnown ? named(one.operands.map(({ text }) => text)) : undefined;
  },
};

/**
 * The refs that may have been moved away from commits they had, or deleted, by a git command: a pattern of full names,
 * which matches none where there are none; `undefined` where it may be any.
 */
export function refsAtRisk(one: Invocation): RegExp | undefined {
  const command = one.subcommand[0] ?? '';
  if (HARMLESS.has(command)) return NONE;
  return Object.hasOwn(readers, command) ? readers[command]!(one) : undefined;
}

/** What is fetched grows the copies of the other repository's branches; pruning takes those that it no longer has. */
function fetched(one: Invocation): RegExp | undefined {
  const isPlain = !has(one, '--force', '--prune-tags') && !one.openEnded;
  if (!isPlain || one.operands.slice(1).some(word => isSpecial(word) || word.text.includes(':'))) {
    return undefined;
  }
  return has(one, '--prune') ? REMOTE : NONE;
}

function has(one: Invocation, ...names: readonly string[]): boolean {
  return ownUses(one).some(use => names.includes(use.name));
}

function isSpecial({ text, certain }: { readonly text: string; readonly certain: boolean }): boolean {
  return !certain || /^[+:]/.test(text);
}

function named(branches: readonly string[]): RegExp {
  const names = branches.map(name => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^refs/(heads|remotes)/(${names.join('|')})$`);
}
