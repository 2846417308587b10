/** Invocation → effects: asks every inspector that watches the tool. Decides nothing and knows no rule. */

import type { Invocation } from '../invocation/invocation.js';
import type { World } from '../port.js';
import { type Effect, effect, type Inspector } from './effect.js';
import { inspectors } from './inspectors/index.js';

const byTool = new Map<string, Inspector[]>();
for (const inspector of inspectors) {
  for (const tool of Object.keys(inspector.watches)) {
    byTool.set(tool, [...(byTool.get(tool) ?? []), inspector]);
  }
}

/** All that the invocation would do, as far as guard understands its tool. */
export function inspect(invocation: Invocation, world: World): readonly Effect[] {
  const watching = [...(byTool.get(invocation.tool) ?? []), ...(byTool.get('*') ?? [])];
  const effects = watching
    .filter(inspector => isWatched(inspector, invocation))
    .flatMap(inspector => inspector.inspect(invocation, world));
  const doubts = invocation.doubts.map(doubt =>
    effect('unknown', `shell.${doubt.kind}`, invocation.program.text, { note: doubt.why, extent: 'unknown' }),
  );
  return [...effects, ...doubts];
}

function isWatched(inspector: Inspector, invocation: Invocation): boolean {
  const watched = inspector.watches[invocation.tool] ?? inspector.watches['*'];
  if (watched === undefined) return false;
  // Without a subcommand guard cannot tell; the inspector decides.
  return watched === '*' || invocation.subcommand.length === 0 || watched.includes(invocation.subcommand[0]!);
}
