/**
 * SQL of the other dialects as tokens: words, names in quotes, strings, symbols; comments left out, MySQL's executable
 * comments read as the code they are. Cuts a text into statements. Knows no statement's meaning.
 */

import { Batch } from './batch.js';

/** The dialects that are read here; PostgreSQL and what follows it has its own parser. */
export type OtherDialect = 'mysql' | 'sqlite' | 'duckdb' | 'clickhouse' | 'mssql' | 'generic';

export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'symbol';
  /** A word in lower case, a name or string without its quotes. */
  readonly text: string;
  /** As written, a word's case kept. */
  readonly raw: string;
}

/** One statement: its tokens, and its text with executable comments opened. */
export interface Piece {
  readonly tokens: readonly Token[];
  readonly source: string;
  /** Where its first token stands in the text. */
  readonly at: number;
}

/** Longest text that is read, in UTF-16 units. */
const TEXT_LIMIT = 1_000_000;

/** The statements of a text, or why it cannot be read. */
export function splitStatements(
  text: string,
  dialect: OtherDialect,
): { readonly pieces: readonly Piece[] } | { readonly fault: string } {
  if (text.length > TEXT_LIMIT) return { fault: 'it is too long to be read' };
  if (text.includes('\0')) return { fault: 'it holds a NUL character' };
  return { pieces: new Splitter(text, dialect).split() };
}

class Splitter {
  readonly #text: string;
  readonly #dialect: OtherDialect;
  readonly #pieces: Piece[] = [];
  #tokens: Token[] = [];
  #source = '';
  #delimiter = ';';
  #at = 0;
  #start = 0;
  readonly #batch: Batch | undefined;
  /** Inside `/*!50000 … *​/`. */
  #executable = false;

  constructor(text: string, dialect: OtherDialect) {
    this.#text = text;
    this.#dialect = dialect;
    this.#batch = dialect === 'mssql' ? new Batch() : undefined;
  }

  split(): readonly Piece[] {
    while (this.#at < this.#text.length) this.#step();
    this.#end();
    return this.#pieces;
  }

  #step(): void {
    const rest = this.#text.slice(this.#at, this.#at + 64);
    if (this.#lineCommand(rest)) return;
    if (rest.startsWith(this.#delimiter)) {
      this.#at += this.#delimiter.length;
      this.#end();
      return;
    }
    if (this.#dialect === 'mysql' && /^\\g/i.test(rest)) {
      this.#at += 2;
      this.#end();
      return;
    }
    if (this.#comment(rest)) return;
    const character = rest[0]!;
    // DuckDB's, and Snowflake's among the others.
    const dollar = /^(duckdb|generic)$/.test(this.#dialect) ? /^\$\w*\$/.exec(rest)?.[0] : undefined;
    if (`'"\``.includes(character) || (character === '[' && this.#bracketsQuote())) this.#quoted(character);
    else if (dollar) this.#dollar(dollar);
    else this.#plain(character, rest);
  }

  /** A word, a number, a blank or one symbol. */
  #plain(character: string, rest: string): void {
    const word = /^[\p{L}_@#][\p{L}\p{N}_$@#]*/u.exec(this.#text.slice(this.#at, this.#at + 256))?.[0];
    const number = /^(?:0x[0-9a-f]+|\d+(?:\.\d*)?(?:e[+-]?\d+)?)/i.exec(rest)?.[0];
    if (/\s/.test(character)) this.#take(1, undefined);
    else if (word) this.#word(word, rest);
    else if (number) this.#take(number.length, { kind: 'number', text: number, raw: number });
    else this.#take(1, { kind: 'symbol', text: character, raw: character });
  }

  #word(word: string, rest: string): void {
    const text = word.toLowerCase();
    if (this.#batch?.begins(text, this.#tokens, rest)) this.#end();
    this.#take(word.length, { kind: 'word', text, raw: word });
  }

  #take(length: number, token: Token | undefined): void {
    if (token) this.#batch?.see(token);
    if (token && this.#tokens.length === 0) this.#start = this.#at;
    this.#source += this.#text.slice(this.#at, this.#at + length);
    this.#at += length;
    if (token) this.#tokens.push(token);
  }

  #end(): void {
    if (this.#isOpenTrigger()) {
      this.#source += ';';
      return;
    }
    if (this.#tokens.length > 0) {
      this.#pieces.push({ tokens: this.#tokens, source: this.#source.trim(), at: this.#start });
    }
    this.#tokens = [];
    this.#source = '';
    this.#batch?.end();
  }

  /** The body of SQLite's `CREATE TRIGGER … BEGIN …; END` belongs to its statement. */
  #isOpenTrigger(): boolean {
    if (this.#dialect !== 'sqlite' || this.#at >= this.#text.length) return false;
    const words = this.#tokens.slice(0, 3).map(token => token.text);
    return words[0] === 'create' && words.includes('trigger') && this.#tokens.at(-1)?.text !== 'end';
  }

  /** `DELIMITER //` of mysql and `GO` of sqlcmd are the client's, each on a line of its own. */
  #lineCommand(rest: string): boolean {
    if (this.#at > 0 && this.#text[this.#at - 1] !== '\n') return false;
    const found =
      this.#dialect === 'mysql'
        ? /^[ \t]*delimiter[ \t]+(\S+)[^\n]*(?:\n|$)/i.exec(rest)
        : this.#dialect === 'mssql'
          ? /^[ \t]*go[ \t]*\d*[ \t]*(?:\r?\n|$)/i.exec(rest)
          : null;
    if (!found) return false;
    this.#end();
    if (found[1]) this.#delimiter = found[1];
    this.#at += found[0].length;
    return true;
  }

  #comment(rest: string): boolean {
    if (this.#executable && rest.startsWith('*/')) {
      this.#executable = false;
      this.#skip(2);
      return true;
    }
    const opening = this.#dialect === 'mysql' ? /^\/\*M?!\d*/.exec(rest)?.[0] : undefined;
    if (opening) {
      this.#executable = true;
      this.#skip(opening.length);
      return true;
    }
    if (rest.startsWith('/*')) {
      const end = this.#text.indexOf('*/', this.#at + 2);
      this.#skip((end < 0 ? this.#text.length : end + 2) - this.#at);
      return true;
    }
    // MySQL wants a blank after `--`; elsewhere none is needed.
    const dashes = this.#dialect === 'mysql' ? /^--(?=\s|$)/.test(rest) : rest.startsWith('--');
    if (!dashes && !(this.#dialect === 'mysql' && rest.startsWith('#'))) return false;
    const end = this.#text.indexOf('\n', this.#at);
    this.#skip((end < 0 ? this.#text.length : end) - this.#at);
    return true;
  }

  #skip(length: number): void {
    this.#source += ' ';
    this.#at += length;
  }

  #bracketsQuote(): boolean {
    return this.#dialect === 'mssql' || this.#dialect === 'sqlite';
  }

  #quoted(open: string): void {
    const close = open === '[' ? ']' : open;
    const escapes = this.#dialect === 'mysql' || this.#dialect === 'clickhouse';
    let text = '';
    let end = this.#at + 1;
    for (; end < this.#text.length; end += 1) {
      const character = this.#text[end]!;
      if (escapes && character === '\\' && open !== '`') {
        text += this.#text[end + 1] ?? '';
        end += 1;
      } else if (character === close && this.#text[end + 1] === close && open !== '[') {
        text += character;
        end += 1;
      } else if (character === close) break;
      else text += character;
    }
    // MySQL's double quotes hold strings, elsewhere names.
    const kind = open === "'" || (open === '"' && this.#dialect === 'mysql') ? 'string' : 'name';
    this.#take(end + 1 - this.#at, { kind, text, raw: text });
  }

  #dollar(tag: string): void {
    const close = this.#text.indexOf(tag, this.#at + tag.length);
    const end = close < 0 ? this.#text.length : close;
    const text = this.#text.slice(this.#at + tag.length, end);
    this.#take(Math.min(end + tag.length, this.#text.length) - this.#at, { kind: 'string', text, raw: text });
  }
}
