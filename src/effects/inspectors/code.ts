/** What inline code does by itself: removes, writes over, sends, executes SQL. Commands that it runs are judged on their own. */

import { deedsFound, type ProgramDeed } from '../../invocation/code/found.js';
import type { Invocation } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import { effectsOfDeed } from '../code/deeds.js';
import type { Effect, Inspector } from '../effect.js';
import { preview } from '../files/preview.js';
import { fileResources } from '../files/resources.js';

/** Every tool: the programs of an invocation were found when it was unwrapped, and most have none. */
export const code: Inspector = {
  name: 'code',
  watches: { '*': '*' },
  // Only programs in a language have deeds, and no grammar calls those plain.
  quiet: { '*': '*' },
  // Read when it is asked for, like all that only some commands need: every judge has this inspector.
  get resources() {
    return [...fileResources, 'orm.row', 'queue.message', 'aws.operation'];
  },
  inspect(invocation: Invocation, world: World): readonly Effect[] {
    return deedsFound(invocation).flatMap(found =>
      effectsOfDeed(found.deed, invocation, world).filter(one => !isOrdinary(one, found)),
    );
  },
  preview(one, invocation, world) {
    return preview(one, invocation, world);
  },
};

/** In a file, what lacks only a value is the rule; it says nothing. */
function isOrdinary(one: Effect, { deed, isFile, isMade }: ProgramDeed): boolean {
  if (!isFile) return false;
  // Seeds and tests empty their own tables: what a program's file does to data is its own business.
  if (one.action === 'unknown' || (deed.kind === 'data' && !isMade)) return true;
  const words =
    deed.kind === 'remove' || deed.kind === 'write' ? [deed.path] : deed.kind === 'sql' ? [deed.text] : [];
  return words.some(word => !word.certain);
}
