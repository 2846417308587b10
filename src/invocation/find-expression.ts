/**
 * The expression of find(1): which actions run on which paths. `-o`, `!`, parentheses and commas bind as in the
 * manual, so that `-delete` before `-name` is known to take everything. Reads; judges nothing.
 */

import type { Word } from '../shell/command.js';

/** What is known to hold for a path by the time an action runs on it: one alternative of the conditions. */
export interface Matched {
  /** `-name` or `-iname`: a pattern for the last component. */
  readonly name?: string;
  /** `-path` and its like: a pattern for the whole path. */
  readonly path?: string;
  /** `-empty`, or `-type l` and other types without content. */
  readonly hollow?: boolean;
  /** `-type f`: no directory is meant. */
  readonly files?: boolean;
}

/** An action that does more than print. `words` are its command, or the file that it writes. */
interface FindAction {
  readonly kind: 'delete' | 'run' | 'write';
  readonly option: string;
  readonly at: number;
  readonly words: readonly Word[];
  /** The conditions under which it runs, any of which may hold. */
  readonly matched: readonly Matched[];
}

/** A find command line: where it starts, and what it does. */
export interface FindReading {
  readonly starts: readonly Word[];
  readonly actions: readonly FindAction[];
  /** Every primary that was seen, with its argument. */
  readonly primaries: readonly { readonly at: number; readonly name: string; readonly value?: Word }[];
  /** The conditions under which a path is printed, by `-print` or for want of any action. */
  readonly printed: readonly Matched[];
  /** `-files0-from`: starting points that are not on the command line. */
  readonly moreStarts: boolean;
}

const RUNS = new Set(['-exec', '-execdir', '-ok', '-okdir']);
const WRITES: ReadonlyMap<string, number> = new Map([
  ['-fprint', 1],
  ['-fprint0', 1],
  ['-fls', 1],
  ['-fprintf', 2],
]);
/** Primaries without an argument (GNU findutils 4.9 and BSD find); all others take one. */
const BARE = new Set(
  `-daystart -follow -nowarn -warn -depth -d -mount -noleaf -xdev -x -ignore_readdir_race -noignore_readdir_race
   -empty -false -nouser -nogroup -readable -writable -executable -true -delete -print0 -print -ls -prune -quit
   -help --help -version --version -X -s -E`.split(/\s+/),
);
const MAX_ALTERNATIVES = 64;
const ANYTHING: readonly Matched[] = [{}];

/** Reads argv, the program first. */
export function readFindArguments(argv: readonly Word[]): FindReading {
  let at = 1;
  while (at < argv.length && /^-([HLPEXdsx]+|O\d*|D|f)$/.test(argv[at]!.text)) {
    at += /^-[Df]$/.test(argv[at]!.text) ? 2 : 1;
  }
  const starts: Word[] = [];
  const fromOption = argv.slice(1, at).flatMap((word, i, all) => (all[i - 1]?.text === '-f' ? [word] : []));
  while (at < argv.length && !/^(-.|[()!,])/.test(argv[at]!.text)) starts.push(argv[at++]!);
  const expression = new Expression(argv, at);
  const matched = expression.read();
  const given = [...fromOption, ...starts];
  return {
    starts: given.length > 0 ? given : [{ text: '.', certain: true }],
    actions: expression.actions,
    primaries: expression.primaries,
    printed: expression.printed.length > 0 ? expression.printed : matched,
    moreStarts: expression.primaries.some(primary => primary.name === '-files0-from'),
  };
}

class Expression {
  readonly actions: FindAction[] = [];
  readonly primaries: { at: number; name: string; value?: Word }[] = [];
  readonly printed: Matched[] = [];
  readonly #argv: readonly Word[];
  #at: number;

  constructor(argv: readonly Word[], at: number) {
    this.#argv = argv;
    this.#at = at;
  }

  /** Reads all of it; gives the conditions under which the whole holds. */
  read(): readonly Matched[] {
    let whole = ANYTHING;
    while (this.#at < this.#argv.length) {
      whole = this.#list(ANYTHING);
      // A stray `)`: find refuses the line; what follows is read on all the same.
      this.#at += 1;
    }
    return whole;
  }

  #text(): string | undefined {
    return this.#argv[this.#at]?.text;
  }

  #list(context: readonly Matched[]): readonly Matched[] {
    let last = this.#or(context);
    while (this.#text() === ',') {
      this.#at += 1;
      last = this.#or(context);
    }
    return last;
  }

  #or(context: readonly Matched[]): readonly Matched[] {
    const all = [...this.#and(context)];
    while (this.#text() === '-o' || this.#text() === '-or') {
      this.#at += 1;
      all.push(...this.#and(context));
    }
    return all.length > MAX_ALTERNATIVES ? context : all;
  }

  #and(context: readonly Matched[]): readonly Matched[] {
    let known = context;
    for (let text = this.#text(); text !== undefined; text = this.#text()) {
      if (text === ')' || text === ',' || text === '-o' || text === '-or') break;
      if (text === '-a' || text === '-and') this.#at += 1;
      else known = this.#factor(known);
    }
    return known;
  }

  #factor(known: readonly Matched[]): readonly Matched[] {
    const text = this.#text();
    if (text === '!' || text === '-not') {
      this.#at += 1;
      // What is not so says nothing about what is; actions inside are still seen.
      if (this.#at < this.#argv.length) this.#factor(known);
      return known;
    }
    if (text !== '(') return this.#primary(known);
    this.#at += 1;
    const inner = this.#list(known);
    if (this.#text() === ')') this.#at += 1;
    return inner;
  }

  #primary(known: readonly Matched[]): readonly Matched[] {
    const at = this.#at;
    const name = this.#argv[at]!.text;
    this.#at += 1;
    if (RUNS.has(name)) {
      this.#add('run', name, at, this.#command(), known);
      return known;
    }
    const writes = WRITES.get(name);
    if (writes !== undefined) {
      this.#add('write', name, at, this.#argv.slice(this.#at, this.#at + 1), known);
      this.#at += writes;
      return known;
    }
    if (name.startsWith('-print')) this.printed.push(...known);
    if (name === '-delete') this.#add('delete', name, at, [], known);
    if (BARE.has(name) || !name.startsWith('-')) this.primaries.push({ at, name });
    const value = BARE.has(name) || !name.startsWith('-') ? undefined : this.#argv[this.#at++];
    if (value) this.primaries.push({ at, name, value });
    const condition = conditionOf(name, value);
    return condition ? known.map(one => ({ ...one, ...condition })) : known;
  }

  #add(
    kind: FindAction['kind'],
    option: string,
    at: number,
    words: readonly Word[],
    matched: readonly Matched[],
  ) {
    this.actions.push({ kind, option, at, words, matched });
    this.primaries.push({ at, name: option });
  }

  /** The words up to `;`, or to `+` behind `{}`. */
  #command(): readonly Word[] {
    const start = this.#at;
    for (; this.#at < this.#argv.length; this.#at += 1) {
      const text = this.#text();
      const ends = text === ';' || (text === '+' && this.#argv[this.#at - 1]?.text === '{}');
      if (ends) break;
    }
    const words = this.#argv.slice(start, this.#at);
    this.#at += 1;
    return words;
  }
}

function conditionOf(name: string, value: Word | undefined): Matched | undefined {
  if (name === '-empty') return { hollow: true };
  // An uncertain pattern may be `*`.
  if (!value?.certain) return undefined;
  if (name === '-name' || name === '-iname') return { name: value.text };
  if (/^-i?(path|wholename)$/.test(name)) return { path: value.text };
  if (name === '-type') return /^[lsp]$/.test(value.text) ? { hollow: true } : { files: value.text === 'f' };
  return name === '-xtype' && value.text === 'l' ? { hollow: true } : undefined;
}
