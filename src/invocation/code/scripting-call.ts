/** Calls and members of Perl, Ruby and PHP, read from tokens: with parentheses, without, chained. Runs nothing. */

import type { Bench } from './bench.js';
import type { ScannedLanguage } from './interpolation.js';
import type { Token } from './scan.js';
import { UNKNOWN, type Value } from './value.js';

export type Scripting = Exclude<ScannedLanguage, 'awk'>;

export const KEYWORDS = new Set(
  'if unless while until for foreach and or not do then else elsif end return my our local use require def sub function new print puts echo say p pp begin rescue ensure class module package'.split(
    ' ',
  ),
);
/** Keywords after which an expression or a statement follows; they are no calls. */
export const MODIFIERS = new Set('if unless while until for foreach and or do then rescue end'.split(' '));

export abstract class Calls {
  protected readonly tokens: readonly Token[];
  protected readonly language: Scripting;
  protected readonly bench: Bench;
  protected at = 0;

  constructor(tokens: readonly Token[], language: Scripting, bench: Bench) {
    this.tokens = tokens;
    this.language = language;
    this.bench = bench;
  }

  /** The value of the expression that begins here; the position moves behind it. */
  protected abstract expression(): Value;

  protected is(text: string, ahead = 0): boolean {
    const token = this.tokens[this.at + ahead];
    return token?.kind === 'operator' && token.text === text;
  }

  protected lines(): void {
    while (this.tokens[this.at]?.kind === 'line') this.at += 1;
  }

  /** Calls and members behind a value: `(…)`, `->name(…)`, `.name …`, `[…]`. */
  protected postfix(start: Value, isName = false): Value {
    let value = start;
    let callable = isName;
    let receiver: Value | undefined;
    for (;;) {
      if (callable && this.is('(')) {
        this.at += 1;
        const { args, named } = this.list(')');
        value = this.bench.call(value, args, named, receiver);
        callable = false;
        continue;
      }
      const isMember =
        (this.is('->') || (this.is('.') && this.language === 'ruby')) &&
        this.tokens[this.at + 1]?.kind === 'name';
      if (isMember) {
        if (callable && receiver) value = this.bench.call(value, [], new Map(), receiver);
        receiver = value;
        value = this.bench.member(value, textOf(this.tokens[this.at + 1]));
        this.at += 2;
        callable = true;
        continue;
      }
      if (!callable && (this.is('[') || this.is('->'))) {
        this.at += 1;
        if (this.is('[') || this.is('{')) this.at += 1;
        if (this.tokens[this.at - 1]?.kind !== 'operator') return UNKNOWN;
        const close = this.is('[', -1) ? ']' : '}';
        const { args } = this.list(close);
        const key = args[0]?.text;
        value = this.bench.member(value, key?.certain ? key.text : undefined);
        continue;
      }
      break;
    }
    if (!callable) return value;
    if (this.#startsArgument()) {
      const { args, named } = this.list(undefined);
      return this.bench.call(value, args, named, receiver);
    }
    return receiver ? this.bench.call(value, [], new Map(), receiver) : value;
  }

  /** `unlink $x`, `system "rm"`: a call without parentheses. */
  #startsArgument(): boolean {
    const token = this.tokens[this.at];
    if (!token || this.language === 'php') return false;
    if (token.kind === 'string' || token.kind === 'variable' || token.kind === 'words') return true;
    if (token.kind === 'number') return this.language === 'perl';
    if (token.kind === 'name') return !KEYWORDS.has(token.text) || token.text === 'my';
    return token.kind === 'operator' && token.text === '[' && this.language === 'ruby';
  }

  /** Values between commas, up to the closing bracket or the end of the statement. */
  protected list(close: string | undefined): {
    readonly args: readonly Value[];
    readonly named: ReadonlyMap<string, Value>;
  } {
    const args: Value[] = [];
    const named = new Map<string, Value>();
    while (this.at < this.tokens.length) {
      const token = this.tokens[this.at]!;
      if (close !== undefined && this.is(close)) {
        this.at += 1;
        break;
      }
      if (close === undefined && (token.kind === 'line' || this.is(';') || this.is('}') || this.is(')')))
        break;
      if (close === undefined && token.kind === 'name' && MODIFIERS.has(token.text)) break;
      const before = this.at;
      // `key: value` of Ruby.
      if (token.kind === 'name' && this.is(':', 1)) {
        this.at += 2;
        named.set(token.text, this.expression());
      } else if (!this.is(',') && token.kind !== 'line') {
        const value = this.expression();
        if (this.is('=>')) {
          this.at += 1;
          const entry = this.expression();
          named.set(value.text?.text ?? '', entry);
          args.push(value, entry);
        } else
          args.push(
            ...(value.items && close === undefined && this.language === 'perl' ? value.items : [value]),
          );
      }
      if (this.is(',')) {
        this.at += 1;
        this.lines();
      } else if (this.at === before) this.at += 1;
    }
    return { args, named };
  }
}

export function textOf(token: Token | undefined): string {
  return token && 'text' in token ? token.text : '';
}
