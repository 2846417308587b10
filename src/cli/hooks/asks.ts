/** Where `agents.<name>.confirm: ask` of a policy changes nothing. Asks nobody. */

import { adapters } from '../../hooks/index.js';
import type { Policy } from '../../policy/rule.js';

/** One sentence for every agent whose client's prompt is not known to reach a person; such commands wait for guard's own. */
export function withoutPrompt({ agents = {} }: Pick<Policy, 'agents'>): readonly string[] {
  const able = adapters.filter(({ prompt }) => prompt !== undefined);
  const titles = able.map(({ title }) => title).join(', ');
  return Object.entries(agents)
    .filter(([name, { confirm }]) => confirm === 'ask' && !able.some(one => one.name === name))
    .map(
      ([name]) =>
        `agents.${name}.confirm: ask has no effect: only the prompt of ${titles} is known to reach a person`,
    );
}
