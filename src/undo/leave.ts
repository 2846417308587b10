/** Whose leave it takes to fetch what a command takes from a database, and what is said before anything is written there. Asks nobody. */

import type { Safety } from '../policy/rule.js';
import { visible } from '../text.js';
import type { Item, Step } from './saver.js';

/** Who lets guard ask a database lets it fetch what it is about to lose, too, unless policy says otherwise. */
export function isWanted(safety: Safety | undefined): boolean {
  return (safety?.undo?.sql ?? (safety?.preview?.sql === true ? 'dump' : 'off')) !== 'off';
}

/** On another machine others use it too: a person says yes first, as for a push. `hosts` of the item: '' for this one. */
export function elsewhere(item: Item, step: Step, shown: string): Step {
  if (item.with['hosts']?.every(host => host === '') === true) return step;
  return { differs: `this writes to ${visible(shown)}, for everyone who uses it`, ...step };
}
