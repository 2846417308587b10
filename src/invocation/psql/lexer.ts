/**
 * Splits psql input as psql's own scanner does (psqlscan.l, PostgreSQL 15 and 18): into query strings, which end at
 * `;` outside quotes, parentheses and function bodies, and backslash commands. Knows no SQL beyond that.
 */

import type { Word } from '../../shell/command.js';
import { readArgument } from './argument.js';
import * as token from './tokens.js';
import { asIdentifier, asLiteral, type Variables } from './variables.js';

/** What the scanner found next. After `command` the buffer still holds the query typed so far. */
export type Lexeme =
  | { readonly kind: 'query'; readonly text: Word }
  | { readonly kind: 'command'; readonly name: string }
  | { readonly kind: 'end'; readonly text: Word };

const MAX_REPLACEMENTS = 1_000;
export class Lexer {
  #text: string;
  #at = 0;
  readonly #variables: Variables;
  #replacements = 0;
  #buffer = '';
  #certain = true;
  #parentheses = 0;
  /** Nesting of BEGIN … END in an SQL-standard function body, where `;` does not end the statement. */
  #blocks = 0;
  /** Identifiers of the statement outside parentheses, lower case; `;` for a `\;`. */
  #words: string[] = [];
  #identifiers: string[] = [];
  /** False after `SET standard_conforming_strings = off`: backslashes then escape in plain strings. */
  #standardStrings = true;

  constructor(text: string, variables: Variables) {
    this.#text = text;
    this.#variables = variables;
  }

  next(): Lexeme {
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at]!;
      if (character === ';' && this.#parentheses === 0 && this.#blocks === 0) {
        this.#keep(1);
        const isData = token.readsData(this.#words);
        const text = this.takeBuffer();
        if (isData) this.skipData();
        return { kind: 'query', text };
      }
      if (character === '\\') {
        const following = this.#text[this.#at + 1];
        if (following !== ';' && following !== ':') return this.#command();
        this.#at += 1;
        this.#keep(1);
        if (following === ';') {
          this.#words.push(';');
          this.#identifiers = [];
        }
        continue;
      }
      this.#token(character);
    }
    return { kind: 'end', text: this.takeBuffer() };
  }

  /** The query typed so far; the buffer is empty afterwards. */
  takeBuffer(): Word {
    // Guard's SQL parser reads strings the standard way only.
    const isStandard = this.#standardStrings || !this.#buffer.includes('\\');
    const text = { text: this.#buffer, certain: this.#certain && isStandard };
    this.#noteSetting();
    this.#buffer = '';
    this.#certain = true;
    this.#parentheses = 0;
    this.#blocks = 0;
    this.#words = [];
    this.#identifiers = [];
    return text;
  }

  /** Would the query typed so far read rows from the lines that follow it (`COPY … FROM stdin`)? */
  get readsData(): boolean {
    return token.readsData(this.#words);
  }

  /** Drops the rows of a COPY: from the next line up to `\.`. */
  skipData(): void {
    const lineEnd = this.#text.indexOf('\n', this.#at);
    if (lineEnd < 0) return;
    const end = /^\\\.\r?$/m;
    const rest = this.#text.slice(lineEnd + 1);
    const marker = end.exec(rest);
    const after = marker ? rest.slice(marker.index + marker[0].length + 1) : '';
    this.#text = this.#text.slice(this.#at, lineEnd + 1) + after;
    this.#at = 0;
  }

  /** The next argument of a backslash command on this line. See `argument.ts`. */
  argument(how: 'normal' | 'pipe' | 'line') {
    const lineEnd = this.#text.indexOf('\n', this.#at);
    const line = this.#text.slice(this.#at, lineEnd < 0 ? undefined : lineEnd);
    const { used, argument } = readArgument(line, how, this.#variables);
    this.#at += used;
    return argument;
  }

  /** After a command's arguments: `\\` only separates. */
  endCommand(): void {
    const separator = /[ \t\r\f\v]*\\\\/y;
    separator.lastIndex = this.#at;
    if (separator.test(this.#text)) this.#at = separator.lastIndex;
  }

  #command(): Lexeme {
    this.#at += 1;
    token.COMMAND_NAME.lastIndex = this.#at;
    const name = token.COMMAND_NAME.exec(this.#text)?.[0] ?? '';
    this.#at += name.length;
    return { kind: 'command', name };
  }

  #token(character: string): void {
    if (this.#match(token.BLANK_OR_OPERATOR)) return;
    if (this.#match(token.ESCAPE_STRING)) return;
    if (!this.#standardStrings && this.#match(token.BACKSLASH_STRING)) return;
    if (this.#match(token.PLAIN_STRING) || this.#match(token.QUOTED_IDENTIFIER)) return;
    const word = this.#match(token.IDENTIFIER);
    if (word) this.#identifier(word.toLowerCase());
    else if (this.#match(token.NUMBER)) return;
    else if (character === '-') this.#dash();
    else if (character === '/') this.#slash();
    else if (character === '$') this.#dollar();
    else if (character === ':') this.#colon();
    else {
      if (character === '(') this.#parentheses += 1;
      if (character === ')' && this.#parentheses > 0) this.#parentheses -= 1;
      this.#keep(1);
    }
  }

  #identifier(word: string): void {
    if (this.#parentheses === 0) this.#words.push(word);
    if (this.#identifiers.length < 4) this.#identifiers.push(word);
    if (this.#parentheses > 0 || !token.isFunction(this.#identifiers)) return;
    if (word === 'begin') this.#blocks += 1;
    else if (word === 'case' && this.#blocks > 0) this.#blocks += 1;
    else if (word === 'end' && this.#blocks > 0) this.#blocks -= 1;
  }

  #dash(): void {
    if (this.#text[this.#at + 1] !== '-') {
      this.#keep(1);
      return;
    }
    const lineEnd = this.#text.indexOf('\n', this.#at);
    this.#keep(lineEnd < 0 ? this.#text.length : lineEnd - this.#at);
  }

  /** Comments nest. */
  #slash(): void {
    if (this.#text[this.#at + 1] !== '*') {
      this.#keep(1);
      return;
    }
    const mark = /\/\*|\*\//g;
    mark.lastIndex = this.#at;
    let depth = 0;
    for (let found = mark.exec(this.#text); found; found = mark.exec(this.#text)) {
      depth += found[0] === '/*' ? 1 : -1;
      if (depth === 0) {
        this.#keep(mark.lastIndex - this.#at);
        return;
      }
    }
    this.#keep(this.#text.length);
  }

  #dollar(): void {
    token.DOLLAR_QUOTE.lastIndex = this.#at;
    const tag = token.DOLLAR_QUOTE.exec(this.#text)?.[0];
    if (tag === undefined) {
      this.#keep(1);
      return;
    }
    const end = this.#text.indexOf(tag, this.#at + tag.length);
    this.#keep(end < 0 ? this.#text.length : end + tag.length - this.#at);
  }

  #colon(): void {
    const following = this.#text[this.#at + 1];
    if (following === ':' || following === '=') {
      this.#keep(2);
      return;
    }
    token.VARIABLE.lastIndex = this.#at;
    const found = token.VARIABLE.exec(this.#text);
    if (!found) {
      this.#keep(1);
      return;
    }
    const [whole, literal, identifier, tested, raw] = found;
    const value = this.#variables.get((literal ?? identifier ?? tested ?? raw)!);
    if (tested !== undefined) {
      this.#at += whole.length;
      this.#buffer += value ? 'TRUE' : 'FALSE';
    } else if (value === undefined) this.#keep(whole.length);
    else if (raw !== undefined) this.#replace(whole.length, value);
    else {
      this.#at += whole.length;
      this.#buffer += (literal === undefined ? asIdentifier(value) : asLiteral(value)).text;
    }
  }

  /** A plain `:name`: its value is scanned like typed text. */
  #replace(length: number, value: Word): void {
    if (value.certain && /^\w*$/.test(value.text)) {
      // One word, or none: nothing in it needs to be scanned.
      this.#at += length;
      this.#buffer += value.text;
      if (/^\D/.test(value.text)) this.#identifier(value.text.toLowerCase());
      return;
    }
    this.#replacements += 1;
    if (!value.certain || this.#replacements > MAX_REPLACEMENTS) {
      this.#at += length;
      this.#certain = false;
      return;
    }
    this.#text = value.text + this.#text.slice(this.#at + length);
    this.#at = 0;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#keep(found.length);
    return found;
  }

  #keep(length: number): void {
    this.#buffer += this.#text.slice(this.#at, this.#at + length);
    this.#at += length;
  }

  #noteSetting(): void {
    if (!this.#words.includes('standard_conforming_strings') || this.#words[0] !== 'set') return;
    this.#standardStrings = !/(?:=|\bto\b)\s*'?(?:off|of|fa|no|n\b|f\b|0)/i.test(this.#buffer);
  }
}
