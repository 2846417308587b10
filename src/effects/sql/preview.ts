/** Sentences on what an SQL effect would take away, for the person who is asked. Says only what the SQL says. */

import type { Effect } from '../effect.js';

const nouns: Readonly<Record<string, string>> = {
  'sql.materialized-view': 'materialized view',
  'sql.foreign-table': 'foreign table',
  'sql.large-object': 'large object',
  'sql.replication-slot': 'replication slot',
  'sql.owned': 'objects owned by',
};

/** At most three sentences; none where the effect's words say it all. */
export function sqlPreview(effect: Effect): readonly string[] {
  const noun = nouns[effect.resource] ?? effect.resource.replace(/^sql\./, '');
  const place =
    effect.host === '' ? 'on this machine' : `on ${effect.host === '?' ? 'an unknown host' : effect.host}`;
  const cascade = effect.with.includes('cascade=true')
    ? ['CASCADE takes along everything that depends on it.']
    : [];
  if (effect.resource === 'sql.row' && (effect.action === 'delete' || effect.action === 'update')) {
    const verb = effect.action === 'delete' ? 'deleted' : 'changed';
    const how = effect.extent === 'all' ? 'Every row' : effect.extent === 'one' ? 'One row' : 'Some rows';
    return [`${how} of table ${effect.target} ${place} would be ${verb}.`, ...cascade];
  }
  if (effect.action === 'delete') {
    return [`The ${noun} ${named(effect)} ${place} would be dropped.`, ...cascade];
  }
  if (effect.action === 'execute') return [`The database server ${place} would run: ${effect.target}`];
  if (effect.action === 'overwrite' && effect.resource === 'sql.database') {
    return [`What the archive holds would first be dropped from database ${named(effect)} ${place}.`];
  }
  return [];
}

function named(effect: Effect): string {
  if (effect.target.includes('?')) return `${effect.target} (names that a query supplies)`;
  return effect.target === '' ? '(its name is not known)' : effect.target;
}
