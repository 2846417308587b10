/** What a session drops only to define it again under the same name: a changed function, view, trigger or constraint. Decides nothing. */

import { type Effect, effect } from '../effect.js';

/** A definition that a statement makes; it only counts against a DROP of the same name. */
export function defined(resource: string, name: string): Effect {
  return effect('create', resource, name);
}

/** The effects by event, without definitions and without drops of what is defined again. */
export function withoutRedefinitions(events: readonly (readonly Effect[])[]): readonly (readonly Effect[])[] {
  const made = new Set(events.flat().filter(isDefinition).map(keyOf));
  if (made.size === 0) return events;
  return events.map(effects =>
    effects.filter(one => !isDefinition(one) && !(isDrop(one) && made.has(keyOf(one)))),
  );
}

function isDefinition({ action }: Effect): boolean {
  return action === 'create';
}

/** With CASCADE other things go too, which nobody may define again. */
function isDrop({ action, resource, with: more }: Effect): boolean {
  return action === 'delete' && !(resource === 'sql.view' && more.includes('cascade=true'));
}

function keyOf({ resource, target }: Effect): string {
  return `${resource} ${target.toLowerCase()}`;
}
