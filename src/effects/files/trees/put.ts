/**
 * Trees that are put where guard's own places lie below: `cp -r x/. ~/.config/`, `tar -C ~/.config`. What counts is whether the tree
 * has those names in it. Judges nothing.
 */

import type { Invocation } from '../../../invocation/invocation.js';
import { absolute, isWithin } from '../../../paths.js';
import type { World } from '../../../port.js';
import type { Word } from '../../../shell/command.js';
import { type Effect, effect } from '../../effect.js';
import { hooksIn } from '../agent-settings.js';
import { classify } from '../classify.js';
import { guardsConfig, guardsPlaces } from '../guards.js';
import { resolve } from '../resolve.js';

/** Whether a tree has something at a path (relative to its top, no slash in front). `unseen`: it cannot be looked into. */
export type Holds = (path: string) => 'yes' | 'no' | 'unseen';

/** A tree whose top gets the name that `into` says. */
export interface Put {
  readonly into: Word;
  readonly holds: Holds;
  /** The name itself gets another meaning, not what it leads to. */
  readonly isLink?: boolean;
}

/** What cannot be looked into. */
export const unseenTree: Holds = () => 'unseen';

/** The resource of a directory above guard's files into which a tree goes that cannot be looked into. */
export const ABOVE_GUARD = 'file.above-guard';

/**
 * Effects where the tree would bring guard's own files, or may bring a policy, which would be taken for the user's; or where it
 * takes the place of settings by which an agent has hooks.
 */
export function putOverGuard(
  { into, holds, isLink = false }: Put,
  invocation: Invocation,
  world: World,
): readonly Effect[] {
  const top = classify(into, invocation, world, { follow: !isLink });
  if (!top.certain) return [];
  const at = invocation.argv.indexOf(into);
  const words = at < 0 ? [] : [at];
  if (top.class === 'guard') return [effect('tamper', 'file.guard', top.path, { words })];
  const replaced = hooksIn(top.path, world).filter(file => holds(belowOf(file, top.path)) === 'yes');
  if (replaced.length > 0)
    return replaced.map(file =>
      effect('overwrite', 'file.project', file, { words, note: 'is in what is put there' }),
    );
  const below = guardsPlaces(world).filter(place => isWithin(place, top.path));
  const found = below.map(place => [place, holds(belowOf(place, top.path))] as const);
  const brought = found.find(([, answer]) => answer === 'yes');
  if (brought)
    return [effect('tamper', 'file.guard', brought[0], { words, note: 'is in what is put there' })];
  // Shims, hook and state that were replaced are found by guard itself; a policy is not.
  const mayBring = found.some(
    ([place, answer]) =>
      answer === 'unseen' && place.startsWith(`${top.path}/`) && guardsConfig(world).includes(place),
  );
  return mayBring
    ? [effect('unknown', ABOVE_GUARD, top.path, { words, note: 'what is put there cannot be looked into' })]
    : [];
}

function belowOf(place: string, top: string): string {
  return place.slice(top === '/' ? 1 : top.length + 1);
}

/** The tree that stands at a path now. One that is not there yet may be by the time that it is copied. */
export function treeAt(source: Word, invocation: Invocation, world: World): Holds {
  const top = resolve(source, invocation, world, true);
  if (!top.certain || top.pattern) return unseenTree;
  const { kind } = world.stat(top.path);
  if (kind === 'missing' || kind === 'denied') return unseenTree;
  return path => {
    const found = world.stat(absolute(path, top.path)).kind;
    return found === 'missing' ? 'no' : found === 'denied' ? 'unseen' : 'yes';
  };
}

/** A tree of these names, as archives list them; `strip` components are taken from the front of each. */
export function treeOf(names: readonly string[], strip = 0): Holds {
  const paths = names.map(name =>
    absolute(name, '/')
      .split('/')
      .slice(1 + strip)
      .join('/'),
  );
  return wanted => (paths.some(path => path === wanted || path.startsWith(`${wanted}/`)) ? 'yes' : 'no');
}
