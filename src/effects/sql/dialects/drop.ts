/** DROP in other dialects → effects, by the word for what is dropped. Decides nothing. */

import { type Effect, effect } from '../../effect.js';
import type { Cursor } from './cursor.js';
import type { Around } from './statements.js';

/** What stands after DROP; words that only qualify it are skipped. */
const RESOURCES: Readonly<Record<string, string>> = {
  table: 'sql.table',
  tables: 'sql.table',
  view: 'sql.view',
  dictionary: 'sql.table',
  measurement: 'sql.table',
  series: 'sql.table',
  retention: 'sql.table',
  collection: 'sql.table',
  database: 'sql.database',
  schema: 'sql.schema',
  keyspace: 'sql.database',
  index: 'sql.index',
  sequence: 'sql.sequence',
  type: 'sql.type',
  function: 'sql.function',
  aggregate: 'sql.function',
  procedure: 'sql.function',
  event: 'sql.function',
  macro: 'sql.function',
  trigger: 'sql.trigger',
  user: 'sql.role',
  role: 'sql.role',
  login: 'sql.role',
  tablespace: 'sql.tablespace',
  stage: 'sql.tablespace',
  stream: 'sql.tablespace',
  pipe: 'sql.tablespace',
  warehouse: 'sql.tablespace',
  share: 'sql.tablespace',
  snapshot: 'sql.tablespace',
  replica: 'sql.replication-slot',
  server: 'sql.server',
  extension: 'sql.extension',
};

const QUALIFIERS = ['materialized', 'external', 'foreign', 'transient', 'live', 'undo', 'dynamic', 'hybrid'];

export function dropEffects(cursor: Cursor, around: Around): readonly Effect[] {
  const isTemporary = cursor.take('temporary', 'temp') !== undefined;
  while (cursor.take(...QUALIFIERS));
  const kind = cursor.next();
  if (kind?.text === 'prepare' || isTemporary) return [];
  const resource = RESOURCES[kind?.text ?? ''] ?? 'sql.object';
  cursor.take('concurrently');
  const isOptional = cursor.takeIfExists();
  const names = cursor.names();
  const isCascade = /\bcascade\b/i.test(cursor.rest());
  return (
    names
      // SQL Server's temporary tables begin with #.
      .filter(name => !around.isTemporary(name) && !(around.dialect === 'mssql' && /(^|\.)#/.test(name)))
      .map(name =>
        effect('delete', resource, name, {
          with: [...(isCascade ? ['cascade=true'] : []), ...(isOptional ? ['if-exists=true'] : [])],
        }),
      )
  );
}
