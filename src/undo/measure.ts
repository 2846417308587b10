/** How much a snapshot would hold, counted quickly and with an end, for the question before it is taken. */

import type { World } from '../port.js';
import type { Limits, Measure } from './saver.js';

/** Counting only has to be good enough to say which side of the cap it is on. */
const MOST_ENTRIES = 2_000;

/** Files and bytes at or below a path. */
export function measureTree(path: string, world: World, limits: Limits): Measure {
  const waiting = [path];
  let entries = 0;
  let bytes = 0;
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const facts = world.stat(at);
    if (facts.kind === 'missing') continue;
    entries += 1;
    if (facts.kind === 'directory') {
      for (const name of world.list(at)) waiting.push(at === '/' ? `/${name}` : `${at}/${name}`);
    } else bytes += facts.size;
    if (entries >= MOST_ENTRIES || bytes > limits.cap)
      return { entries, bytes, complete: waiting.length === 0 };
  }
  return { entries, bytes, complete: true };
}
