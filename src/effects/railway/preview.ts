/** What a deletion at Railway takes with it, in plain words. Contacts nothing. */

import type { Effect } from '../effect.js';

/** A volume's backups are part of it, which its name does not say (docs.railway.com, Volumes, Backups). */
export function railwayPreview({ action, resource, target, host }: Effect): readonly string[] {
  const byCommand = resource === 'railway.volume' && action === 'delete';
  const byApi =
    resource === 'graphql.mutation' && target === 'volumeDelete' && host.startsWith('backboard.railway');
  return byCommand || byApi ? ['Backups of this volume go with it; guard cannot undo this.'] : [];
}
