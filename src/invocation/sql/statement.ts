/** What a scanner has found of one statement, and the parts of its text that matter. Judges nothing. */

import type { Dialect } from './dialect.js';
import { type Entry, Meaning, type Steering } from './vocabulary.js';

/** Bytes of one statement that are kept; of a longer one only its words are known. */
const STATEMENT_LIMIT = 1_000_000;

/** How far `CREATE [OR REPLACE] FUNCTION` has been read. */
const Definition = { start: 0, create: 1, or: 2, replace: 3, function: 4, none: 5 } as const;

/** One statement as it is being read. */
export class Statement {
  /** Bits of `Meaning`. */
  meaning = 0;
  /** No word, number, quote or sign yet. */
  isEmpty = true;
  /** It is to be kept whatever its words: it holds a variable, or what a scanner may read otherwise than a server. */
  isOdd = false;
  isTooLong = false;
  /** Nothing of its text was left out. */
  isWhole = true;
  /** Its first word, and the one before this place; `undefined` for one that the vocabulary lacks. */
  first: Steering | undefined;
  #changesRows = false;
  previous: Entry | undefined;
  parentheses = 0;
  /** In a row of literals behind VALUES, as far as it has been read. */
  isRow = false;
  /** psql reads rows from the lines behind it. */
  readsData = false;
  /** The function that it defines, in lower case. */
  defines: string | undefined;
  /** It sets how strings or bytes are to be read. */
  setsReading = false;
  #rows = 0;
  #hasValues = false;
  #words = 0;
  #isTrigger = false;
  #blocks = 0;
  #definition: number = Definition.start;
  #firstTop: Steering | 'none' | undefined = 'none';
  #lastTop: Steering | undefined;
  #isNamed = false;
  #kept: Uint8Array[] = [];
  #size = 0;
  /** How much of what was kept stays, whatever comes; and how much is copied. */
  #settled = { parts: 0, size: 0 };
  #owned = 0;

  /** One of which nothing but its text is asked. */
  static of(bytes: Uint8Array): Statement {
    const statement = new Statement();
    statement.keep(bytes);
    return statement;
  }

  /** Could it have an effect, or change how others count? */
  get matters(): boolean {
    return this.isOdd || this.meaning !== 0;
  }

  /** Does a `;` here end it? PostgreSQL's client counts parentheses and bodies, SQLite's triggers hold statements. */
  endsAtSemicolon({ name }: Dialect): boolean {
    if (name === 'postgres') return this.parentheses === 0 && this.#blocks === 0;
    return !this.#isTrigger || this.previous?.name === 'end';
  }

  /** Anything but a word. */
  sign(): void {
    this.isEmpty = false;
    this.previous = undefined;
  }

  /** A word outside of quotes; `entry` where the vocabulary has it. */
  word(entry: Entry | undefined, dialect: Dialect): void {
    const isStart = this.isEmpty;
    const before = this.previous;
    this.isEmpty = false;
    this.previous = entry;
    this.#words += 1;
    const name = entry?.name;
    if (isStart && this.first === undefined) {
      this.first = name;
      this.#changesRows = entry?.changesRows === true;
    }
    if (this.isRow && !entry?.isLiteral) this.isRow = false;
    if (entry) this.#count(entry, before, isStart);
    if (this.#definition !== Definition.none) this.#define(name);
    if (name === 'trigger' && this.#words <= 3)
      this.#isTrigger = this.first === 'create' && dialect.name === 'sqlite';
    if (this.parentheses > 0) return;
    // Whatever stands behind the rows ends them.
    const isValues = name === 'values' || name === 'value';
    this.#hasValues = isValues && (this.first === 'insert' || this.first === 'replace');
    if (this.#firstTop === 'none') this.#firstTop = name;
    if ((name === 'stdin' || name === 'stdout') && this.#lastTop === 'from' && this.#firstTop === 'copy') {
      this.readsData = true;
    }
    this.#lastTop = name;
  }

  #count(entry: Entry, before: Entry | undefined, isStart: boolean): void {
    const { name } = entry;
    if (entry.meaning === 0 && !entry.setsReading) return;
    if ((name === 'delete' || name === 'update') && before?.opensClause) return;
    if (entry.setsReading) this.setsReading = true;
    // INSERT INTO t (temp): a column. Rows are changed in temporary tables, not made so.
    const holds = this.#changesRows ? Meaning.effect : Meaning.effect | Meaning.state;
    this.meaning |= isStart ? entry.meaning : entry.meaning & holds;
  }

  /** Follows `CREATE FUNCTION …`, whose body may be `BEGIN ATOMIC …; END`. */
  #define(name: Steering | undefined): void {
    const isKind = name === 'function' || name === 'procedure';
    switch (this.#definition) {
      case Definition.start:
        this.#definition = name === 'create' ? Definition.create : Definition.none;
        return;
      case Definition.create:
        this.#definition = name === 'or' ? Definition.or : isKind ? Definition.function : Definition.none;
        return;
      case Definition.or:
        this.#definition = name === 'replace' ? Definition.replace : Definition.none;
        return;
      case Definition.replace:
        this.#definition = isKind ? Definition.function : Definition.none;
        return;
      case Definition.function:
        if (this.parentheses > 0) return;
        if (name === 'begin' || (name === 'case' && this.#blocks > 0)) this.#blocks += 1;
        else if (name === 'end' && this.#blocks > 0) this.#blocks -= 1;
    }
  }

  /** Its next name is, or may be, that of the function that it defines. */
  get isDefining(): boolean {
    return this.#definition === Definition.function && !this.#isNamed;
  }

  /** True where the parentheses are those of a row of values. */
  open(): void {
    this.sign();
    this.parentheses += 1;
    this.isRow = this.parentheses === 1 && this.#hasValues;
    if (this.#definition === Definition.function) this.#isNamed = true;
  }

  /** A parenthesis closes. What it means for the text since the last such place: to be kept, or left out. */
  close(): 'nothing' | 'keep' | 'leave out' {
    this.sign();
    if (this.parentheses > 0) this.parentheses -= 1;
    if (!this.#hasValues || this.parentheses > 0) return 'nothing';
    if (!this.isRow) return 'keep';
    this.#rows += 1;
    return this.#rows > 1 ? 'leave out' : 'keep';
  }

  /** Something that is no literal stands here. */
  noLiteral(): void {
    this.isRow = false;
  }

  /** psql's `\;`: another statement begins in the same query. */
  startAnother(): void {
    this.isEmpty = true;
    this.#definition = Definition.start;
    this.#firstTop = 'none';
  }

  /** Takes a piece of its text, which the buffer may lose after `own`. */
  keep(bytes: Uint8Array): void {
    if (bytes.length === 0 || this.isTooLong) return;
    this.#size += bytes.length;
    this.isTooLong = this.#size > STATEMENT_LIMIT;
    if (this.isTooLong) this.#kept = [];
    else this.#kept.push(bytes);
  }

  /** What is kept so far stays. */
  settle(): void {
    this.#settled = { parts: this.#kept.length, size: this.#size };
  }

  /** What was kept since `settle` is left out. */
  leaveOut(): void {
    this.isWhole = false;
    if (this.isTooLong) return;
    this.#kept.length = this.#settled.parts;
    this.#size = this.#settled.size;
    this.#owned = Math.min(this.#owned, this.#kept.length);
  }

  /** The buffer will be used for other text. */
  own(): void {
    for (; this.#owned < this.#kept.length; this.#owned += 1) {
      this.#kept[this.#owned] = this.#kept[this.#owned]!.slice();
    }
  }

  /** The text that was kept; none where it is too long. */
  bytes(): Uint8Array {
    const whole = new Uint8Array(this.isTooLong ? 0 : this.#size);
    let at = 0;
    for (const part of this.#kept) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}
