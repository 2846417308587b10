/** The programs of PostgreSQL that drop things without any SQL in sight → effects. Decides nothing. */

import { inputText } from '../../invocation/input.js';
import { type Invocation, isOn, lastValue } from '../../invocation/invocation.js';
import { serverOf } from '../../invocation/psql/connection.js';
import type { World } from '../../port.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import { marked } from '../sql/playground.js';
import { sqlPreview } from '../sql/preview.js';

export const sqlTools: Inspector = {
  name: 'sql-tools',
  watches: { dropdb: '*', dropuser: '*', pg_restore: '*' },
  resources: ['sql.database', 'sql.role'],
  inspect(invocation: Invocation, world: World): readonly Effect[] {
    if (isOn(invocation, '--help', '--version')) return [];
    return invocation.tool === 'pg_restore' ? restore(invocation, world) : drop(invocation, world);
  },
  preview: sqlPreview,
};

/** dropdb and dropuser: one name. `-i` asks on the terminal, or else reads the answer from standard input. */
function drop(invocation: Invocation, world: World): readonly Effect[] {
  const [name] = invocation.operands;
  if (!name && !invocation.openEnded) return [];
  const answer = inputText(invocation.input, invocation.directory, world);
  if (isOn(invocation, '--interactive') && answer === undefined) return [];
  const resource = invocation.tool === 'dropdb' ? 'sql.database' : 'sql.role';
  const maintenance = lastValue(invocation, '--maintenance-db');
  const server = serverOf(
    { database: maintenance, host: lastValue(invocation, '--host') },
    invocation,
    world,
  );
  const words = name ? [invocation.argv.indexOf(name)] : [];
  return server.hosts.map(host =>
    marked(
      effect('delete', resource, name?.text ?? '', {
        host,
        words,
        extent: name?.certain ? 'one' : 'unknown',
        with: isOn(invocation, '--force') ? ['force=true'] : [],
      }),
      host,
      '',
    ),
  );
}

/** `pg_restore --clean` into a database; with `--create` the database itself is dropped and made anew. */
function restore(invocation: Invocation, world: World): readonly Effect[] {
  const database = lastValue(invocation, '--dbname');
  if (!database || !isOn(invocation, '--clean') || isOn(invocation, '--list')) return [];
  const server = serverOf({ database, host: lastValue(invocation, '--host') }, invocation, world);
  const create = isOn(invocation, '--create');
  const at = invocation.options.findLast(use => use.name === '--clean')?.at;
  return server.hosts.map(host =>
    marked(
      effect('overwrite', 'sql.database', server.database.text, {
        host,
        words: at === undefined ? [] : [at],
        extent: 'some',
        with: create ? ['clean=true', 'create=true'] : ['clean=true'],
      }),
      host,
      '',
    ),
  );
}
