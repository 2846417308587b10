/** What would be lost, in sentences for the human who is asked. Read-only and bounded; decides nothing. */

import type { Invocation } from '../invocation/invocation.js';
import type { World } from '../port.js';
import { type Effect, PREVIEW_MS } from './effect.js';
import { inspectors } from './inspectors/index.js';

/** Counts, sizes and names of what an effect would take away, as far as some inspector can see it. */
export function preview(effect: Effect, invocation: Invocation, world: World): readonly string[] {
  return inspectors
    .filter(inspector => inspector.resources.includes(effect.resource))
    .flatMap(inspector => inspector.preview?.(effect, invocation, world) ?? []);
}

/** A world whose git answers only within what is left of the time for previews; `isOver` says when that is nothing. */
export function hurried(world: World): { readonly world: World; isOver(): boolean } {
  const start = world.spent?.() ?? 0;
  const spent = () => (world.spent?.() ?? 0) - start;
  const left = () => PREVIEW_MS - spent();
  const git: World['git'] = (args, cwd) =>
    left() > 0 ? world.git(args, cwd, Math.max(1, Math.round(left()))) : { status: -1, stdout: '' };
  return { world: { ...world, git, spent }, isOver: () => left() <= 0 };
}
