/**
 * Perl, Ruby and PHP → the calls in them, from tokens: enough of the grammar for calls, strings and assignments.
 * Tolerant: an operator that it does not know leaves the value open. Runs nothing.
 */

import { Bench, type Scope } from './bench.js';
import type { Call } from './deed.js';
import { type Piece, type ScannedLanguage, scan, type Token } from './scan.js';
import { scriptingResults } from './scripting-library.js';
import { concat, textValue, UNKNOWN, type Value } from './value.js';

type Scripting = Exclude<ScannedLanguage, 'awk'>;

const CONCAT: Readonly<Record<Scripting, string>> = { perl: '.', php: '.', ruby: '+' };
const ENDS = new Set([',', ')', ']', '}', ';', '=>', ':', '?']);
const KEYWORDS = new Set(
  'if unless while until for foreach and or not do then else elsif end return my our local use require def sub function new print puts echo say p pp begin rescue ensure class module package'.split(
    ' ',
  ),
);
/** Keywords after which an expression or a statement follows; they are no calls. */
const MODIFIERS = new Set('if unless while until for foreach and or do then rescue end'.split(' '));

/** The calls of a program. */
export function scriptingCalls(text: string, language: Scripting, scope: Scope): readonly Call[] {
  const bench = new Bench(scriptingResults[language], scope, language === 'php');
  new Reader(scan(text, language), language, bench).statements();
  return bench.calls;
}

class Reader {
  readonly #tokens: readonly Token[];
  readonly #language: Scripting;
  readonly #bench: Bench;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], language: Scripting, bench: Bench) {
    this.#tokens = tokens;
    this.#language = language;
    this.#bench = bench;
  }

  statements(): void {
    while (this.#at < this.#tokens.length) {
      const before = this.#at;
      this.#expression();
      if (this.#at === before) this.#at += 1;
    }
  }

  #is(text: string, ahead = 0): boolean {
    const token = this.#tokens[this.#at + ahead];
    return token?.kind === 'operator' && token.text === text;
  }

  #expression(): Value {
    this.#depth += 1;
    if (this.#depth > 200) {
      this.#at += 1;
      this.#depth -= 1;
      return UNKNOWN;
    }
    const value = this.#operands();
    this.#depth -= 1;
    return value;
  }

  #operands(): Value {
    const start = this.#tokens[this.#at];
    let value = this.#primary();
    for (;;) {
      const token = this.#tokens[this.#at];
      if (!token || token.kind === 'line') return value;
      if (token.kind === 'name' && MODIFIERS.has(token.text)) return value;
      if (token.kind !== 'operator') {
        // Two values side by side: Ruby joins string literals; else a new statement begins.
        return value;
      }
      if (ENDS.has(token.text)) return value;
      this.#at += 1;
      this.#lines();
      if (token.text === CONCAT[this.#language]) value = concat([value, this.#primary()]);
      else if (token.text === '=' || token.text === '||=') {
        value = this.#expression();
        if (start?.kind === 'variable' || start?.kind === 'name') this.#bench.set(nameOf(start.text), value);
      } else if (token.text === '.=' || (token.text === '+=' && this.#language === 'ruby')) {
        value = concat([value, this.#expression()]);
        if (start?.kind === 'variable' || start?.kind === 'name') this.#bench.set(nameOf(start.text), value);
      } else if (token.text === '||' || token.text === '//') {
        const other = this.#primary();
        value = value.text ? value : other;
      } else {
        this.#primary();
        value = UNKNOWN;
      }
    }
  }

  #lines(): void {
    while (this.#tokens[this.#at]?.kind === 'line') this.#at += 1;
  }

  #primary(): Value {
    const token = this.#tokens[this.#at];
    if (!token) return UNKNOWN;
    switch (token.kind) {
      case 'line':
        return UNKNOWN;
      case 'string':
        this.#at += 1;
        return this.#postfix(this.#string(token.pieces));
      case 'words':
        this.#at += 1;
        return this.#postfix({
          items: token.pieces.flatMap(piece =>
            'text' in piece ? piece.text.trim().split(/\s+/).map(textValue) : [UNKNOWN],
          ),
        });
      case 'command':
        this.#at += 1;
        return this.#postfix(this.#bench.call({ name: 'system' }, [this.#string(token.pieces)], new Map()));
      case 'number':
        this.#at += 1;
        return token.text === '' ? UNKNOWN : textValue(token.text);
      case 'variable':
        this.#at += 1;
        return this.#postfix(this.#bench.get(nameOf(token.text)));
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
        return new Reader(scan(piece.code, this.#language), this.#language, this.#bench).#expression();
      }),
    );
  }

  #bracket(text: string): Value {
    if (text === '(' || text === '[' || text === '{') {
      this.#at += 1;
      const { args, named } = this.#list(text === '(' ? ')' : text === '[' ? ']' : '}');
      const only = text === '(' && args.length === 1 ? args[0]! : undefined;
      return this.#postfix(only ?? { items: args, ...(named.size > 0 && { entries: named }) });
    }
    if (ENDS.has(text)) return UNKNOWN;
    this.#at += 1;
    // `!x`, `-x`, `\@list`, `@`: the value behind it, as far as it is one.
    return text === '\\' || text === '&' || text === '@' || text === '*'
      ? this.#primary()
      : (this.#primary(), UNKNOWN);
  }

  #name(text: string): Value {
    this.#at += 1;
    if (KEYWORDS.has(text)) {
      if (text === 'new' || text === 'my' || text === 'our' || text === 'local') return this.#declared(text);
      return UNKNOWN;
    }
    if (this.#is('=>')) return textValue(text);
    if (/^(true|false)$/i.test(text)) return { flag: text.toLowerCase() === 'true' };
    let name = text;
    while (this.#is('::') && this.#tokens[this.#at + 1]?.kind === 'name') {
      name += `::${textOf(this.#tokens[this.#at + 1])}`;
      this.#at += 2;
    }
    const bound =
      this.#language === 'ruby'
        ? this.#bench.get(name)
        : { name: this.#language === 'php' ? name.toLowerCase() : name };
    return this.#postfix(bound, true);
  }

  #declared(keyword: string): Value {
    if (keyword === 'new') {
      const made = this.#primary();
      return made;
    }
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'variable') return UNKNOWN;
    this.#at += 1;
    if (!this.#is('=')) return UNKNOWN;
    this.#at += 1;
    const value = this.#expression();
    this.#bench.set(nameOf(token.text), value);
    return value;
  }

  /** Calls and members behind a value: `(…)`, `->name(…)`, `.name …`, `[…]`. */
  #postfix(start: Value, isName = false): Value {
    let value = start;
    let callable = isName;
    let receiver: Value | undefined;
    for (;;) {
      if (callable && this.#is('(')) {
        this.#at += 1;
        const { args, named } = this.#list(')');
        value = this.#bench.call(value, args, named, receiver);
        callable = false;
        continue;
      }
      const isMember =
        (this.#is('->') || (this.#is('.') && this.#language === 'ruby')) &&
        this.#tokens[this.#at + 1]?.kind === 'name';
      if (isMember) {
        if (callable && receiver) value = this.#bench.call(value, [], new Map(), receiver);
        receiver = value;
        value = this.#bench.member(value, textOf(this.#tokens[this.#at + 1]));
        this.#at += 2;
        callable = true;
        continue;
      }
      if (!callable && (this.#is('[') || this.#is('->'))) {
        this.#at += 1;
        if (this.#is('[') || this.#is('{')) this.#at += 1;
        if (this.#tokens[this.#at - 1]?.kind !== 'operator') return UNKNOWN;
        const close = this.#is('[', -1) ? ']' : '}';
        const { args } = this.#list(close);
        const key = args[0]?.text;
        value = this.#bench.member(value, key?.certain ? key.text : undefined);
        continue;
      }
      break;
    }
    if (!callable) return value;
    if (this.#startsArgument()) {
      const { args, named } = this.#list(undefined);
      return this.#bench.call(value, args, named, receiver);
    }
    return receiver ? this.#bench.call(value, [], new Map(), receiver) : value;
  }

  /** `unlink $x`, `system "rm"`: a call without parentheses. */
  #startsArgument(): boolean {
    const token = this.#tokens[this.#at];
    if (!token || this.#language === 'php') return false;
    if (token.kind === 'string' || token.kind === 'variable' || token.kind === 'words') return true;
    if (token.kind === 'name') return !KEYWORDS.has(token.text) || token.text === 'my';
    return token.kind === 'operator' && token.text === '[' && this.#language === 'ruby';
  }

  /** Values between commas, up to the closing bracket or the end of the statement. */
  #list(close: string | undefined): {
    readonly args: readonly Value[];
    readonly named: ReadonlyMap<string, Value>;
  } {
    const args: Value[] = [];
    const named = new Map<string, Value>();
    while (this.#at < this.#tokens.length) {
      const token = this.#tokens[this.#at]!;
      if (close !== undefined && this.#is(close)) {
        this.#at += 1;
        break;
      }
      if (close === undefined && (token.kind === 'line' || this.#is(';') || this.#is('}') || this.#is(')')))
        break;
      if (close === undefined && token.kind === 'name' && MODIFIERS.has(token.text)) break;
      const before = this.#at;
      // `key: value` of Ruby.
      if (token.kind === 'name' && this.#is(':', 1)) {
        this.#at += 2;
        named.set(token.text, this.#expression());
      } else if (!this.#is(',') && token.kind !== 'line') {
        const value = this.#expression();
        if (this.#is('=>')) {
          this.#at += 1;
          const entry = this.#expression();
          named.set(value.text?.text ?? '', entry);
          args.push(value, entry);
        } else
          args.push(
            ...(value.items && close === undefined && this.#language === 'perl' ? value.items : [value]),
          );
      }
      if (this.#is(',')) {
        this.#at += 1;
        this.#lines();
      } else if (this.#at === before) this.#at += 1;
    }
    return { args, named };
  }
}

/** `@list` and `$list[0]` name the same; so do `%h` and `$h{x}`. */
function nameOf(text: string): string {
  return text.replace(/^[$@%]+/, '$');
}

function textOf(token: Token | undefined): string {
  return token && 'text' in token ? token.text : '';
}
