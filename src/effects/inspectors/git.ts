/**
 * git → what a command would do to branches, commits, the work tree and what git keeps for rescue. Where nothing is
 * lost, and the repository shows it, there is no effect. Decides nothing.
 */

import type { Invocation } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import type { Effect, Inspector } from '../effect.js';
import { branchEffects, fetchEffects, tagEffects } from './git/branches.js';
import { cleanEffects } from './git/clean.js';
import { configEffects } from './git/config.js';
import {
  checkoutEffects,
  checkoutIndexEffects,
  pouredEffects,
  readTreeEffects,
  removeEffects,
  resetEffects,
  restoreEffects,
  showEffects,
  switchEffects,
} from './git/discard.js';
import { previewOf } from './git/preview.js';
import { pushEffects } from './git/push.js';
import { historyEffects, objectEffects, reflogEffects, stashEffects } from './git/storage.js';
import {
  remoteEffects,
  replaceEffects,
  submoduleEffects,
  symbolicRefEffects,
  updateRefEffects,
  worktreeEffects,
} from './git/surgery.js';

type Reader = (invocation: Invocation, world: World) => readonly Effect[];

const readers: Readonly<Record<string, Reader>> = {
  push: pushEffects,
  'send-pack': pushEffects,
  'http-push': pushEffects,
  reset: resetEffects,
  checkout: checkoutEffects,
  switch: switchEffects,
  restore: restoreEffects,
  'checkout-index': checkoutIndexEffects,
  'read-tree': readTreeEffects,
  show: showEffects,
  'cat-file': showEffects,
  rm: removeEffects,
  mv: removeEffects,
  clean: cleanEffects,
  branch: branchEffects,
  tag: tagEffects,
  fetch: fetchEffects,
  pull: fetchEffects,
  stash: stashEffects,
  reflog: reflogEffects,
  gc: objectEffects,
  prune: objectEffects,
  'prune-packed': objectEffects,
  repack: objectEffects,
  'filter-branch': historyEffects,
  'filter-repo': historyEffects,
  'fast-import': historyEffects,
  'update-ref': updateRefEffects,
  'symbolic-ref': symbolicRefEffects,
  replace: replaceEffects,
  config: configEffects,
  remote: remoteEffects,
  worktree: worktreeEffects,
  submodule: submoduleEffects,
};

/** Words with anything but these in them may be no ref that git takes for what it seems, bytes that are no text among them. */
const UNCLEAR = '*[!ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:@+=-]*';

export const git: Inspector = {
  name: 'git',
  watches: { git: Object.keys(readers), tee: '*', sponge: '*' },
  quiet: {
    git: `
      branch : -D, -M, -C, --force
      tag : --delete, --force
      stash : drop, clear
      reflog : expire, delete
      gc : --prune
      worktree : --force, -B
      rm, mv : --force, *.claude*, *.codex*, *.cursor*, *.gemini*, *.copilot*
      reset : --hard, --merge
      switch : --discard-changes, --force, -C, --force-create
      restore --staged, restore -S : --worktree, --no-staged
      checkout -b : --force, --pathspec-from-file
      clean -n, clean --dry-run, clean -nd, clean -fn : --no-dry-run
      fetch, pull : --force, +*
      push ? ?, push -u ? ?, push --set-upstream ? ?, push -q ? ? : --mirror, --prune, --force, --force-with-lease, --delete, -D, +*, :*, ${UNCLEAR}
      config --get, config --get-all, config --list, config -l, config --get-regexp : --no-*
      config user.name, config user.email, config --global user.name, config --global user.email
      = checkout -, remote, remote -v
      remote get-url, show, cat-file
      = symbolic-ref HEAD, symbolic-ref --short HEAD, symbolic-ref -q HEAD
    `,
  },
  resources: [
    'file.project',
    'git.branch',
    'git.commit',
    'git.file',
    'git.history',
    'git.linked-worktree',
    'git.object',
    'git.ref',
    'git.reflog',
    'git.refspec',
    'git.remote',
    'git.remote-branch',
    'git.remote-repository',
    'git.remote-tag',
    'git.stash',
    'git.submodule',
    'git.tag',
    'git.untracked',
    'git.worktree',
  ],
  inspect(invocation, world) {
    if (invocation.tool !== 'git') return pouredEffects(invocation, world);
    const [command] = invocation.subcommand;
    if (command === undefined || !Object.hasOwn(readers, command) || asksForHelp(invocation)) return [];
    return readers[command]!(invocation, world);
  },
  preview: previewOf,
};

/** `git push -h` and `git push --help` show the manual and do nothing else (git.c, parse-options.c). */
function asksForHelp({ unknown, argv, subcommand }: Invocation): boolean {
  const [first] = unknown;
  if (!first || (first.text !== '-h' && first.text !== '--help')) return false;
  const at = argv.indexOf(first);
  return at > 0 && argv[at - 1]!.certain && argv[at - 1]!.text === subcommand[0];
}
