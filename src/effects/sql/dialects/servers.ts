/**
 * Statements of other dialects that speak to the server rather than to a table → effects: logs, replication, whole
 * databases, files in stages. Decides nothing.
 */

import type { OtherVerb } from '../../../invocation/sql/words.js';
import { effect } from '../../effect.js';
import type { Reader } from './statements.js';

export const serverReaders = {
  reset(cursor) {
    const what = cursor.take('master', 'replica', 'slave', 'binary', 'persist')?.text;
    return what ? [effect('delete', 'sql.log', what, { extent: 'all' })] : [];
  },
  purge(cursor) {
    const what = cursor.take('binary', 'master', 'recyclebin', 'dba_recyclebin', 'table')?.text;
    return what ? [effect('delete', 'sql.log', what, { extent: 'some' })] : [];
  },
  shutdown: () => [effect('update', 'sql.server-state', 'shutdown', { with: ['state=down'] })],
  kill: cursor => [effect('delete', 'sql.connection', cursor.peek()?.text ?? '')],
  // Oracle's; BEFORE DROP gives back what was dropped.
  flashback(cursor, { tokens }) {
    if (tokens.some(token => token.text === 'before')) return [];
    const isDatabase = cursor.take('pluggable', 'database') !== undefined;
    cursor.take('database', 'table');
    const name = cursor.name();
    return isDatabase
      ? [effect('overwrite', 'sql.database', name)]
      : [effect('update', 'sql.row', name, { extent: 'unknown', with: ['by=query'] })];
  },
  // Delta Lake: earlier versions go, and with them the way back.
  vacuum: (cursor, { tokens }) =>
    tokens.some(token => token.text === 'retain')
      ? [effect('delete', 'sql.log', cursor.name(), { with: ['retention=short'] })]
      : [],
  // MySQL: the data of this server is thrown away first.
  clone: cursor => (cursor.take('instance') ? [effect('overwrite', 'sql.database', 'every database')] : []),
  change: cursor =>
    cursor.take('master', 'replication') ? [effect('update', 'sql.server-state', 'replication')] : [],
  stop: cursor =>
    cursor.take('slave', 'replica', 'group_replication')
      ? [effect('update', 'sql.server-state', 'replication', { with: ['state=down'] })]
      : [],
  // Snowflake: files of a stage.
  remove: staged,
  rm: staged,
  // BigQuery: files of a bucket.
  export: (_, { tokens }) => {
    const at = tokens.findIndex(token => token.text === 'overwrite');
    const uri = tokens.find(token => token.kind === 'string' && token.text.includes('://'));
    return at > 0 && tokens[at + 2]?.text === 'true'
      ? [effect('overwrite', 'sql.file', uri?.text ?? '')]
      : [];
  },
} satisfies { readonly [K in OtherVerb]?: Reader };

function staged(...[cursor]: Parameters<Reader>): ReturnType<Reader> {
  return /^@/.test(cursor.peek()?.text ?? '') ? [effect('delete', 'sql.file', cursor.rest())] : [];
}
