/** Tells of each mismatch once: what was told of and still stands is kept beside the log. Repairs nothing. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomic } from '../durable.js';
import { faultCode, GuardError } from '../errors.js';
import { tilded } from '../paths.js';
import type { Places } from '../places.js';
import { visible } from '../text.js';
import { textAt } from '../unblocked.js';
import { type Mismatch, mismatchesOf } from './check.js';
import { Stamps } from './stamps.js';

/** How many a record or a sentence names; the others are counted. */
const NAMED = 8;

/**
 * Checks guard's files; `tell` gets what was found for the first time. Never throws for what it finds, nor for a disk
 * that is full or read-only: then the same is told again.
 */
export function watchFiles(
  places: Places,
  tell: (found: readonly Mismatch[]) => void,
  now = Date.now(),
): void {
  try {
    const told = join(places.state, 'mismatches.json');
    const stamps = new Stamps(join(places.state, 'matching.json'), now);
    const found = mismatchesOf(places, stamps);
    const known = readTold(told);
    const fresh = found.filter(one => !known.has(keyOf(one)));
    if (fresh.length > 0) tell(fresh);
    stamps.save();
    if (fresh.length === 0 && known.size === found.length) return;
    if (found.length === 0) rmSync(told, { force: true });
    else writeAtomic(told, JSON.stringify(found.map(keyOf)));
  } catch (fault) {
    if (!(fault instanceof GuardError || faultCode(fault) !== undefined)) throw fault;
  }
}

/** For the record: `guard.files /home/…/shims/git: changed`. */
export function asTamper(found: readonly Mismatch[]): readonly string[] {
  const named = found.slice(0, NAMED).map(({ path, what }) => `guard.files ${visible(path)}: ${what}`);
  return found.length > NAMED ? [...named, `guard.files: ${found.length - NAMED} more`] : named;
}

/** For people, in one line. */
export function asSentence(found: readonly Mismatch[], home: string): string {
  const named = found.slice(0, 3).map(({ path, what }) => `${visible(tilded(path, home))} (${what})`);
  const more = found.length > named.length ? `, and ${found.length - named.length} more` : '';
  return `guard: WARNING: not as guard left it: ${named.join(', ')}${more}. See: guard doctor`;
}

function keyOf({ path, what, seen = '' }: Mismatch): string {
  return [what, seen, path].join(' ');
}

function readTold(path: string): ReadonlySet<unknown> {
  try {
    const value: unknown = JSON.parse(textAt(path));
    return new Set(Array.isArray(value) ? value : []);
  } catch (fault) {
    // None, or torn: everything is told again.
    if (fault instanceof SyntaxError || faultCode(fault) !== undefined) return new Set();
    throw fault;
  }
}
