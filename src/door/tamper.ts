/** What in a verdict would go around guard, or change guard or an agent's hooks: for the record. Judges nothing. */

import type { Verdict } from '../policy/rule.js';
import { shown } from '../report/json.js';

/** Each as `resource target: note`, safe to show; none for ordinary work. */
export function tamperIn({ understood, matches }: Verdict): readonly string[] {
  const effects = understood.flatMap(one => one.effects);
  // A variable that makes a program run other code first is no word about guard.
  const around = effects.filter(one => one.action === 'tamper' && one.resource !== 'process.environment');
  const settings = matches.filter(({ rule }) => rule.pack === 'tamper').map(({ rule }) => rule.id);
  const ways = around.map(({ resource, target, note }) =>
    [`${resource} ${target}`.trim(), ...(note === undefined ? [] : [note])].join(': '),
  );
  return [...new Set([...ways.map(way => shown(way)), ...settings])];
}
