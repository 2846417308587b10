/** All that a directory holds, written over the system's own files: `rsync -a root/ /`, `cp -a conf/. /etc`. Judges nothing. */

import type { Invocation } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { type Effect, effect } from '../effect.js';
import { classify } from './classify.js';

const SYSTEMS_OWN = /^\/(etc|boot|bin|sbin|lib\w*|usr(?!\/(local|src|share)(\/|$)))(\/|$)/;

/** The effect where the destination is the system's own. */
export function poured(path: Word, at: number, invocation: Invocation, world: World): readonly Effect[] {
  const place = classify(path, invocation, world, { follow: true });
  const isOver = place.class === 'root' || (place.class === 'system' && SYSTEMS_OWN.test(place.path));
  return place.certain && isOver
    ? [effect('overwrite', 'file.system', place.path, { words: [at], extent: 'some' })]
    : [];
}
