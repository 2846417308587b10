/** Commands that write refs, linked work trees, submodules and remotes directly → what is lost. Decides nothing. */

import { directoryOf } from '../../../invocation/grammars/git/place.js';
import type { Invocation } from '../../../invocation/invocation.js';
import { absolute } from '../../../paths.js';
import type { World } from '../../../port.js';
import { type Effect, effect } from '../../effect.js';
import { remadeBranch } from './branches.js';
import { isSet, placesOf, textOf, valueGiven, wordsOf } from './options.js';
import { Repository } from './repository.js';

/** git-update-ref(1). A ref that is new, or whose commit another ref keeps, loses nothing. */
export function updateRefEffects(invocation: Invocation, world: World): readonly Effect[] {
  if (isSet(invocation, '--stdin')) {
    return [effect('overwrite', 'git.ref', '', { extent: 'unknown', note: 'the refs on standard input' })];
  }
  const [ref, value, old] = invocation.operands;
  if (!ref) return [];
  const repository = new Repository(invocation, world);
  const words = [...wordsOf(invocation, '-d'), ...placesOf(invocation, [ref])];
  if (ref.certain && repository.isKept(ref.text, [ref.text])) return [];
  if (isSet(invocation, '-d')) return [effect('delete', 'git.ref', ref.text, { words })];
  const isNew = old?.certain === true && /^0*$/.test(old.text);
  const moves = value?.certain === true && ref.certain && repository.isAncestor(ref.text, value.text);
  const isMissing = ref.certain && ref.text.startsWith('refs/') && repository.exists(ref.text) === 'no';
  return isNew || moves || isMissing ? [] : [effect('overwrite', 'git.ref', ref.text, { words })];
}

/** git-symbolic-ref(1). HEAD on a branch may point elsewhere: the branch stays. */
export function symbolicRefEffects(invocation: Invocation, world: World): readonly Effect[] {
  const [name, target] = invocation.operands;
  if (!name) return [];
  const words = placesOf(invocation, [name]);
  if (isSet(invocation, '--delete')) return [effect('delete', 'git.ref', name.text, { words })];
  if (!target || (name.certain && name.text.startsWith('refs/remotes/'))) return [];
  const onBranch = name.text === 'HEAD' && new Repository(invocation, world).currentBranch() !== undefined;
  return onBranch ? [] : [effect('overwrite', 'git.ref', name.text, { words })];
}

/** git-replace(1): what stands in for an object, in every command that reads history from then on. */
export function replaceEffects(invocation: Invocation, world: World): readonly Effect[] {
  const { operands, openEnded } = invocation;
  const fromFile = isSet(invocation, '--convert-graft-file');
  if (isSet(invocation, '--list') || (operands.length === 0 && !openEnded && !fromFile)) return [];
  const [object] = operands;
  const words = [...wordsOf(invocation, '--delete', '--graft', '--force'), ...placesOf(invocation, operands)];
  const name = object ? `refs/replace/${object.text}` : 'refs/replace/*';
  if (!isSet(invocation, '--delete')) return [effect('overwrite', 'git.ref', name, { words })];
  const repository = new Repository(invocation, world);
  const lost = operands.filter(({ text, certain }) => {
    const ref = `refs/replace/${text}`;
    return !certain || !repository.isKept(ref, [ref]);
  });
  return lost.length === 0 && !openEnded ? [] : [effect('delete', 'git.ref', name, { words })];
}

/** git-remote(1): set again by hand. */
export function remoteEffects(invocation: Invocation): readonly Effect[] {
  const [, action] = invocation.subcommand;
  const [name] = invocation.operands;
  if (action !== 'remove' || !name) return [];
  return [effect('delete', 'git.remote', name.text, { words: placesOf(invocation, [name]) })];
}

/** git-worktree(1): without --force git refuses a work tree with changes. */
export function worktreeEffects(invocation: Invocation, world: World): readonly Effect[] {
  const [, action] = invocation.subcommand;
  const [path, start] = invocation.operands;
  if (action === 'add')
    return remadeBranch(valueGiven(invocation, '-B'), start, invocation, new Repository(invocation, world));
  if (action !== 'remove' || !isSet(invocation, '--force')) return [];
  if (!path) {
    return invocation.openEnded ? [effect('delete', 'git.linked-worktree', '', { extent: 'unknown' })] : [];
  }
  const directory = directoryOf(invocation);
  if (path.certain && directory.certain) {
    const status = world.git(['status', '--porcelain', '-z'], absolute(path.text, directory.text));
    if (status.status === 0 && status.stdout === '') return [];
  }
  return [
    effect('delete', 'git.linked-worktree', path.text, {
      words: [...wordsOf(invocation, '--force'), ...placesOf(invocation, [path])],
      note: 'with changes that are not committed',
    }),
  ];
}

/** git-submodule(1): only --force takes changes inside a submodule. */
export function submoduleEffects(invocation: Invocation, world: World): readonly Effect[] {
  const [, action] = invocation.subcommand;
  const isForced = isSet(invocation, '--force');
  if (!isForced || (action !== 'deinit' && action !== 'update')) return [];
  const repository = new Repository(invocation, world);
  const { operands } = invocation;
  const changes = repository.changes(operands, false);
  if (changes?.length === 0 && !invocation.openEnded) return [];
  return [
    effect('discard', 'git.submodule', textOf(operands), {
      extent: operands.length === 0 ? 'all' : 'some',
      words: [...wordsOf(invocation, '--force', '--all'), ...placesOf(invocation, operands)],
      note: 'changes inside it that are not committed',
    }),
  ];
}
