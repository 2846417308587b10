/** The list of askers, and the one way to ask them. A new one is a file (or folder) beside this one and a line here. */

import type { Invocation } from '../invocation/invocation.js';
import type { Match, Safety } from '../policy/rule.js';
import type { World } from '../port.js';
import type { Ask } from '../question.js';
import type { Asker } from './asker.js';
import { docker } from './docker/preview.js';
import { kubernetes } from './kubernetes/preview.js';
import { mysql } from './mysql/preview.js';
import { postgres } from './postgres/preview.js';
import { sqlite } from './sqlite/preview.js';
import { terraform } from './terraform/preview.js';

const askers: readonly Asker[] = [postgres, mysql, sqlite, kubernetes, docker, terraform];

/** Asks the places of matches what would be lost there, as far as policy gives leave; each invocation's once. */
export function askingWith(safety: Safety | undefined, world: World): Ask {
  return (matches, milliseconds) => {
    const byInvocation = new Map<Invocation, Match[]>();
    for (const match of matches) {
      const known = byInvocation.get(match.invocation);
      if (known) known.push(match);
      else byInvocation.set(match.invocation, [match]);
    }
    const start = Date.now();
    return [...byInvocation].flatMap(([invocation, own]) =>
      askers
        .filter(asker => asker.tools.includes(invocation.tool))
        .flatMap(asker => {
          const left = milliseconds - (Date.now() - start);
          return left > 0 ? asker.ask(own, world, safety?.preview ?? {}, left) : [];
        }),
    );
  };
}
