/**
 * Perl, Ruby and PHP → the calls in them, from tokens: enough of the grammar for calls, strings and assignments.
 * Tolerant: an operator that it does not know leaves the value open. Runs nothing.
 */

import { Bench, type Scope } from './bench.js';
import type { Call } from './deed.js';
import type { Piece } from './interpolation.js';
import { scan } from './scan.js';
import { Calls, KEYWORDS, MODIFIERS, type Scripting, textOf } from './scripting-call.js';
import { scriptingResults } from './scripting-library.js';
import { withoutLoops } from './scripting-loops.js';
import { concat, textValue, UNKNOWN, type Value } from './value.js';

const CONCAT: Readonly<Record<Scripting, string>> = { perl: '.', php: '.', ruby: '+' };
const ENDS = new Set([',', ')', ']', '}', ';', '=>', ':', '?']);
/** The calls of a program. */
export function scriptingCalls(text: string, language: Scripting, scope: Scope): readonly Call[] {
  const bench = new Bench(scriptingResults[language], scope, language === 'php');
  new Reader(withoutLoops(scan(text, language), language), language, bench).statements();
  return bench.calls;
}

class Reader extends Calls {
  #depth = 0;

  statements(): void {
    while (this.at < this.tokens.length) {
      const before = this.at;
      this.expression();
      if (this.at === before) this.at += 1;
    }
  }

  protected expression(): Value {
    this.#depth += 1;
    if (this.#depth > 200) {
      this.at += 1;
      this.#depth -= 1;
      return UNKNOWN;
    }
    const value = this.#operands();
    this.#depth -= 1;
    return value;
  }

  #operands(): Value {
    const start = this.tokens[this.at];
    let value = this.#primary();
    for (;;) {
      const token = this.tokens[this.at];
      if (!token || token.kind === 'line') return value;
      if (token.kind === 'name' && MODIFIERS.has(token.text)) return value;
      if (token.kind !== 'operator') {
        // Two values side by side: Ruby joins string literals; else a new statement begins.
        return value;
      }
      if (ENDS.has(token.text)) return value;
      this.at += 1;
      this.lines();
      if (token.text === CONCAT[this.language]) value = concat([value, this.#primary()]);
      else if (token.text === '=' || token.text === '||=') {
        value = this.expression();
        if (start?.kind === 'variable' || start?.kind === 'name') this.bench.set(nameOf(start.text), value);
      } else if (token.text === '.=' || (token.text === '+=' && this.language === 'ruby')) {
        value = concat([value, this.expression()]);
        if (start?.kind === 'variable' || start?.kind === 'name') this.bench.set(nameOf(start.text), value);
      } else if (token.text === '||' || token.text === '//') {
        const other = this.#primary();
        value = value.text ? value : other;
      } else {
        this.#primary();
        value = UNKNOWN;
      }
    }
  }

  #primary(): Value {
    const token = this.tokens[this.at];
    if (!token) return UNKNOWN;
    switch (token.kind) {
      case 'line':
        return UNKNOWN;
      case 'string':
        this.at += 1;
        return this.postfix(this.#string(token.pieces));
      case 'words':
        this.at += 1;
        return this.postfix({
          items: token.pieces.flatMap(piece =>
            'text' in piece ? piece.text.trim().split(/\s+/).map(textValue) : [UNKNOWN],
          ),
        });
      case 'command':
        this.at += 1;
        return this.postfix(this.bench.call({ name: 'system' }, [this.#string(token.pieces)], new Map()));
      case 'number':
        this.at += 1;
        return token.text === '' ? UNKNOWN : textValue(token.text);
      case 'variable':
        this.at += 1;
        return this.postfix(this.bench.get(nameOf(token.text)));
      case 'name':
        return this.#name(token.text);
      case 'operator':
        return this.#bracket(token.text);
    }
  }

  #string(pieces: readonly Piece[]): Value {
    return concat(
      pieces.map(piece => {
        if ('text' in piece) return textValue(piece.text);
        return new Reader(scan(piece.code, this.language), this.language, this.bench).expression();
      }),
    );
  }

  #bracket(text: string): Value {
    if (text === '(' || text === '[' || text === '{') {
      this.at += 1;
      const { args, named } = this.list(text === '(' ? ')' : text === '[' ? ']' : '}');
      const only = text === '(' && args.length === 1 ? args[0]! : undefined;
      return this.postfix(only ?? { items: args, ...(named.size > 0 && { entries: named }) });
    }
    if (ENDS.has(text)) return UNKNOWN;
    this.at += 1;
    // `!x`, `-x`, `\@list`, `@`: the value behind it, as far as it is one.
    const value = this.#primary();
    if (text === '-' && value.text?.certain && /^\d+$/.test(value.text.text))
      return textValue(`-${value.text.text}`);
    return ['\\', '&', '@', '*'].includes(text) ? value : UNKNOWN;
  }

  #name(text: string): Value {
    this.at += 1;
    if (KEYWORDS.has(text)) {
      if (text === 'new' || text === 'my' || text === 'our' || text === 'local') return this.#declared(text);
      return UNKNOWN;
    }
    if (this.is('=>')) return textValue(text);
    if (/^(true|false)$/i.test(text)) return { flag: text.toLowerCase() === 'true' };
    let name = text;
    while (this.is('::') && this.tokens[this.at + 1]?.kind === 'name') {
      name += `::${textOf(this.tokens[this.at + 1])}`;
      this.at += 2;
    }
    const bound =
      this.language === 'ruby'
        ? this.bench.get(name)
        : { name: this.language === 'php' ? name.toLowerCase() : name };
    return this.postfix(bound, true);
  }

  #declared(keyword: string): Value {
    if (keyword === 'new') {
      const made = this.#primary();
      return made;
    }
    const token = this.tokens[this.at];
    if (token?.kind !== 'variable') return UNKNOWN;
    this.at += 1;
    if (!this.is('=')) return UNKNOWN;
    this.at += 1;
    const value = this.expression();
    this.bench.set(nameOf(token.text), value);
    return value;
  }
}

/** `@list` and `$list[0]` name the same; so do `%h` and `$h{x}`. */
function nameOf(text: string): string {
  return text.replace(/^[$@%]+/, '$');
}
