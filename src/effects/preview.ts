/** What would be lost, in sentences for the human who is asked. Read-only and bounded; decides nothing. */

import type { Invocation } from '../invocation/invocation.js';
import type { World } from '../port.js';
import type { Effect } from './effect.js';
import { inspectors } from './inspectors/index.js';

/** Counts, sizes and names of what an effect would take away, as far as some inspector can see it. */
export function preview(effect: Effect, invocation: Invocation, world: World): readonly string[] {
  return inspectors
    .filter(inspector => inspector.resources.includes(effect.resource))
    .flatMap(inspector => inspector.preview?.(effect, invocation, world) ?? []);
}
