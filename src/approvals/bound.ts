/**
 * What an approval is bound to beside the command's own words: what it would do, where, and, for git, with which commit and
 * settings. The same words at another cluster, linked project or remote are another command. Approves nothing.
 */

import { askRepository } from '../invocation/grammars/git/place.js';
import type { Invocation } from '../invocation/invocation.js';
import { type Match, strictestOf, type Verdict } from '../policy/rule.js';
import type { World } from '../port.js';
import { canonicalJson } from './subject.js';

/** The acts that the verdict stops, as JSON in which order and repetition do not count. Not redacted: to be hashed under a key. */
export function boundTo(verdict: Verdict, world: World): string {
  const stopped = strictestOf(verdict);
  const places = new Map(stopped.map(({ invocation }) => [invocation, placeOf(invocation, verdict, world)]));
  const acts = stopped.map(match => canonicalJson([actOf(match), places.get(match.invocation)]));
  return canonicalJson([...new Set(acts)].toSorted());
}

function actOf({ rule, effect, target, environment }: Match): unknown {
  const { action, resource, host, extent, with: given, signs } = effect ?? {};
  return [rule.id, target, environment, action, resource, effect?.target, host, extent, given, signs];
}

function placeOf(invocation: Invocation, { understood }: Verdict, world: World): unknown {
  const observed = understood.find(one => one.invocation === invocation);
  return { signs: observed?.signs(), ...(invocation.tool === 'git' && repositoryOf(invocation, world)) };
}

/** Where no repository answers, that is the answer. */
function repositoryOf(invocation: Invocation, world: World): Readonly<Record<string, string>> {
  const ask = (...args: readonly string[]) => askRepository(invocation, world, args).stdout;
  return { head: ask('rev-parse', 'HEAD'), settings: ask('config', '-z', '--list') };
}
