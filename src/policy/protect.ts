/**
 * Ids that a person listed as protected: whatever a rule stopped is forbidden where it touches one of them, in whichever
 * word, request body, path or link it stands; and so is what would destroy the thing itself, whether a rule speaks of it
 * or not. Knows no tool; adds to a verdict and never takes away.
 */

import type { Effect } from '../effects/effect.js';
import { isWithin } from '../paths.js';
import type { Match, Observed, Rule, Understood } from './rule.js';

/** The match that forbids, for the first protected id that is touched. */
export function protectedMatch(
  ids: readonly string[],
  matches: readonly Match[],
  understood: readonly Understood[],
): Match | undefined {
  for (const id of ids) {
    for (const one of understood) {
      const { invocation } = one;
      const match = matches.find(
        match => match.invocation === invocation && namesProtected(id, one, match.effect),
      );
      if (match) return { ...match, rule: ruleFor(id) };
      const effect = one.effects.find(effect => DESTRUCTIVE.has(effect.action) && isHit(id, effect));
      if (effect) {
        const { target } = effect;
        return { rule: ruleFor(id), invocation, effect, target, environment: one.environmentOf(effect) };
      }
    }
  }
  return undefined;
}

const DESTRUCTIVE: ReadonlySet<Effect['action']> = new Set(['delete', 'overwrite', 'discard', 'rewrite']);

/** What is destroyed is the protected thing, lies in it, or holds it. */
function isHit(id: string, effect: Effect): boolean {
  if (isPath(id)) return removesAbove(id, effect) || (isOfFiles(effect) && isWithin(effect.target, id));
  return isNamed(id, effect.target) || isNamed(id, effect.host);
}

/** Does the command, or this effect of it, name the id: in a word, a target, a body, or in what it is linked to? */
export function namesProtected(id: string, one: Observed, effect: Effect | undefined): boolean {
  // A command that a rule knows by its words may name the thing in a file that it is told to read.
  const effects = effect ? [effect] : one.effects;
  if (
    effects.some(
      each => isHit(id, each) || isNamed(id, each.target) || each.with.some(text => isNamed(id, text)),
    )
  ) {
    return true;
  }
  if (one.invocation.argv.some(word => isNamed(id, word.text))) return true;
  const lower = id.toLowerCase();
  return one.signs(effect).some(({ name }) => name.toLowerCase().replace(/:\d+$/, '') === lower);
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

function isOfFiles(effect: Effect): boolean {
  return effect.resource.startsWith('file.') && effect.target.startsWith('/');
}

/** Deleting a directory deletes what is protected below it. */
function removesAbove(id: string, effect: Effect): boolean {
  return isOfFiles(effect) && isWithin(id, effect.target);
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
