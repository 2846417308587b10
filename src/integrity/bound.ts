/**
 * Whose guard a directory is part of. Places come from the environment, and whoever sets that could put the policy of one
 * guard before the shims or the requests of another: so state and data each say to which home, policy, state and data they
 * belong. Asks nobody.
 */

import { join } from 'node:path';
import { openSource } from '../config/source.js';
import { writeAtomic } from '../durable.js';
import { GuardError } from '../errors.js';
import type { Places } from '../places.js';

type Bases = Pick<Places, 'home' | 'config' | 'state' | 'data'>;

/** Notes that state and data belong to the guard of these places, whosever they were. Throws `GuardError('cannot-write')`. */
export function bind(places: Bases): void {
  for (const file of boundIn(places)) {
    if (read(file) !== textOf(places)) writeAtomic(file, textOf(places));
  }
}

/** A file that says that state or data belong to another guard than that of these places; none where they do not. */
export function foreignTo(places: Bases): string | undefined {
  return boundIn(places).find(file => ![undefined, textOf(places)].includes(read(file)));
}

/** Throws `GuardError('foreign')` where state or data belong to another guard. */
export function assertOwn(places: Bases): void {
  const file = foreignTo(places);
  if (file === undefined) return;
  throw new GuardError('foreign', 'this belongs to a guard with other places than HOME and XDG_* say here', {
    at: { file },
    hint: 'Set them as they were when guard was set up, or run guard uninstall with those first.',
  });
}

/** Where that is noted. */
export function boundIn({ state, data }: Pick<Places, 'state' | 'data'>): readonly string[] {
  return [state, data].map(directory => join(directory, 'places.json'));
}

function textOf({ home, config, state, data }: Bases): string {
  return `${JSON.stringify({ home, config, state, data })}\n`;
}

/** What a file says; empty where it cannot be read, or others could have written it. */
function read(file: string): string | undefined {
  try {
    const source = openSource(file, true);
    if (source === undefined) return undefined;
    try {
      return source.text();
    } finally {
      source.close();
    }
  } catch (fault) {
    if (fault instanceof GuardError) return '';
    throw fault;
  }
}
