/** What all savers of PostgreSQL share: the item of a connection, the connection again, and whose leave it takes. */

import { type Postgres, storedPostgres } from '../../clients/postgres/connection.js';
import type { Safety } from '../../policy/rule.js';
import { visible } from '../../text.js';
import type { Environment, Item, Planned, Step } from '../saver.js';

/** Who lets guard ask a database lets it fetch what it is about to lose, too, unless policy says otherwise. */
export function isWanted(safety: Safety | undefined): boolean {
  return (safety?.undo?.sql ?? (safety?.preview?.sql === true ? 'dump' : 'off')) !== 'off';
}

/** An item on a connection, without a name yet; `host` as the effect has it. */
export function connectionItem(kind: string, place: Postgres, host: string): Planned {
  return {
    kind,
    what: '',
    place: [place.shown, place.connection, ...place.settings].join(' '),
    with: {
      connection: [place.connection],
      settings: place.settings,
      shown: [place.shown],
      hosts: [host === 'localhost' || /^127\.|^::1$/.test(host) ? '' : host],
    },
    env: place.env,
  };
}

/** The item's connection, with the password of whoever asks now. */
export function placeOf(item: Item, env: Environment): Postgres {
  const stored = storedPostgres(item.with['connection']?.[0] ?? '', item.with['settings'] ?? [], env);
  return { ...stored, shown: item.with['shown']?.[0] ?? 'the database' };
}

/** On another machine others use it too: a person says yes first, as for a push. */
export function elsewhere(item: Item, step: Step, place: Postgres): Step {
  if (item.with['hosts']?.every(host => host === '') === true) return step;
  return { differs: `this writes to ${visible(place.shown)}, for everyone who uses it`, ...step };
}
