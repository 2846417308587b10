/** What a command in a container that was made for it can lose: nothing of the container's own. Judges nothing. */

import type { Invocation } from '../../invocation/invocation.js';
import { absolute, isWithin } from '../../paths.js';
import type { Effect } from '../effect.js';

const INSIDE = /^(file|process|package)\./;

/** Without the effects on what the container itself holds. A tree that something from outside is mounted in is no such. */
export function withoutContainersOwn(
  effects: readonly Effect[],
  { fresh, mounts = [] }: Invocation,
): readonly Effect[] {
  if (fresh === undefined) return effects;
  const outside = [...fresh, ...mounts.map(({ from }) => from)];
  const isOutside = (path: string) => outside.some(place => isWithin(path, place) || isWithin(place, path));
  return effects.filter(one => {
    if (one.host !== '' || !INSIDE.test(one.resource)) return true;
    if (outside.length === 0) return false;
    const isKnown = one.action !== 'unknown' && one.action !== 'tamper' && one.target.startsWith('/');
    return !isKnown || isOutside(absolute(one.target, '/'));
  });
}
