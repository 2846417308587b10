/** What all savers of PostgreSQL share: the item of a connection, and the connection again. */

import { type Postgres, storedPostgres } from '../../clients/postgres/connection.js';
import type { Environment, Item, Planned } from '../saver.js';

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
