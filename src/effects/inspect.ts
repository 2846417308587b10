/** Invocation → effects: asks every inspector that watches the tool. Decides nothing and knows no rule. */

import { isFromFile } from '../invocation/code.js';
import { onlyHelps } from '../invocation/help.js';
import type { Invocation } from '../invocation/invocation.js';
import { mounted } from '../invocation/mounts.js';
import { elsewhere } from '../invocation/remote.js';
import type { World } from '../port.js';
import { withoutContainersOwn } from './containers/fresh.js';
import { type Effect, effect, type Inspector } from './effect.js';
import { isLocalHost } from './http/url.js';
import { inspectorsOf } from './lookup.js';

/** All that the invocation would do, as far as guard understands its tool. */
export function inspect(invocation: Invocation, here: World): readonly Effect[] {
  const { remote, mounts } = invocation;
  const world = remote === undefined ? (mounts ? mounted(here, mounts) : here) : elsewhere(here);
  // Help does nothing; where it is written to is still a redirection.
  const effects: Effect[] = [];
  for (const inspector of inspectorsOf(onlyHelps(invocation) ? '' : invocation.tool)) {
    if (!isWatched(inspector, invocation)) continue;
    // One by one: a long input may have more effects than a call takes arguments.
    const all = inspector.inspect(invocation, world);
    for (const one of invocation.fresh ? withoutContainersOwn(all, invocation) : all) effects.push(one);
  }
  if (effects.length === 0 && invocation.doubts.length === 0) return NONE;
  const doubts = invocation.doubts.map(doubt =>
    effect('unknown', `shell.${doubt.kind}`, doubt.about ?? invocation.program.text, {
      note: doubt.why,
      extent: 'unknown',
    }),
  );
  const placed =
    remote === undefined ? effects : effects.map(one => (isThere(one) ? { ...one, host: remote } : one));
  return [...(isLeftToShims(invocation) ? placed.map(leftToShims) : placed), ...doubts];
}

const NONE: readonly Effect[] = [];

/** What another machine calls itself is that machine. */
function isThere({ host }: Effect): boolean {
  return host === '' || isLocalHost(host);
}

/** In a script file unknown values are the rule, and each command is judged again, with its values, when it runs. */
function isLeftToShims({ argv, via }: Invocation): boolean {
  return isFromFile(via) && argv.some(word => !word.certain);
}

/** What is unknown only for want of a value, as a doubt about a word; what is known stays as it is. */
function leftToShims(one: Effect): Effect {
  if (one.action !== 'unknown') return one;
  return { ...one, resource: 'shell.word', with: [...one.with, `was=${one.resource}`, 'from=file'] };
}

function isWatched(inspector: Inspector, invocation: Invocation): boolean {
  const watched = inspector.watches[invocation.tool] ?? inspector.watches['*'];
  if (watched === undefined) return false;
  // Without a subcommand guard cannot tell; the inspector decides.
  return watched === '*' || invocation.subcommand.length === 0 || watched.includes(invocation.subcommand[0]!);
}
