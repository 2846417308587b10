/** Commands that delete or move branches and tags here → refs that are lost, with what only they keep. Decides nothing. */

import type { Invocation } from '../../../invocation/invocation.js';
import type { World } from '../../../port.js';
import type { Word } from '../../../shell/command.js';
import { type Effect, effect } from '../../effect.js';
import { isSet, placesOf, wordsOf } from './options.js';
import { Repository, shortName } from './repository.js';

/** git-branch(1): -D, -d -f, -M, -C and -f take what git would else refuse to lose. */
export function branchEffects(invocation: Invocation, world: World): readonly Effect[] {
  const repository = new Repository(invocation, world);
  const { operands } = invocation;
  const force = isSet(invocation, '--force');
  if (isSet(invocation, '-D') || (isSet(invocation, '--delete') && force)) {
    // A remote-tracking branch is only a copy: the next fetch brings it back.
    if (isSet(invocation, '--remotes')) return [];
    return deletedBranches(invocation, repository);
  }
  const renames = isSet(invocation, '-M') || (isSet(invocation, '--move') && force);
  const copies = isSet(invocation, '-C') || (isSet(invocation, '--copy') && force);
  if (renames || copies) {
    const [name] = operands.slice(-1);
    if (!name) return [];
    // The first branch of a new repository gets its name so; where git can be asked, it is.
    const isFirst = operands.length === 1 && repository.ask('rev-parse', '--git-dir') === undefined;
    return isFirst ? [] : overwritten(`refs/heads/${name.text}`, name, undefined, invocation, repository);
  }
  const lists = isSet(
    invocation,
    '--list',
    '--delete',
    '--move',
    '--copy',
    '--show-current',
    '--set-upstream-to',
  );
  if (!force || lists || !operands[0]) return [];
  const to = operands[1] ?? { text: 'HEAD', certain: true };
  return overwritten(`refs/heads/${operands[0].text}`, operands[0], to, invocation, repository);
}

/**
 * A branch that is made anew where one of that name stands (`checkout -B`, `switch -C`, `worktree add -B`): it moves away
 * from its commits as by `branch -f`. Most are new, or are brought to where their remote is: only what git shows counts.
 */
export function remadeBranch(
  name: Word | undefined,
  start: Word | undefined,
  invocation: Invocation,
  repository: Repository,
): readonly Effect[] {
  if (!name?.certain) return [];
  const ref = `refs/heads/${name.text}`;
  const to = start ?? { text: 'HEAD', certain: true };
  return repository.exists(ref) === 'yes' ? overwritten(ref, name, to, invocation, repository) : [];
}

/** git-tag(1): -d deletes, -f moves. A plain tag whose commit stays on another ref is only a name. */
export function tagEffects(invocation: Invocation, world: World): readonly Effect[] {
  const repository = new Repository(invocation, world);
  const { operands, openEnded } = invocation;
  if (isSet(invocation, '--delete')) {
    const refs = operands.map(word => `refs/tags/${word.text}`);
    const lost = operands.filter((word, i) => !word.certain || !isPlainName(repository, refs[i]!, refs));
    if (operands.length === 0 && openEnded) return [deletion('git.tag', undefined, invocation)];
    return lost.map(word => deletion('git.tag', word, invocation));
  }
  const [name] = operands;
  if (!isSet(invocation, '--force') || !name || isSet(invocation, '--list', '--verify')) return [];
  const ref = `refs/tags/${name.text}`;
  if (name.certain && (repository.exists(ref) === 'no' || isPlainName(repository, ref, [ref]))) return [];
  return [movement('git.tag', name, invocation)];
}

/** git-fetch(1): `+main:main` and -f move a branch here where it would lose commits. */
export function fetchEffects(invocation: Invocation, world: World): readonly Effect[] {
  if (isSet(invocation, '--dry-run')) return [];
  const repository = new Repository(invocation, world);
  return invocation.operands.slice(1).flatMap(word => {
    const forced = word.text.startsWith('+') || isSet(invocation, '--force');
    const destination = /^\+?[^:]*:(.+)$/.exec(word.text)?.[1];
    if (!forced || destination === undefined) return [];
    const ref = destination.startsWith('refs/') ? destination : `refs/heads/${destination}`;
    if (!ref.startsWith('refs/heads/')) return [];
    const isMany = ref.includes('*');
    return isMany
      ? [movement('git.branch', { ...word, text: shortName(ref) }, invocation)]
      : overwritten(ref, { ...word, text: shortName(ref) }, undefined, invocation, repository);
  });
}

function deletedBranches(invocation: Invocation, repository: Repository): readonly Effect[] {
  const { operands, openEnded } = invocation;
  const refs = operands.map(word => `refs/heads/${word.text}`);
  // Two branches that go together do not keep each other's commits.
  const lost = operands.filter((word, i) => !word.certain || !repository.isKept(refs[i]!, refs));
  if (operands.length === 0 && openEnded) return [deletion('git.branch', undefined, invocation)];
  return lost.map(word => deletion('git.branch', word, invocation));
}

/** A branch that moves away from its commits, unless it is new or they stay on another ref. */
function overwritten(
  ref: string,
  name: Word,
  to: Word | undefined,
  invocation: Invocation,
  repository: Repository,
): readonly Effect[] {
  if (name.certain) {
    if (repository.exists(ref) === 'no' || repository.isKept(ref, [ref])) return [];
    if (to?.certain && repository.isAncestor(ref, to.text)) return [];
  }
  return [movement('git.branch', name, invocation)];
}

/** True for a tag that is no object of its own and whose commit some other ref keeps. */
function isPlainName(repository: Repository, ref: string, without: readonly string[]): boolean {
  return repository.ask('cat-file', '-t', ref)?.trim() === 'commit' && repository.isKept(ref, without);
}

function deletion(resource: string, name: Word | undefined, invocation: Invocation): Effect {
  return effect('delete', resource, name?.text ?? '', {
    extent: name?.certain ? 'one' : 'unknown',
    words: [...wordsOf(invocation, '-D', '--delete', '--force'), ...placesOf(invocation, name ? [name] : [])],
  });
}

function movement(resource: string, name: Word, invocation: Invocation): Effect {
  return effect('overwrite', resource, name.text, {
    extent: name.text.includes('*') ? 'all' : 'one',
    words: [
      ...wordsOf(invocation, '-M', '-C', '-B', '--force', '--force-create', '--move', '--copy'),
      ...placesOf(invocation, [name]),
    ],
  });
}
