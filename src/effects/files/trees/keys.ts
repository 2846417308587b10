/**
 * Trees that are put over the keys and credentials of a home directory: `rsync -a x/ ~/.ssh/`. There is one of each, and a
 * file of the tree with its name takes its place. Judges nothing.
 */

import type { Invocation } from '../../../invocation/invocation.js';
import { absolute, isWithin } from '../../../paths.js';
import type { World } from '../../../port.js';
import { type Effect, effect } from '../../effect.js';
import { resolve } from '../resolve.js';
import type { Put } from './put.js';

/** Where a person's tools keep them. */
const FOLDERS = ['.ssh', '.gnupg', '.aws', '.kube', '.azure', '.password-store'];
/** They can be made anew at any time. */
const ORDINARY = /^(known_hosts(\.old)?|config|cache|.*\.(pub|lock|sock))$/;

/** The keys that a file of the tree replaces, or may replace where the tree cannot be looked into. */
export function putOverKeys({ into, holds }: Put, invocation: Invocation, world: World): readonly Effect[] {
  const top = resolve(into, invocation, world, true);
  if (!top.certain) return [];
  const at = invocation.argv.indexOf(into);
  const words = at < 0 ? [] : [at];
  return FOLDERS.map(name => absolute(name, world.home))
    .filter(folder => isWithin(folder, top.path))
    .flatMap(folder => {
      const from = folder.slice(top.path.length).replace(/^\//, '');
      const below = (name: string) => (from === '' ? name : `${from}/${name}`);
      const standing = world.list(folder).filter(name => !ORDINARY.test(name));
      const replaced = standing.find(name => holds(below(name)) === 'yes');
      if (replaced !== undefined)
        return [
          effect('overwrite', 'file.secret', `${folder}/${replaced}`, {
            words,
            note: 'is in what is put there',
          }),
        ];
      const isUnseen = folder === top.path && holds(below('id')) === 'unseen';
      return isUnseen
        ? [
            effect('overwrite', 'file.secret', folder, {
              words,
              note: 'what is put there cannot be looked into',
            }),
          ]
        : [];
    });
}
