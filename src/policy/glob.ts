/**
 * Globs of rules → functions. May not throw at judging time: what is wrong with a glob is said when it is compiled.
 *
 * `*` stands for any text, also across `/` and `.`: targets are branches, tables, URLs and sentences as often as
 * paths, and a `*` that stopped at a slash would miss. `?` is one character, `[a-z]` a class, `{a,b}` either, `\` quotes.
 */

import { braceExpand } from 'minimatch';
import { GuardError } from '../errors.js';
import type { Globs } from './rule.js';

/** Whether a text matches. Linear in the text: no pattern makes it exponential. */
export type Matcher = (text: string) => boolean;

const SPECIAL = /[*?[\]{}\\]/;
const MAX_ALTERNATIVES = 1000;

/** True where a glob means more than its own text. */
export function isWild(glob: string): boolean {
  return SPECIAL.test(glob);
}

/** Makes a text match only itself. */
export function escapeGlob(text: string): string {
  return text.replace(/[*?[\]{}\\]/g, '\\$&');
}

/** The list that a condition's value stands for. */
export function listOf(globs: Globs): readonly string[] {
  return typeof globs === 'string' ? [globs] : globs;
}

/** A function that tells whether any of the globs matches. Throws `GuardError('bad-rule')` for too many `{a,b}`. */
export function compileGlobs(globs: Globs): Matcher {
  if (typeof globs === 'string' && !isWild(globs)) return text => text === globs;
  const exact = new Set<string>();
  const wild: Matcher[] = [];
  const starts: string[] = [];
  const ends: string[] = [];
  for (const glob of listOf(globs).flatMap(expandBraces)) {
    if (!isWild(glob)) exact.add(glob);
    else if (glob.startsWith('*') && !isWild(glob.slice(1))) ends.push(glob.slice(1));
    else if (glob.endsWith('*') && !isWild(glob.slice(0, -1))) starts.push(glob.slice(0, -1));
    else wild.push(compileOne(glob));
  }
  if (ends.length > 0) wild.push(hasOneOf(ends, (text, length) => text.slice(text.length - length)));
  if (starts.length > 0) wild.push(hasOneOf(starts, (text, length) => text.slice(0, length)));
  if (wild.length === 0) return text => exact.has(text);
  if (exact.size === 0 && wild.length === 1) return wild[0]!;
  return text => {
    if (exact.has(text)) return true;
    for (const matches of wild) if (matches(text)) return true;
    return false;
  };
}

/** Of hundreds of ends (`*-delete`, `*_delete` …) or beginnings a text has one of each length, which `cut` gives. */
function hasOneOf(pieces: readonly string[], cut: (text: string, length: number) => string): Matcher {
  const known = new Set(pieces);
  const lengths = [...new Set(pieces.map(piece => piece.length))];
  return text => {
    for (const length of lengths) if (length <= text.length && known.has(cut(text, length))) return true;
    return false;
  };
}

/** What a list of globs says of a text that is known, and of one with parts left out. */
export interface Part {
  readonly matches: Matcher;
  /**
   * May an unknown text be meant? A verb or a name may; but where something stands behind a `*`, the glob looks for it
   * inside a text, and it has to be in the known parts.
   */
  readonly possibly: Matcher;
}

/** Globs for a word of which only a part may be known. */
export function compilePart(globs: Globs): Part {
  const matches = compileGlobs(globs);
  const looksInside = listOf(globs).every(glob => /\*[^*]/.test(glob));
  return { matches, possibly: looksInside ? matches : () => true };
}

/** `a{b,c}` as `ab` and `ac`. Throws `GuardError('bad-rule')` for too many. */
export function expandBraces(glob: string): readonly string[] {
  const opened = glob.indexOf('{');
  if (opened < 0 || glob.indexOf('}', opened) < 0) return [glob];
  const alternatives = plainly(glob) ?? braceExpand(glob, { braceExpandMax: MAX_ALTERNATIVES + 1 });
  if (alternatives.length <= MAX_ALTERNATIVES) return alternatives;
  throw new GuardError('bad-rule', `the braces of one glob stand for more than ${MAX_ALTERNATIVES} texts`, {
    hint: 'Use * or a list with fewer alternatives.',
  });
}

/** Braces with commas alone, none in another: most there are, and the library for the others need not be loaded. */
function plainly(glob: string): readonly string[] | undefined {
  if (!/^[^{}\\$]*(?:\{[^{}\\$.]*,[^{}\\$.]*\}[^{}\\$]*)+$/.test(glob)) return undefined;
  const pieces = glob.split(/[{}]/);
  let texts = [''];
  for (const [i, piece] of pieces.entries()) {
    const alternatives = i % 2 === 1 ? piece.split(',') : [piece];
    if (texts.length * alternatives.length > MAX_ALTERNATIVES) return undefined;
    texts = texts.flatMap(text => alternatives.map(alternative => text + alternative));
  }
  return texts.filter(text => text !== '');
}

/** One character of a glob: itself, any (`null`), or one of a class. */
type Step = string | null | ((character: string) => boolean);
/** What stands between two stars: mostly a text. */
type Segment = string | readonly Step[];

function compileOne(glob: string): Matcher {
  const segments = segmentsOf(glob);
  const first = segments[0]!;
  if (segments.length === 1) return text => text.length === first.length && fits(first, text, 0);
  const last = segments.at(-1)!;
  const middle = segments.slice(1, -1).filter(segment => segment.length > 0);
  return text => {
    const end = text.length - last.length;
    if (end < first.length || !fits(first, text, 0) || !fits(last, text, end)) return false;
    let at = first.length;
    // The leftmost place for each part leaves most to the parts after it, so nothing need be tried again.
    for (const segment of middle) {
      at = found(segment, text, at, end);
      if (at < 0) return false;
      at += segment.length;
    }
    return true;
  };
}

/** The leftmost place from `from` on where the segment fits before `end`; negative where it fits nowhere. */
function found(segment: Segment, text: string, from: number, end: number): number {
  const last = end - segment.length;
  if (typeof segment === 'string') {
    const at = text.indexOf(segment, from);
    return at > last ? -1 : at;
  }
  for (let at = from; at <= last; at += 1) if (fits(segment, text, at)) return at;
  return -1;
}

function fits(segment: Segment, text: string, from: number): boolean {
  if (typeof segment === 'string') return text.startsWith(segment, from);
  for (let i = 0; i < segment.length; i += 1) {
    const step = segment[i]!;
    const character = text[from + i];
    if (character === undefined) return false;
    if (step === null || step === character) continue;
    if (typeof step === 'string' || !step(character)) return false;
  }
  return true;
}

function segmentsOf(glob: string): readonly Segment[] {
  if (!/[?[\\]/.test(glob)) return glob.split('*');
  const segments: Step[][] = [[]];
  for (let i = 0; i < glob.length; i += 1) {
    const character = glob[i]!;
    const current = segments.at(-1)!;
    if (character === '*') segments.push([]);
    else if (character === '?') current.push(null);
    else if (character === '\\' && i + 1 < glob.length) {
      i += 1;
      current.push(glob[i]!);
    } else {
      const end = character === '[' ? glob.indexOf(']', i + 2) : -1;
      if (end < 0) current.push(character);
      else {
        current.push(classOf(glob.slice(i + 1, end)));
        i = end;
      }
    }
  }
  return segments;
}

function classOf(body: string): (character: string) => boolean {
  const negated = body[0] === '!' || body[0] === '^';
  const members = negated ? body.slice(1) : body;
  const ranges: [string, string][] = [];
  for (let i = 0; i < members.length; i += 1) {
    const isRange = members[i + 1] === '-' && i + 2 < members.length;
    ranges.push([members[i]!, members[isRange ? i + 2 : i]!]);
    if (isRange) i += 2;
  }
  return character => negated !== ranges.some(([low, high]) => low <= character && character <= high);
}
