/** How the dialects of SQL are written, as far as a scanner must know: quotes, comments, and what only clients read. Judges nothing. */

import { otherMeanings, postgresMeanings, Vocabulary } from './vocabulary.js';
import { clauseWords } from './words.js';

export type DialectName = 'postgres' | 'mysql' | 'sqlite' | 'duckdb' | 'clickhouse' | 'mssql' | 'generic';

/** What a byte may begin, outside of quotes and comments. Up to `digit` it is no more than it looks like. */
export const Kind = {
  blank: 0,
  operator: 1,
  digit: 2,
  newline: 3,
  word: 4,
  string: 5,
  /** A name in quotes. */
  name: 6,
  end: 7,
  open: 8,
  close: 9,
  dash: 10,
  slash: 11,
  hash: 12,
  dollar: 13,
  backslash: 14,
  colon: 15,
  star: 16,
  nul: 17,
} as const;

/** A dialect in tables. */
export interface Dialect {
  readonly name: DialectName;
  /** `Kind` by byte. */
  readonly kinds: Uint8Array;
  /** 1 for a byte that goes on with a word. */
  readonly inWord: Uint8Array;
  readonly vocabulary: Vocabulary;
  /** Backslashes escape in strings. */
  readonly escapes: boolean;
  readonly nestedComments: boolean;
}

/** Dialects whose clients read some lines themselves. */
const READS_LINES: ReadonlySet<DialectName> = new Set(['mysql', 'mssql', 'sqlite', 'duckdb'] as const);

const code = (character: string) => character.charCodeAt(0);

interface Traits {
  readonly escapes?: boolean;
  readonly nestedComments?: boolean;
  /** What else quotes, and as what. */
  readonly quotes: Readonly<Record<string, number>>;
  /** What else has a meaning. */
  readonly marks: Readonly<Record<string, number>>;
  readonly wordStarts?: string;
}

function dialect(name: DialectName, { escapes = false, nestedComments = false, ...traits }: Traits): Dialect {
  const kinds = new Uint8Array(256).fill(Kind.operator);
  const inWord = new Uint8Array(256);
  const letters = `_${traits.wordStarts ?? ''}`;
  for (let byte = 0; byte < 256; byte += 1) {
    const isLetter = (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte >= 128;
    if (isLetter || letters.includes(String.fromCharCode(byte))) kinds[byte] = Kind.word;
    if (byte >= 48 && byte <= 57) kinds[byte] = Kind.digit;
    if (kinds[byte] === Kind.word || kinds[byte] === Kind.digit || byte === code('$')) inWord[byte] = 1;
  }
  for (const blank of ' \t\r\f\v') kinds[code(blank)] = Kind.blank;
  const shared = {
    '\n': READS_LINES.has(name) ? Kind.newline : Kind.blank,
    '\0': Kind.nul,
    "'": Kind.string,
    ';': Kind.end,
    '(': Kind.open,
    ')': Kind.close,
    '-': Kind.dash,
    '/': Kind.slash,
  };
  for (const [mark, kind] of Object.entries({ ...shared, ...traits.quotes, ...traits.marks })) {
    kinds[code(mark)] = kind;
  }
  const isPostgres = name === 'postgres';
  const clauses = isPostgres ? clauseWords.postgres : clauseWords.others;
  const meanings = isPostgres ? postgresMeanings() : otherMeanings(name === 'mssql');
  const vocabulary = new Vocabulary(meanings, clauses);
  return { name, kinds, inWord, vocabulary, escapes, nestedComments };
}

const DOLLAR = { $: Kind.dollar };
const NAMES = { '"': Kind.name, '`': Kind.name };
const AT = '@#';

/** The dialects, made when first asked for. */
const made = new Map<DialectName, Dialect>();
const traits: Readonly<Record<DialectName, Traits>> = {
  postgres: {
    nestedComments: true,
    quotes: { '"': Kind.name },
    marks: { ...DOLLAR, '\\': Kind.backslash, ':': Kind.colon },
  },
  mysql: {
    escapes: true,
    quotes: { '"': Kind.string, '`': Kind.name },
    marks: { '#': Kind.hash, '\\': Kind.backslash, '*': Kind.star },
    wordStarts: '@',
  },
  sqlite: { quotes: { ...NAMES, '[': Kind.name }, marks: {}, wordStarts: AT },
  duckdb: { quotes: NAMES, marks: DOLLAR, wordStarts: AT },
  clickhouse: { escapes: true, quotes: NAMES, marks: {}, wordStarts: AT },
  mssql: { quotes: { ...NAMES, '[': Kind.name }, marks: {}, wordStarts: AT },
  generic: { quotes: NAMES, marks: {}, wordStarts: AT },
};

/** The dialect of that name, made once. */
export function dialectOf(name: DialectName): Dialect {
  const known = made.get(name) ?? dialect(name, traits[name]);
  made.set(name, known);
  return known;
}
