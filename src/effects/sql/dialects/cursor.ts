/** A place in a statement's tokens, moved by what is expected there. Knows no statement. */

import type { Token } from './tokens.js';

export class Cursor {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  next(): Token | undefined {
    this.#at += 1;
    return this.#tokens[this.#at - 1];
  }

  /** The next token where it is one of these words, in lower case. */
  take(...words: readonly string[]): Token | undefined {
    const token = this.peek();
    return token?.kind === 'word' && words.includes(token.text) ? this.next() : undefined;
  }

  isAt(symbol: string): boolean {
    return this.peek()?.kind === 'symbol' && this.peek()?.text === symbol;
  }

  takeSymbol(symbol: string): boolean {
    if (!this.isAt(symbol)) return false;
    this.#at += 1;
    return true;
  }

  /** `IF EXISTS`, `IF NOT EXISTS`. */
  takeIfExists(): boolean {
    if (!this.take('if')) return false;
    this.take('not');
    this.take('exists');
    return true;
  }

  /** A name with its schema: `a.b`, `"a"."b"`, `'u'@'host'`; empty where none stands here. */
  name(): string {
    const parts: string[] = [];
    do {
      const token = this.peek();
      if (!token || token.kind === 'symbol' || token.kind === 'number') break;
      parts.push(token.kind === 'word' ? token.raw : token.text);
      this.#at += 1;
    } while (this.takeSymbol('.'));
    const host = this.peek();
    if (host?.kind === 'word' && host.text === '@') {
      this.#at += 2;
      return `${parts.join('.')}@${this.#tokens[this.#at - 1]?.text ?? ''}`;
    }
    return parts.join('.');
  }

  /** Names with commas between them. */
  names(): readonly string[] {
    const names = [this.name()];
    while (this.takeSymbol(',')) names.push(this.name());
    return names;
  }

  /** What follows, with blanks between. */
  rest(): string {
    return this.#tokens
      .slice(this.#at)
      .map(token => token.raw)
      .join(' ');
  }

  /** What follows, cut at commas outside of parentheses. */
  clauses(): readonly (readonly Token[])[] {
    const clauses: Token[][] = [[]];
    let depth = 0;
    for (const token of this.#tokens.slice(this.#at)) {
      const symbol = token.kind === 'symbol' ? token.text : '';
      if (symbol === '(') depth += 1;
      if (symbol === ')') depth -= 1;
      if (symbol === ',' && depth === 0) clauses.push([]);
      else clauses.at(-1)!.push(token);
    }
    return clauses;
  }
}
