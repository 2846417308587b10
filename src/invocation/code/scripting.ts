/**
 * Perl, Ruby and PHP → the calls in them, from tokens: enough of the grammar for calls, strings and assignments.
 * Tolerant: an operator that it does not know leaves the value open. Runs nothing.
 */

import { Bench, type Scope } from './bench.js';
import type { Call } from './deed.js';
import type { Given } from './functions.js';
import type { Piece } from './interpolation.js';
import { scan } from './scan.js';
import { Calls, KEYWORDS, MODIFIERS, type Scripting, textOf } from './scripting-call.js';
import { withoutFunctions } from './scripting-functions.js';
import { withoutLoops } from './scripting-loops.js';
import { closingOf } from './scripting-places.js';
import { scriptingResults } from './scripting-results.js';
import type { FunctionText, Token } from './token.js';
import { concat, textValue, UNKNOWN, type Value } from './value.js';

const CONCAT: Readonly<Record<Scripting, string>> = { perl: '.', php: '.', ruby: '+' };
const ENDS = new Set([',', ')', ']', '}', ';', '=>', ':', '?']);

/** The calls of a program. */
export function scriptingCalls(text: string, language: Scripting, scope: Scope): readonly Call[] {
  const bench = new Bench(scriptingResults[language], scope, language === 'php');
  new Reader(prepared(scan(text, language), language, bench), language, bench).statements();
  bench.finish();
  return bench.calls;
}

/** Functions may be called above the place where they stand: those with a name are defined before anything is read. */
function prepared(tokens: readonly Token[], language: Scripting, bench: Bench): readonly Token[] {
  const rest = withoutFunctions(tokens, language, definition => {
    const { name = '' } = definition;
    bench.define(language === 'php' ? name.toLowerCase() : name, ...reading(definition, language, bench));
  });
  return withoutLoops(rest, language);
}

/** How a function's parameters are bound and its body is read. */
function reading(
  { parameters, body }: FunctionText,
  language: Scripting,
  bench: Bench,
): [number, (given: Given | undefined) => void, () => Value] {
  const bind = (given: Given | undefined) => {
    const args = [
      ...(language === 'perl' && given?.receiver ? [given.receiver] : []),
      ...(given?.args ?? []),
    ];
    if (language === 'perl') bench.set('@_', given ? { items: args, entries: given.named } : UNKNOWN);
    parameters.forEach(({ name, takesRest }, at) => {
      const value = takesRest ? { items: args.slice(at) } : (given?.named.get(name) ?? args[at]);
      bench.set(nameOf(name), (given && value) || { name: '?' });
    });
  };
  let rest: readonly Token[] | undefined;
  const read = () => {
    rest ??= prepared(body, language, bench);
    return new Reader(rest, language, bench).statements();
  };
  // A token is a few characters.
  return [body.length * 4, bind, read];
}

class Reader extends Calls {
  #depth = 0;
  readonly #returned: Value[] = [];

  /** Reads all statements and gives what they return: where nothing says so, the last one's value. */
  statements(): Value {
    let last = UNKNOWN;
    while (this.at < this.tokens.length) {
      const before = this.at;
      const value = this.expression();
      if (this.at === before) this.at += 1;
      else last = value;
    }
    const [value = this.language === 'php' ? UNKNOWN : last, ...others] = this.#returned;
    return others.length === 0 ? value : UNKNOWN;
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
        this.#assign(start, value);
      } else if (token.text === '.=' || (token.text === '+=' && this.language === 'ruby')) {
        value = concat([value, this.expression()]);
        this.#assign(start, value);
      } else if (token.text === '||' || token.text === '//') {
        const other = this.#primary();
        value = value.text ? value : other;
      } else {
        this.#primary();
        value = UNKNOWN;
      }
    }
  }

  /** Variables of Ruby and PHP are the function's own; those of Perl are where `my` says so. */
  #assign(target: Token | undefined, value: Value): void {
    if (target?.kind !== 'variable' && target?.kind !== 'name') return;
    const isShared = this.language === 'perl' || (this.language === 'ruby' && target.kind === 'variable');
    if (isShared) this.bench.set(nameOf(target.text), value);
    else this.bench.declare(nameOf(target.text), value);
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
        return this.postfix(this.bench.get(this.#variable(token.text)));
      case 'function':
        this.at += 1;
        return this.postfix(this.bench.made(...reading(token.of, this.language, this.bench)));
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
      if (text === 'return') this.#returned.push(this.expression());
      return this.language === 'perl' && /^(print|printf|say)$/.test(text) ? this.printed() : UNKNOWN;
    }
    if (text === 'shift' && this.language === 'perl' && this.ownArguments())
      return this.postfix(this.shifted());
    if (this.is('=>')) return textValue(text);
    if (/^(true|false)$/i.test(text)) return { flag: text.toLowerCase() === 'true' };
    let name = text;
    while (this.is('::') && this.tokens[this.at + 1]?.kind === 'name') {
      name += `::${textOf(this.tokens[this.at + 1])}`;
      this.at += 2;
    }
    return this.postfix(
      this.method(this.bench.get(this.language === 'php' ? name.toLowerCase() : name)),
      true,
    );
  }

  /** `$_[0]` is an item of `@_`, the arguments; `$_` alone is not. */
  #variable(text: string): string {
    return this.language === 'perl' && text === '$_' && this.is('[') ? '@_' : nameOf(text);
  }

  #declared(keyword: string): Value {
    if (keyword === 'new') {
      const made = this.#primary();
      return made;
    }
    const list = this.is('(') ? closingOf(this.tokens, this.at) : this.at;
    const names = this.tokens
      .slice(this.at, list + 1)
      .flatMap(token => (token.kind === 'variable' ? [token.text] : []));
    if (names.length === 0) return UNKNOWN;
    this.at = list + 1;
    if (!this.is('=')) return UNKNOWN;
    this.at += 1;
    const value = this.expression();
    names.forEach((name, at) => {
      const takesRest = /^[@%]/.test(name);
      const rest = { ...value, ...(value.items && { items: value.items.slice(at) }) };
      const isWhole = takesRest || (names.length === 1 && this.tokens[list]?.kind === 'variable');
      this.bench.declare(nameOf(name), isWhole ? rest : (value.items?.[at] ?? UNKNOWN));
    });
    return value;
  }
}

/** `@list` and `$list[0]` name the same; so do `%h` and `$h{x}`. */
function nameOf(text: string): string {
  if (text === '@_') return text;
  return text.replace(/^[$@%]+/, '$');
}
