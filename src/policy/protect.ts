/**
 * Ids that a person listed as protected: whatever a rule stopped is forbidden where it touches one of them, in whichever
 * word, request body or path it stands. Knows no tool; adds to a verdict and never takes away.
 */

import type { Effect } from '../effects/effect.js';
import { isWithin } from '../paths.js';
import type { Match, Rule } from './rule.js';

/** The match that forbids, for the first protected id that one of the matches touches. */
export function protectedMatch(ids: readonly string[], matches: readonly Match[]): Match | undefined {
  for (const id of ids) {
    const match = matches.find(one => touches(id, one));
    if (match) return { ...match, rule: ruleFor(id) };
  }
  return undefined;
}

function touches(id: string, { invocation, effect }: Match): boolean {
  if (
    effect &&
    (isNamed(id, effect.target) || isNamed(id, effect.host) || effect.with.some(one => isNamed(id, one)))
  ) {
    return true;
  }
  if (effect && isPath(id) && removesAbove(id, effect)) return true;
  return invocation.argv.some(word => isNamed(id, word.text));
}

/** The id as a word of its own: `db-1` is not in `db-10`. */
function isNamed(id: string, text: string): boolean {
  for (let at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1)) {
    const isPart = (character: string | undefined) => character !== undefined && /[\w-]/.test(character);
    const before = /^[\w-]/.test(id) && isPart(text[at - 1]);
    const after = /[\w-]$/.test(id) && isPart(text[at + id.length]);
    if (!before && !after) return true;
  }
  return false;
}

function isPath(id: string): boolean {
  return id.startsWith('/');
}

/** Deleting a directory deletes what is protected below it. */
function removesAbove(id: string, effect: Effect): boolean {
  return effect.resource.startsWith('file.') && effect.target.startsWith('/') && isWithin(id, effect.target);
}

function ruleFor(id: string): Rule {
  return {
    id: 'protect.listed',
    pack: 'protect',
    decision: 'deny',
    when: [],
    unless: [],
    reason: `Touches ${id}, which the user's policy protects.`,
    instead: 'Ask the user, who alone can take it off the list.',
    examples: { match: [], not_match: [] },
  };
}
