/**
 * When two statements that change rows come to the same: their tokens agree but for literals whose value nothing is read
 * from, the elements of a row of `VALUES` and the right side of `column = literal`. Judges nothing.
 */

import { type Dialect, Kind } from './dialect.js';
import type { Holes } from './repeats.js';

/** Behind a literal that is compared or set: nothing that goes on with the expression. */
const FOLLOWERS = /^(and|or|where|returning)$/;
const CONSTANTS = /^(true|false|null|unknown|default|on|off|not)$/;

interface Token {
  readonly kind: 'word' | 'name' | 'literal' | 'sign';
  /** Words in lower case. */
  readonly text: string;
  /** Where it begins. */
  readonly at: number;
}

/** A statement with such literals as `?`, and where they stand. */
export interface Shape {
  readonly text: string;
  readonly holes: Holes;
}

/** `undefined` where the tokens of the statement cannot be told apart surely. */
export function shapeOf(text: string, dialect: Dialect): Shape | undefined {
  const tokens = tokensOf(text, dialect);
  if (!tokens) return undefined;
  const verb = tokens[0]?.text;
  const values = verb === 'insert' || verb === 'replace' ? depths(tokens) : undefined;
  const isFree = (token: Token, at: number) =>
    token.kind === 'literal' && (isSet(tokens, at) || values?.has(at) === true);
  return {
    text: tokens.map((token, at) => (isFree(token, at) ? '?' : token.text)).join(' '),
    holes: { places: tokens.filter(isFree).map(placeOf), words: false },
  };
}

/** Every value of a statement of which only the words matter, and those mean nothing. */
export function valuesOf(text: string, dialect: Dialect): Holes | undefined {
  const tokens = tokensOf(text, dialect);
  if (!tokens) return undefined;
  const places = tokens.flatMap((token, at) => {
    if (token.kind === 'word' && LITERALS.test(token.text)) return [placeOf(token)];
    if (token.kind !== 'literal') return [];
    const [before, dash] = [tokens[at - 2]?.text ?? '', tokens[at - 1]];
    const isNegative = dash?.text === '-' && (before === '(' || before === ',') && dash.at === token.at - 1;
    const [start, end] = placeOf(token);
    return [[isNegative ? start - 1 : start, end] as const];
  });
  return { places, words: true };
}

function placeOf({ at, text }: Token): readonly [start: number, end: number] {
  return [at, at + text.length];
}

/** Words that are values. */
const LITERALS = /^(null|true|false|default)$/;

/** `column = literal`, and nothing more of the expression behind it. */
function isSet(tokens: readonly Token[], at: number): boolean {
  const [column, sign, following] = [tokens[at - 2], tokens[at - 1], tokens[at + 1]];
  if (sign?.text !== '=' || sign.kind !== 'sign') return false;
  if (column?.kind !== 'name' && (column?.kind !== 'word' || CONSTANTS.test(column.text))) return false;
  // `a.b = 1`, `where b = 1`; in `1 + b = 1` there is something else before the column.
  if (!following) return true;
  if (following.kind === 'word') return FOLLOWERS.test(following.text);
  return following.kind === 'sign' && [',', ')', ';'].includes(following.text);
}

/** The places of literals that are whole elements of rows: `VALUES (1, 'a')`. */
function depths(tokens: readonly Token[]): ReadonlySet<number> {
  const found = new Set<number>();
  let depth = 0;
  let isBehind = false;
  for (const [at, { kind, text }] of tokens.entries()) {
    if (kind === 'sign' && text === '(') depth += 1;
    else if (kind === 'sign' && text === ')') depth -= 1;
    else if (kind === 'word' && (text === 'values' || text === 'value') && depth === 0) isBehind = true;
    else if (kind === 'word' && depth === 0) isBehind = false;
    else if (kind === 'literal' && isBehind && depth === 1) {
      const [before, behind] = [tokens[at - 1]?.text, tokens[at + 1]?.text];
      if ((before === '(' || before === ',') && (behind === ')' || behind === ',')) found.add(at);
    }
  }
  return found;
}

const NUMBER = /(?:0x[0-9a-f]+|[0-9][0-9.]*(?:e[0-9]+)?)(?![\w$\u0080-\uffff])/iy;
const WORD = /[A-Za-z_@#\u0080-\uffff][\w$@#\u0080-\uffff]*/y;

/** Tokens in a cautious reading: what is not plain SQL has none. */
function tokensOf(text: string, { kinds, escapes }: Dialect): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    const character = text[at]!;
    const code = text.charCodeAt(at);
    const kind = code < 128 ? kinds[code] : Kind.word;
    if (kind === Kind.blank || kind === Kind.newline) {
      at += 1;
      continue;
    }
    let token: Omit<Token, 'at'> | undefined;
    if (kind === Kind.string || kind === Kind.name) {
      const close = character === '[' ? ']' : character;
      let end = text.indexOf(close, at + 1);
      // A doubled quote is one quote more.
      while (end >= 0 && text[end + 1] === close) end = text.indexOf(close, end + 2);
      const quoted = end < 0 ? undefined : text.slice(at, end + 1);
      // Escapes end elsewhere.
      if (!quoted || (escapes && quoted.includes('\\'))) return undefined;
      token = { kind: kind === Kind.string ? 'literal' : 'name', text: quoted };
    } else if (kind === Kind.digit) {
      const number = match(NUMBER);
      if (number === undefined) return undefined;
      token = { kind: 'literal', text: number };
    } else if (kind === Kind.word) {
      const word = match(WORD);
      if (!word || text[at + word.length] === "'") return undefined;
      token = { kind: 'word', text: word.toLowerCase() };
    } else if (kind === Kind.operator || kind === Kind.open || kind === Kind.close || kind === Kind.end) {
      token = { kind: 'sign', text: character };
    } else if (kind === Kind.dash && text[at + 1] !== '-') token = { kind: 'sign', text: character };
    if (!token) return undefined;
    tokens.push({ ...token, at });
    at +=
      token.kind === 'literal' || token.kind === 'name' ? token.text.length : Math.max(token.text.length, 1);
  }
  return tokens;
}
