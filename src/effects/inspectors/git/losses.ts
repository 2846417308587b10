/**
 * Evidence that nothing would be lost: which changes git could not bring back, and whether a commit stays on some
 * ref. Where git does not answer, there is no evidence. Decides nothing.
 */

import { absolute } from '../../../paths.js';
import type { World } from '../../../port.js';
import type { Word } from '../../../shell/command.js';
import type { Change, Repository } from './repository.js';

/** What a command would write over files: the index only replaces what the work tree changed since. */
export type From = 'index' | 'commit';

const MAX_CONFLICTED_FILE = 1024 * 1024;

/** True where no content under the paths (all, where none) would be lost. */
export function isUnchanged(repository: Repository, paths: readonly Word[], from: From): boolean {
  const changes = repository.changes(paths, from === 'commit');
  return changes !== undefined && !changes.some(change => isLost(change, from));
}

/** Files that are gone hold nothing that could be lost: writing them again is a rescue. */
function isLost({ index, tree }: Change, from: From): boolean {
  if (index === 'U' || tree === 'U') return true;
  if (from === 'index') return tree !== ' ' && tree !== 'D' && tree !== '?' && tree !== '!';
  return !(' D'.includes(index) && ' D'.includes(tree));
}

/**
 * True where HEAD's commits stay reachable when the branch moves to `target`, and the files there overwrite nothing
 * that is only here.
 */
export function isTreeKept(repository: Repository, target: string): boolean {
  const changes = repository.changes([], true);
  if (changes === undefined) return false;
  const untracked = changes.filter(change => change.index === '?');
  if (changes.some(change => change.index !== '?' && isLost(change, 'commit'))) return false;
  if (untracked.length === 0 || isHead(target)) return true;
  if (untracked.length > 200) return false;
  const overwritten = repository.ask(
    'ls-tree',
    '-r',
    '--full-tree',
    '--name-only',
    target,
    '--',
    ...untracked.map(change => change.path),
  );
  return overwritten === '';
}

/** True where moving the current branch to `target` leaves every commit on some ref. */
export function areCommitsKept(repository: Repository, target: string): boolean {
  if (repository.isAncestor('HEAD', target)) return true;
  const branch = repository.currentBranch();
  return repository.isKept('HEAD', branch === undefined ? [] : [branch]);
}

/** True for the two ways of writing HEAD. */
export function isHead(revision: string): boolean {
  return revision === 'HEAD' || revision === '@';
}

/** True where every path is in conflict and still as the merge left it, markers and all: git can make it again. */
export function isUntouchedConflict(repository: Repository, paths: readonly Word[], world: World): boolean {
  const changes = repository.changes(paths, false);
  const top = repository.ask('rev-parse', '--show-toplevel')?.trim();
  if (!changes || !top) return false;
  return changes.every(change => {
    if (!isConflict(change)) return !isLost(change, 'index');
    const content = world.readText(absolute(change.path, top), MAX_CONFLICTED_FILE);
    return 'text' in content ? /^<{7} /m.test(content.text) : content.fault === 'missing';
  });
}

function isConflict({ index, tree }: Change): boolean {
  return /^(DD|AU|UD|UA|DU|AA|UU)$/.test(index + tree);
}
