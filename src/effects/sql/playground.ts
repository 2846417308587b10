/**
 * Databases of this machine whose own name says that they are made to be thrown away: `app_test`, `scratch`, `tmp_import`.
 * Marks the effects on them; rules say what that means.
 */

import { readInput } from '../../invocation/input.js';
import type { Invocation } from '../../invocation/invocation.js';
import { fetchesOrDecodes } from '../../invocation/producers.js';
import type { World } from '../../port.js';
import type { Effect } from '../effect.js';
import { isLocalHost } from '../http/url.js';
import { sign } from '../surroundings/sign.js';

const THROWAWAY =
  /(^|[^a-z])(test|tests|testing|tmp|temp|temporary|scratch|sandbox|ci|pytest|spec)([^a-z]|$)/;

/** True where the name of a database says that it is for tests. */
export function isThrowaway(database: string): boolean {
  return THROWAWAY.test(database.toLowerCase());
}

/** `with: scratch=true` on what happens in such a database, or to one: its name is the target of a drop. */
export function marked(one: Effect, host: string, database: string): Effect {
  const isDatabase = /\.database$/.test(one.resource) && one.target !== '';
  const name = isDatabase ? one.target : database;
  if ((host !== '' && !isLocalHost(host)) || !isThrowaway(name)) return one;
  const signs = isDatabase ? { signs: [sign('databases', name)] } : {};
  return { ...one, with: [...one.with, 'scratch=true'], ...signs };
}

/** SQL from the network or decoded is no playground where it cannot be read: it may run programs of the client. */
export function unlessFetched(
  effects: readonly Effect[],
  { input, directory }: Invocation,
  world: World,
): readonly Effect[] {
  const isDoubtful = (one: Effect) => one.action === 'unknown' && one.with.includes('scratch=true');
  if (input.from !== 'pipe' || !effects.some(isDoubtful)) return effects;
  if (!readInput(input, directory, world)?.unseen.some(fetchesOrDecodes)) return effects;
  return effects.map(one =>
    isDoubtful(one) ? { ...one, with: one.with.filter(text => text !== 'scratch=true') } : one,
  );
}
