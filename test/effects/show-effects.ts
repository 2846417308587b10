/** Effects as one line of text, for tables of tests. */

import type { Effect } from '../../src/effects/effect.js';

/** `delete row users all cascade=true; …`: the resource without its domain, an extent of one left out. */
export function show(effects: readonly Effect[]): string {
  return effects
    .map(({ action, resource, target, extent, with: more }) =>
      [action, resource.replace(/^\w+\./, ''), target, extent === 'one' ? '' : extent, ...more]
        .filter(part => part !== '')
        .join(' '),
    )
    .join('; ');
}
