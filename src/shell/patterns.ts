/**
 * Shell patterns (`*`, `?`, `[…]`) as POSIX §2.14 defines them, matched in time proportional to pattern × text.
 * Extended patterns are not known here; asks nothing of the file system.
 */

import { once } from '../once.js';

/** A piece of a pattern: inert text stands for itself, active text may hold `*`, `?` and `[…]`. */
export interface PatternPiece {
  readonly text: string;
  readonly active: boolean;
}

type Token = string | { readonly kind: 'star' | 'any' } | CharacterSet;

interface CharacterSet {
  readonly kind: 'set';
  readonly negated: boolean;
  readonly ranges: readonly (readonly [string, string])[];
  readonly classes: readonly RegExp[];
}

export type Pattern = readonly Token[];

const classes = once(
  (): Readonly<Record<string, RegExp>> => ({
    alpha: /\p{L}/u,
    digit: /[0-9]/,
    alnum: /[\p{L}0-9]/u,
    upper: /\p{Lu}/u,
    lower: /\p{Ll}/u,
    space: /\s/,
    blank: /[ \t]/,
    punct: /[!-/:-@[-`{-~]/,
    xdigit: /[0-9A-Fa-f]/,
    cntrl: /[\u0000-\u001f\u007f]/,
    print: /[^\u0000-\u001f\u007f]/,
    graph: /[^\s\u0000-\u001f\u007f]/,
    word: /[\w]/,
  }),
);

/** True where a piece that is a pattern has `*`, `?` or a bracket expression in it. */
export function hasMagic(pieces: readonly PatternPiece[]): boolean {
  return pieces.some(piece => piece.active && /[*?]|\[.*\]/s.test(piece.text));
}

/** The pattern of pieces that are patterns (`active`) and text. */
export function compile(pieces: readonly PatternPiece[]): Pattern {
  const tokens: Token[] = [];
  for (const { text, active } of pieces) {
    if (!active) tokens.push(...text);
    else compileActive([...text], tokens);
  }
  return tokens;
}

function compileActive(characters: readonly string[], tokens: Token[]): void {
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at]!;
    if (character === '*') {
      const last = tokens.at(-1);
      if (typeof last !== 'object' || last.kind !== 'star') tokens.push({ kind: 'star' });
    } else if (character === '?') tokens.push({ kind: 'any' });
    else if (character === '\\' && at + 1 < characters.length) {
      at += 1;
      tokens.push(characters[at]!);
    } else if (character === '[') {
      const set = readSet(characters, at);
      if (set) {
        tokens.push(set.set);
        at = set.end;
      } else tokens.push(character);
    } else tokens.push(character);
  }
}

/** `[…]` from its bracket on; `undefined` where it is never closed and so stands for itself. */
function readSet(
  characters: readonly string[],
  start: number,
): { set: CharacterSet; end: number } | undefined {
  let at = start + 1;
  const negated = characters[at] === '!' || characters[at] === '^';
  if (negated) at += 1;
  const ranges: [string, string][] = [];
  const named: RegExp[] = [];
  for (let first = true; at < characters.length; first = false, at += 1) {
    let character = characters[at]!;
    if (character === ']' && !first)
      return { set: { kind: 'set', negated, ranges, classes: named }, end: at };
    if (character === '[' && characters[at + 1] === ':') {
      const close = characters.indexOf(']', at);
      const known = classes()[characters.slice(at + 2, close - 1).join('')];
      if (close > 0 && characters[close - 1] === ':' && known) {
        named.push(known);
        at = close;
        continue;
      }
    }
    if (character === '\\' && at + 1 < characters.length) {
      at += 1;
      character = characters[at]!;
    }
    const upper = characters[at + 2];
    if (characters[at + 1] === '-' && upper !== undefined && upper !== ']') {
      ranges.push([character, upper]);
      at += 2;
    } else ranges.push([character, character]);
  }
  return undefined;
}

/** True where the pattern matches the whole text. */
export function matches(pattern: Pattern, text: string): boolean {
  const characters = [...text];
  let at = 0;
  let token = 0;
  let star = -1;
  let resume = 0;
  while (at < characters.length) {
    const wanted = pattern[token];
    if (typeof wanted === 'object' && wanted.kind === 'star') {
      star = token;
      token += 1;
      resume = at;
    } else if (wanted !== undefined && accepts(wanted, characters[at]!)) {
      at += 1;
      token += 1;
    } else if (star >= 0) {
      token = star + 1;
      resume += 1;
      at = resume;
    } else return false;
  }
  return pattern.slice(token).every(rest => typeof rest === 'object' && rest.kind === 'star');
}

function accepts(token: Token, character: string): boolean {
  if (typeof token === 'string') return token === character;
  if (token.kind !== 'set') return token.kind === 'any';
  const found =
    token.ranges.some(([low, high]) => low <= character && character <= high) ||
    token.classes.some(known => known.test(character));
  return found !== token.negated;
}
