/** What of a server a match would take: a table or view, or a schema or database as a whole. Asks nobody. */

import type { Match } from '../policy/rule.js';

export interface Subject {
  readonly kind: 'relation' | 'whole';
  readonly name: string;
}

const RELATIONS = ['sql.table', 'sql.view', 'sql.materialized-view', 'sql.row', 'sql.column'];

/** `undefined` where there is nothing to count. */
export function subjectOf({ effect }: Match): Subject | undefined {
  if (!effect || effect.target === '' || effect.target.includes('?')) return undefined;
  if (effect.action !== 'delete' && !(effect.action === 'update' && effect.resource === 'sql.row'))
    return undefined;
  if (effect.resource === 'sql.schema' || effect.resource === 'sql.database')
    return { kind: 'whole', name: effect.target };
  if (!RELATIONS.includes(effect.resource)) return undefined;
  const isColumn = effect.resource === 'sql.column';
  return {
    kind: 'relation',
    name: isColumn ? effect.target.slice(0, effect.target.lastIndexOf('.')) : effect.target,
  };
}
