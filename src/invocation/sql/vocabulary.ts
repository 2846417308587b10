/**
 * Finds words among the bytes of a text: those of `words.ts`, by what they mean for a statement, and those that a scanner
 * steers by. Letters count in either case. Judges nothing.
 */

import {
  otherFunctions,
  otherVerbs,
  otherWords,
  postgresFunctions,
  postgresState,
  postgresStatements,
} from './words.js';

/** What a word means for its statement. */
export const Meaning = {
  /** Anywhere in it: it may have an effect. */
  effect: 1,
  /** The same at its start. */
  effectAtStart: 2,
  /** Anywhere, and at its start: it may change how others count. */
  state: 4,
  stateAtStart: 8,
} as const;

/** Words by which scanners and readers steer. */
const steering = [
  'insert',
  'replace',
  'update',
  'delete',
  'values',
  'value',
  'null',
  'true',
  'false',
  'default',
  '_binary',
  'create',
  'or',
  'function',
  'procedure',
  'begin',
  'case',
  'end',
  'copy',
  'from',
  'stdin',
  'stdout',
  'trigger',
  'set',
  'standard_conforming_strings',
  'client_encoding',
  'names',
  'for',
  'on',
  'do',
  'key',
  'before',
  'after',
  'of',
] as const;

export type Steering = (typeof steering)[number];

/** One word: `meaning` in bits of `Meaning`, `name` where scanners steer by it. */
export interface Entry {
  readonly bytes: Uint8Array;
  readonly meaning: number;
  readonly name: Steering | undefined;
  /** It may stand in a row of literals. */
  readonly isLiteral: boolean;
  /** It begins a statement that adds or changes rows. */
  readonly changesRows: boolean;
  /** A DELETE or UPDATE behind it is a clause. */
  readonly opensClause: boolean;
  /** It may set how strings or letters are to be read. */
  readonly setsReading: boolean;
}

const among = (words: string, name: string) => words.split(' ').includes(name);

const MASK = 0xfff;

/** A set of words, found by the hash that the scanner makes while it reads one. */
export class Vocabulary {
  /** By hash: the index of the first entry + 1; `#next` has the others of that hash. */
  readonly #first = new Uint16Array(MASK + 1);
  readonly #next: number[] = [0];
  readonly #entries: Entry[] = [];

  readonly #meanings: ReadonlyMap<string, number>;
  readonly #clauses: string;

  /** `clauses`: the words behind which DELETE and UPDATE are no statements. */
  constructor(meanings: ReadonlyMap<string, number>, clauses: string) {
    this.#meanings = meanings;
    this.#clauses = clauses;
    const all = new Set<string>([...steering, ...meanings.keys()]);
    for (const word of all) this.#add(word, meanings.get(word) ?? 0);
  }

  /** The same with more words that mean an effect. */
  with(words: Iterable<string>): Vocabulary {
    const more = [...words].map(word => [word.toLowerCase(), Meaning.effect] as const);
    return more.length === 0 ? this : new Vocabulary(new Map([...this.#meanings, ...more]), this.#clauses);
  }

  #add(word: string, meaning: number): void {
    const bytes = new TextEncoder().encode(word.toLowerCase());
    let hash = 0;
    for (const byte of bytes) hash = mixed(hash, byte);
    const name = steering.find(one => one === word);
    this.#entries.push({
      bytes,
      meaning,
      name,
      isLiteral: among('null true false default _binary', word),
      changesRows: among('insert update delete replace', word),
      opensClause: among(this.#clauses, word),
      setsReading: among('standard_conforming_strings client_encoding names', word),
    });
    this.#next.push(this.#first[hash & MASK]!);
    this.#first[hash & MASK] = this.#entries.length;
  }

  /** The word in `text` from `start` to `end`, whose hash is known. */
  find(text: Uint8Array, start: number, end: number, hash: number): Entry | undefined {
    for (let at = this.#first[hash & MASK]!; at !== 0; at = this.#next[at]!) {
      const entry = this.#entries[at - 1]!;
      if (entry.bytes.length === end - start && isSame(entry.bytes, text, start)) return entry;
    }
    return undefined;
  }
}

/** One step of the hash; upper and lower case give the same. */
export function mixed(hash: number, byte: number): number {
  return (Math.imul(hash, 31) + (byte | 0x20)) | 0;
}

function isSame(word: Uint8Array, text: Uint8Array, start: number): boolean {
  for (let i = 0; i < word.length; i += 1) {
    const byte = text[start + i]!;
    if ((byte >= 65 && byte <= 90 ? byte | 0x20 : byte) !== word[i]) return false;
  }
  return true;
}

function meaningsOf(lists: readonly (readonly [words: string, meaning: number])[]): Map<string, number> {
  const meanings = new Map<string, number>();
  for (const [words, meaning] of lists) {
    for (const word of words.split(' ').filter(one => one !== '')) {
      meanings.set(word, (meanings.get(word) ?? 0) | meaning);
    }
  }
  return meanings;
}

/** The words of PostgreSQL. */
export function postgresMeanings(): Map<string, number> {
  const statements: readonly { readonly starts?: string; readonly holds?: string }[] =
    Object.values(postgresStatements);
  return meaningsOf([
    ...statements.map(({ starts = '' }) => [starts, Meaning.effectAtStart] as const),
    ...statements.map(({ holds = '' }) => [holds, Meaning.effect] as const),
    [postgresFunctions.join(' '), Meaning.effect],
    [postgresState.starts, Meaning.stateAtStart],
    [postgresState.holds, Meaning.state],
  ]);
}

/** The words of the other dialects. Where statements need no `;` between them, each word may start one. */
export function otherMeanings(isLoose: boolean): Map<string, number> {
  const atStart = isLoose ? Meaning.effect : Meaning.effectAtStart;
  const verbs = (where: string) =>
    Object.entries(otherVerbs)
      .filter(([, place]) => place === where)
      .map(([verb]) => verb)
      .join(' ');
  return meaningsOf([
    [verbs('holds'), Meaning.effect],
    [verbs('starts'), atStart],
    [otherWords.holds, Meaning.effect],
    [otherWords.starts, atStart],
    [Object.values(otherFunctions).flat().join(' '), Meaning.effect],
  ]);
}
