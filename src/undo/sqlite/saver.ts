/**
 * The saver of SQLite files: one whole copy before a command drops or empties tables in it, by sqlite3's own backup, which
 * sees what still lies in the log, or else of the file and its logs. It is a file of this machine and asks nobody.
 */

import { copyFileSync, existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { askSqlite, databasesOf, readOnly, tableOf, text } from '../../clients/sqlite/ask.js';
import type { Match } from '../../policy/rule.js';
import type { World } from '../../port.js';
import { quote, sizeText, visible } from '../../text.js';
import { notSaved } from '../capture.js';
import { measureTree } from '../measure.js';
import type { Environment, Item, Limits, Planned, Saved, Saver } from '../saver.js';
import { COPY, sqliteSteps } from './steps.js';

/** What SQLite keeps beside a file while it is written. */
const LOGS = ['-wal', '-journal'];

export const sqlite: Saver = {
  kind: 'sqlite',
  plan,
  name: ({ place }) => `the database ${quote([visible(place)])}`,
  measure: (item, world, limits) => measureTree(item.place, world, limits),
  save,
  steps: sqliteSteps,
};

function plan({ effect, invocation }: Match, world: World): readonly Planned[] {
  const isWhole = effect?.resource === 'sql.database' && effect.action === 'overwrite';
  const table = isWhole ? undefined : tableOf(effect);
  // `attached.users` is a table of another file.
  if (!isWhole && (table === undefined || table.includes('.'))) return [];
  const databases = databasesOf(invocation, world) ?? [];
  return databases.map(place => ({
    kind: 'sqlite',
    what: '',
    place,
    // Where there are several files, what is missing of any table of theirs is offered.
    with: { tables: table === undefined || databases.length > 1 ? ['*'] : [table] },
  }));
}

function save(item: Item, directory: string, limits: Limits, env: Environment): Saved {
  const { place } = item;
  const stats = statSync(place, { throwIfNoEntry: false });
  if (!stats) return { bytes: 0, entries: 0, left: [`there was no ${visible(place)}`] };
  if (!stats.isFile()) throw notSaved(`${visible(place)} is no file`);
  if (stats.size > limits.cap)
    throw notSaved(`it is more than ${sizeText(limits.cap)}, the most that one snapshot may be`);
  const copy = join(directory, COPY);
  const isQuiet = LOGS.every(end => !existsSync(`${place}${end}`));
  const ran = askSqlite(readOnly(place, isQuiet), `.backup ${text(copy)}`, env, limits.milliseconds);
  if (ran.status !== 0 || !existsSync(copy)) {
    rmSync(copy, { force: true });
    for (const end of ['', ...LOGS])
      if (existsSync(`${place}${end}`)) copyFileSync(`${place}${end}`, `${copy}${end}`);
  }
  return { bytes: statSync(copy).size, entries: 1, left: [] };
}
