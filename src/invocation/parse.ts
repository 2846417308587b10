/** argv × grammar → how the tool reads it. One parser for every family that a table can describe; may not judge. */

import type { Word } from '../shell/command.js';
import type { CommandGrammar, Grammar, OptionTable, Reading, Style } from './grammar.js';
import type { OptionUse } from './invocation.js';
import { type OptionRow, optionsOf, rowOf } from './notation.js';

/** Reads argv (`argv[0]` is the program) by a grammar. Unknown options are recorded, never guessed. */
export function parse(argv: readonly Word[], grammar: Grammar): Reading {
  return grammar.read ? grammar.read(argv) : new Reader(argv, grammar).read();
}

interface Level {
  readonly grammar: CommandGrammar;
  readonly style: Style;
  readonly options: OptionTable;
}

class Reader {
  readonly #argv: readonly Word[];
  readonly #subcommand: string[] = [];
  readonly #options: OptionUse[] = [];
  readonly #operands: Word[] = [];
  readonly #unknown: Word[] = [];
  /** The command levels entered so far, the innermost last: its options are looked up first. */
  readonly #levels: Level[];
  #at = 1;
  #dashesAt: number | undefined;
  /** How many operands stand right behind an option that the grammar lacks: each may be its value. */
  #perhapsValues = 0;
  readonly #entered: number[] = [];

  constructor(argv: readonly Word[], grammar: Grammar) {
    this.#argv = argv;
    this.#levels = [level(grammar, grammar.style)];
  }

  read(): Reading {
    while (this.#at < this.#argv.length) {
      const word = this.#argv[this.#at]!;
      if (this.#dashesAt !== undefined) this.#operands.push(word);
      else if (beginsUnknown(word)) this.#operand(word);
      else if (word.text === '--' && word.certain) this.#dashesAt = this.#operands.length;
      else if (word.text.startsWith('--') && word.text !== '--') this.#long(word);
      else if (word.text.startsWith('-') && word.text !== '-') this.#short(word);
      else if (!this.#enter(word)) this.#operand(word);
      this.#at += 1;
    }
    return {
      subcommand: this.#subcommand,
      options: this.#options,
      operands: this.#operands,
      operandsBeforeDashes: this.#dashesAt ?? this.#operands.length,
      unknown: this.#unknown,
      ...(this.#entered.length > 0 && { perhapsValues: this.#entered }),
    };
  }

  get #style(): Style {
    return this.#levels.at(-1)!.style;
  }

  #operand(word: Word): void {
    this.#operands.push(word);
    if (this.#operands.length === this.#perhapsValues + 1 && this.#isBehindUnknown())
      this.#perhapsValues += 1;
    // POSIX getopt and its like: the first operand ends the options.
    if (!this.#style.permute) this.#dashesAt = this.#operands.length;
  }

  #isBehindUnknown(): boolean {
    const before = this.#argv[this.#at - 1];
    return before !== undefined && this.#unknown.at(-1) === before && !before.text.includes('=');
  }

  /**
   * A subcommand, where the innermost command has one of that name and no operand came before it. What stands right behind
   * an option that the grammar lacks is that option's value then: `helm --v 4 uninstall app`.
   */
  #enter(word: Word): boolean {
    const current = this.#levels.at(-1)!;
    if (!word.certain || this.#operands.length > this.#perhapsValues || !current.grammar.subcommands)
      return false;
    const name = subcommandNamed(current.grammar, word.text);
    if (name === undefined) return false;
    this.#subcommand.push(name);
    if (this.#isBehindUnknown()) this.#entered.push(this.#at);
    this.#operands.length = 0;
    this.#perhapsValues = 0;
    const inner = current.grammar.subcommands[name]!;
    this.#levels.push(level(inner, inner.style ?? current.style));
    return true;
  }

  #long(word: Word, typed = word): void {
    const equals = this.#style.equals ? word.text.indexOf('=') : -1;
    const spelling = equals < 0 ? word.text : word.text.slice(0, equals);
    const attached = equals < 0 ? undefined : { ...word, text: word.text.slice(equals + 1) };
    const found = this.#find(spelling);
    if (found) this.#use(found.row, found.negated, attached);
    else this.#unknown.push(typed);
  }

  #short(word: Word): void {
    if (this.#style.singleDash) {
      this.#long({ ...word, text: `-${word.text}` }, word);
      return;
    }
    // A short option of more than one letter (`-NUM`, `-nostdin`) stands in the table as written.
    const whole = this.#row(word.text);
    if (whole && word.text.length > 2) {
      this.#use(whole, false, undefined);
      return;
    }
    for (let i = 1; i < word.text.length; i += 1) {
      const row = this.#row(`-${word.text[i]}`);
      if (!row) {
        this.#unknown.push(i === 1 ? word : { ...word, text: `-${word.text.slice(i)}` });
        return;
      }
      const rest = word.text.slice(i + 1);
      if (row.arity === 'none') {
        this.#use(row, false, undefined);
        if (!this.#style.bundle) return;
        continue;
      }
      const value = rest.startsWith('=') && !this.#style.abbreviate ? rest.slice(1) : rest;
      this.#use(row, false, rest === '' ? undefined : { ...word, text: value });
      return;
    }
  }

  #row(spelling: string): OptionRow | undefined {
    for (let at = this.#levels.length - 1; at >= 0; at -= 1) {
      const row = rowOf(this.#levels[at]!.options, spelling);
      if (row) return row;
    }
    return undefined;
  }

  #find(spelling: string): { row: OptionRow; negated: boolean } | undefined {
    const exact = this.#row(spelling);
    if (exact) return { row: exact, negated: false };
    const positive = spelling.startsWith('--no-') ? this.#row(`--${spelling.slice(5)}`) : undefined;
    if (positive && (this.#style.negate || positive.negatable)) return { row: positive, negated: true };
    if (!this.#style.abbreviate || spelling.length < 3) return undefined;
    const candidates = new Map<string, { row: OptionRow; negated: boolean }>();
    for (const { options } of this.#levels) {
      for (const [name, row] of optionsOf(options)) {
        if (!name.startsWith('--')) continue;
        if (name.startsWith(spelling)) candidates.set(row.name, { row, negated: false });
        else if ((this.#style.negate || row.negatable) && `--no-${name.slice(2)}`.startsWith(spelling))
          candidates.set(`--no-${row.name}`, { row, negated: true });
      }
    }
    return candidates.size === 1 ? [...candidates.values()][0] : undefined;
  }

  #use(row: OptionRow, negated: boolean, attached: Word | undefined): void {
    const at = this.#at;
    if (negated || row.arity === 'none') {
      const off = negated || (this.#style.flagValues && /^(false|0|f|no|none)$/i.test(attached?.text ?? ''));
      this.#options.push({ name: row.name, negated: off, at });
      return;
    }
    if (attached || row.arity === 'optional') {
      this.#options.push({ name: row.name, negated: false, at, ...(attached && { value: attached }) });
      return;
    }
    this.#at += 1;
    const value = this.#argv[this.#at];
    this.#options.push({ name: row.name, negated: false, at, ...(value && { value }) });
  }
}

function level(grammar: CommandGrammar, style: Style): Level {
  return { grammar, style, options: grammar.options ?? '' };
}

/** The canonical name of a subcommand given by name or alias. */
export function subcommandNamed(grammar: CommandGrammar, word: string): string | undefined {
  const subcommands = grammar.subcommands ?? {};
  if (Object.hasOwn(subcommands, word)) return word;
  return Object.keys(subcommands).find(name => subcommands[name]!.aliases?.includes(word));
}

/**
 * The words as they stand where a subcommand is the value of the option in front of it: `kubectl --unknown get delete ns x` as
 * `kubectl --unknown=get delete ns x`. One way for each such subcommand behind `from`.
 */
export function readOtherwise(
  words: readonly Word[],
  { perhapsValues = [] }: Reading,
  from: number,
): readonly { readonly words: readonly Word[]; readonly at: number }[] {
  return perhapsValues
    .filter(at => at >= from)
    .map(at => {
      const [option, value] = [words[at - 1]!, words[at]!];
      const joined = { ...value, text: `${option.text}=${value.text}`, certain: option.certain };
      return { words: [...words.slice(0, at - 1), joined, ...words.slice(at + 1)], at };
    });
}

/** `"$name-old"`: its dash stands behind something, whatever that is. */
function beginsUnknown({ text, holes }: Word): boolean {
  return text.startsWith('-') && holes?.[0] === 0;
}
