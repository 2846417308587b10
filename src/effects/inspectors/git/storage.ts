/**
 * Commands that take away what git keeps for rescue (stashes, reflogs, unreachable objects) or replace history as a
 * whole → what could not be brought back. Decides nothing.
 */

import { commandSettings, settingIn } from '../../../invocation/grammars/git/settings.js';
import type { Invocation } from '../../../invocation/invocation.js';
import type { World } from '../../../port.js';
import type { Word } from '../../../shell/command.js';
import { type Effect, effect } from '../../effect.js';
import { isSet, placesOf, textOf, valueGiven, wordsOf } from './options.js';

/** git-stash(1). `pop` drops only what it has applied. */
export function stashEffects(invocation: Invocation): readonly Effect[] {
  const [, action] = invocation.subcommand;
  const words = placesOf(invocation, invocation.operands);
  if (action === 'clear') return [effect('delete', 'git.stash', 'all stashes', { extent: 'all', words })];
  if (action !== 'drop') return [];
  const [stash] = invocation.operands;
  return [effect('delete', 'git.stash', stash ? stash.text : 'stash@{0}', { words })];
}

/** git-reflog(1). Without an age, only what gc would expire anyway. */
export function reflogEffects(invocation: Invocation): readonly Effect[] {
  const [, action] = invocation.subcommand;
  if (isSet(invocation, '--dry-run')) return [];
  const lost = (extent: Effect['extent']) => [
    effect('delete', 'git.reflog', isSet(invocation, '--all') ? 'all reflogs' : textOf(invocation.operands), {
      extent,
      words: [...wordsOf(invocation, '--expire', '--expire-unreachable', '--all')],
    }),
  ];
  if (action === 'delete') return lost('one');
  if (action !== 'expire') return [];
  const ages = ['--expire', '--expire-unreachable'].map(name => valueGiven(invocation, name));
  return ages.some(isSoon) ? lost(isSet(invocation, '--all') ? 'all' : 'some') : [];
}

/** git-gc(1), git-prune(1), git-prune-packed(1), git-repack(1): unreachable objects are kept two weeks unless told otherwise. */
export function objectEffects(invocation: Invocation, world: World): readonly Effect[] {
  const [command] = invocation.subcommand;
  if (isSet(invocation, '--dry-run')) return [];
  const lost = (...names: readonly string[]) => [
    effect('delete', 'git.object', 'unreachable objects', {
      extent: 'all',
      words: wordsOf(invocation, ...names),
    }),
  ];
  if (command === 'prune-packed') return lost();
  if (command === 'prune') {
    const age = valueGiven(invocation, '--expire');
    return age === undefined || isSoon(age) ? lost('--expire') : [];
  }
  if (command === 'repack') {
    if (!isSet(invocation, '-d')) return [];
    const keeps = isSet(invocation, '--keep-unreachable', '--cruft');
    const age = valueGiven(invocation, '--unpack-unreachable', '--cruft-expiration');
    return (isSet(invocation, '-a') && !keeps) || isSoon(age) ? lost('-a', '-d') : [];
  }
  const settings = commandSettings(invocation, world);
  const expiries = ['gc.pruneexpire', 'gc.reflogexpire', 'gc.reflogexpireunreachable'];
  const ages = [valueGiven(invocation, '--prune'), ...expiries.map(key => settingIn(settings, key))];
  return ages.some(isSoon) ? lost('--prune') : [];
}

/** git-filter-branch(1), git-filter-repo(1), git-fast-import(1). */
export function historyEffects(invocation: Invocation): readonly Effect[] {
  const [command] = invocation.subcommand;
  if (isSet(invocation, '--analyze', '--dry-run')) return [];
  if (command === 'fast-import' && !isSet(invocation, '--force')) return [];
  return [effect('rewrite', 'git.history', '', { extent: 'all', words: wordsOf(invocation, '--force') })];
}

/** True for an age below git's own two weeks: `now`, `all`, `1.hour.ago`. What cannot be read counts as soon. */
export function isSoon(age: Word | undefined): boolean {
  if (age === undefined) return false;
  if (!age.certain) return true;
  if (/^(never|false)$/i.test(age.text)) return false;
  const stated = /^(\d+)[. ](day|week|month|year)s?([. ]ago)?$/i.exec(age.text);
  if (!stated) return true;
  const days = { day: 1, week: 7, month: 30, year: 365 }[stated[2]!.toLowerCase()] ?? 0;
  return Number(stated[1]) * days < 14;
}
