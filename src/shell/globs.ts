/**
 * Pathname expansion: a field with active pattern characters → the names that it matches now, seen through
 * the reading's `World`. Bounded; what cannot be listed for certain stays uncertain.
 */

import { absolute } from '../paths.js';
import { certain, uncertain, type Word } from './command.js';
import { compile, hasMagic, matches, type PatternPiece } from './patterns.js';
import type { Reading } from './reading.js';

const MAX_NAMES = 1_000;
const MAX_LISTINGS = 256;
/** `World.list` gives at most so many names; a full list may lack some. */
const FULL_LIST = 10_000;

/** A URL, whose `?` and `[]` are its own. */
const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\/[^/]/i;

/** The words that a pattern becomes; itself where nothing matches, as bash has it. */
export function expandGlob(
  pieces: readonly PatternPiece[],
  directory: Word,
  reading: Reading,
): readonly Word[] {
  const text = pieces.map(piece => piece.text).join('');
  const components = splitAtSlashes(pieces);
  const rooted = text.startsWith('/');
  // No directory is called `https:`, wherever this runs.
  if (ADDRESS.test(text)) return [{ ...certain(text), pattern: text }];
  if (!rooted && !directory.certain) return [{ ...uncertain(knownStart(components), true), pattern: text }];
  const names = new Walk(reading, directory.text).run(components, rooted);
  if (names === undefined) return [uncertain(knownStart(components), true)];
  return names.length === 0 ? [{ ...certain(text), pattern: text }] : names.sort(byCode).map(certain);
}

function byCode(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** What is sure to stand before the first pattern character's component. */
export function knownStart(components: readonly (readonly PatternPiece[])[]): string {
  const first = components.findIndex(hasMagic);
  return components
    .slice(0, first < 0 ? components.length : first)
    .map(pieces => `${plain(pieces)}/`)
    .join('');
}

/** A pattern's pieces by the components of the path; what stands between two slashes is one. */
export function splitAtSlashes(pieces: readonly PatternPiece[]): PatternPiece[][] {
  const components: PatternPiece[][] = [[]];
  for (const { text, active } of pieces) {
    for (const [at, part] of text.split('/').entries()) {
      if (at > 0) components.push([]);
      if (part !== '') components.at(-1)!.push({ text: part, active });
    }
  }
  return components;
}

function plain(pieces: readonly PatternPiece[]): string {
  return pieces.map(piece => piece.text).join('');
}

/** One expansion, with its budget of listings. */
class Walk {
  #listings = 0;

  constructor(
    readonly reading: Reading,
    readonly directory: string,
  ) {}

  /** The names that match, as bash would write them; `undefined` where there is too much to see. */
  run(components: readonly (readonly PatternPiece[])[], rooted: boolean): string[] | undefined {
    let found = [rooted ? '/' : ''];
    for (const [at, component] of components.entries()) {
      const last = at === components.length - 1;
      if (component.length === 0) {
        if (last && at > 0) found = found.filter(path => this.#isDirectory(path));
        else if (at > 0) found = found.map(path => `${path}/`);
        continue;
      }
      const next = hasMagic(component)
        ? this.#matching(found, component)
        : found.map(path => `${path}${plain(component)}`).filter(path => this.#exists(path));
      if (next === undefined || next.length > MAX_NAMES) return undefined;
      found = last ? next : next.filter(path => this.#isDirectory(path)).map(path => `${path}/`);
      if (found.length === 0) return [];
    }
    return found;
  }

  #matching(parents: readonly string[], component: readonly PatternPiece[]): string[] | undefined {
    const pattern = compile(component);
    const dots = plain(component).startsWith('.');
    const found: string[] = [];
    for (const parent of parents) {
      this.#listings += 1;
      const names = this.reading.list(absolute(parent, this.directory));
      if (!this.reading.spend(names.length)) return undefined;
      if (this.#listings > MAX_LISTINGS || names.length >= FULL_LIST) return undefined;
      for (const name of names) {
        if (name.startsWith('.') && !dots) continue;
        if (matches(pattern, name)) found.push(`${parent}${name}`);
        if (found.length > MAX_NAMES) return undefined;
      }
    }
    return found;
  }

  #exists(path: string): boolean {
    return this.reading.world.stat(absolute(path, this.directory)).kind !== 'missing';
  }

  #isDirectory(path: string): boolean {
    const facts = this.reading.world.stat(absolute(path, this.directory));
    if (facts.kind !== 'symlink') return facts.kind === 'directory';
    return this.reading.world.stat(facts.realPath).kind === 'directory';
  }
}
