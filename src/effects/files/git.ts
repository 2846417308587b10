/**
 * What git has of a path: the only evidence that deleting or overwriting it can be undone. Asks read-only
 * questions, one for many paths; where git cannot answer, it has nothing.
 */

import { absolute, isWithin } from '../../paths.js';
import type { World } from '../../port.js';
import { generatedBy } from './names.js';
import { repositoryRoot } from './places.js';

/**
 * `kept`: git has all of it as it is now. `changed`: tracked, with changes that git does not have. `untracked`:
 * some or all of it is not git's.
 */
export type GitState = 'kept' | 'changed' | 'untracked';

/** The state of each path (absolute, resolved), in order. */
export function gitStates(paths: readonly string[], world: World): readonly GitState[] {
  const states = new Map<string, GitState>();
  const byRepository = new Map<string, string[]>();
  for (const path of paths) {
    const linked = linkedState(path, world);
    if (linked !== undefined) {
      states.set(path, linked);
      continue;
    }
    const repository = repositoryRoot(absolute('..', path), world);
    if (repository === undefined) continue;
    byRepository.set(repository, [...(byRepository.get(repository) ?? []), path]);
  }
  for (const [repository, members] of byRepository) {
    for (const [path, state] of statesIn(repository, members, world)) states.set(path, state);
  }
  return paths.map(path => states.get(path) ?? 'untracked');
}

/**
 * The state of a linked work tree as a whole (git-worktree(1)), `undefined` for anything else: its commits are on a branch of
 * the repository that it belongs to, and stay there.
 */
function linkedState(path: string, world: World): GitState | undefined {
  if (world.stat(`${path}/.git`).kind !== 'file') return undefined;
  const link = world.readText(`${path}/.git`, 4096);
  if ('fault' in link || !/^gitdir: .+\/worktrees\/[^/]+\s*$/.test(link.text)) return undefined;
  const head = world.git(['rev-parse', '--symbolic-full-name', 'HEAD'], path);
  const status = world.git([...STATUS, '.'], path);
  if (!head.stdout.startsWith('refs/heads/') || status.status !== 0) return 'untracked';
  const changes = entries(status.stdout).map(entry => ({ code: entry.slice(0, 2), path: entry.slice(3) }));
  return changes.every(isMadeAgain) ? 'kept' : 'changed';
}

/** What git does not track here is only what tools make. */
function isMadeAgain({ code, path }: { readonly code: string; readonly path: string }): boolean {
  const isUntracked = code === '??' || code === '!!';
  return isUntracked && generatedBy(path.split('/').filter(part => part !== '')) === 'yes';
}

const STATUS = [
  'status',
  '--porcelain=v1',
  '-z',
  '--no-renames',
  '--untracked-files=normal',
  '--ignored',
  '--',
];

function statesIn(repository: string, paths: readonly string[], world: World): readonly [string, GitState][] {
  const literal = paths.map(path => `:(top,literal)${path.slice(repository.length + 1)}`);
  const tracked = world.git(['ls-files', '-v', '-z', '--', ...literal], repository);
  if (tracked.status !== 0 || tracked.stdout === '') return [];
  const status = world.git([...STATUS, ...literal], repository);
  if (status.status !== 0) return [];
  const index = entries(tracked.stdout).map(entry => ({ tag: entry.slice(0, 1), path: entry.slice(2) }));
  const changes = entries(status.stdout).map(entry => ({ code: entry.slice(0, 2), path: entry.slice(3) }));
  return paths.map(path => {
    const name = path.slice(repository.length + 1);
    const inIndex = index.filter(entry => isAtOrBelow(entry.path, name));
    const touched = changes.filter(
      change => isAtOrBelow(change.path, name) || isAtOrBelow(name, change.path),
    );
    return [path, stateOf(inIndex, touched)];
  });
}

function stateOf(
  index: readonly { readonly tag: string }[],
  changes: readonly { readonly code: string; readonly path: string }[],
): GitState {
  if (index.length === 0) return 'untracked';
  const lost = changes.filter(({ code, path }) => {
    if (code === '??' || code === '!!') return !isMadeAgain({ code, path });
    // The second letter is the working tree against the index; what is staged can be had back from the index.
    return code[1] !== ' ' && code[1] !== 'D';
  });
  if (lost.some(({ code }) => code === '??' || code === '!!')) return 'untracked';
  // `H` is the plain tag: lower case (assume-unchanged) and `S` (skip-worktree) hide changes from `status`.
  const hidden = index.some(({ tag }) => tag !== 'H');
  return lost.length > 0 || hidden ? 'changed' : 'kept';
}

function entries(text: string): readonly string[] {
  return text.split('\0').filter(entry => entry !== '');
}

/** Paths as git prints them, relative to the top; directories end in a slash there. */
function isAtOrBelow(path: string, folder: string): boolean {
  return isWithin(`/${path.replace(/\/$/, '')}`, `/${folder.replace(/\/$/, '')}`);
}

/**
 * Does git track anything at or below the path, or that it is a pattern of? `false` where it cannot be asked: then its
 * name alone decides.
 */
export function tracksAnything(path: string, directory: string, world: World): boolean {
  if (repositoryRoot(path, world) === undefined) return false;
  // A name may itself hold brackets: `app/[id]`.
  const matched = /[*?[]/.test(path) ? [`:(glob)${path}`] : [];
  const answer = world.git(['ls-files', '-z', '--', `:(literal)${path}`, ...matched], directory);
  if (answer.status === -1) return false;
  return answer.status !== 0 || answer.stdout !== '';
}
