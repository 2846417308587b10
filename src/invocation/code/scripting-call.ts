/** Calls and members of Perl, Ruby and PHP, read from tokens: with parentheses, without, chained. Runs nothing. */

import type { Bench } from './bench.js';
import type { ScannedLanguage } from './interpolation.js';
import type { Token } from './token.js';
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
      // `$run(…)`, `$run->(…)`, `&$run(…)`, `run.(…)`: the value is a function.
      const isHeld = (this.is('->') || this.is('.')) && this.is('(', 1);
      const named = callable ? undefined : this.#namedBy(value);
      if (named) value = named;
      if (isHeld || ((callable || named || value.definition) && this.is('('))) {
        this.at += isHeld ? 2 : 1;
        const given = this.list(')');
        value = this.bench.call(value, given.args, given.named, receiver);
        callable = false;
        continue;
      }
      const isMember =
        (this.is('->') || (this.is('.') && this.language === 'ruby')) &&
        this.tokens[this.at + 1]?.kind === 'name';
      if (isMember) {
        if (callable && receiver) value = this.bench.call(value, [], new Map(), receiver);
        receiver = value;
        value = this.#member(value, textOf(this.tokens[this.at + 1]));
        this.at += 2;
        callable = true;
        continue;
      }
      const isEntry =
        this.language === 'perl' && this.is('{') && this.tokens[this.at - 1]?.kind === 'variable';
      if (!callable && (this.is('[') || this.is('->') || isEntry)) {
        this.at += 1;
        if (this.is('[') || this.is('{')) this.at += 1;
        if (this.tokens[this.at - 1]?.kind !== 'operator') return UNKNOWN;
        value = this.bench.member(value, this.#key(this.is('[', -1) ? ']' : '}'));
        continue;
      }
      break;
    }
    if (!callable) return value;
    if (this.#startsArgument()) {
      const { args, named } = this.list(undefined);
      return this.bench.call(value, args, named, receiver);
    }
    const isNamed = value.definition && value.name !== undefined && this.language !== 'php';
    return receiver || isNamed ? this.bench.call(value, [], new Map(), receiver) : value;
  }

  /** `$f = 'system'; $f('…')` of PHP: a string before parentheses is the name of the function. */
  #namedBy({ text }: Value): Value | undefined {
    return this.language === 'php' && text?.certain && this.is('(')
      ? this.bench.get(text.text.toLowerCase())
      : undefined;
  }

  /** What stands between brackets, up to the closing one: a bare word is a string there. */
  #key(close: string): string | undefined {
    const bare = this.is('}', 1) ? textOf(this.tokens[this.at]) : '';
    const { args } = this.list(close);
    const key = args[0]?.text;
    return key?.certain ? key.text : bare || undefined;
  }

  #member(of: Value, name: string): Value {
    if (of.definition && of.name === undefined && /^(call|yield|__invoke)$/.test(name)) return of;
    const member = this.bench.member(of, name);
    return this.method({ ...member, name: member.name ?? `?.${name}` });
  }

  /** A method of the program's own, which is told by its name: what object it is called on is not known. */
  protected method(value: Value): Value {
    const own = /[^.:]+$/.exec(value.name ?? '')?.[0] ?? '';
    const { definition } = this.bench.get(this.language === 'php' ? own.toLowerCase() : own);
    return definition && !value.definition ? { ...value, definition } : value;
  }

  /** True at the end of `shift`, `shift()`, `shift @_`, which it steps over: of a function's arguments, not of a list. */
  protected ownArguments(): boolean {
    const next = this.tokens[this.at + (this.is('(') ? 1 : 0)];
    const isNamed = next?.kind === 'variable' && next.text === '@_';
    if (this.is('(')) {
      if (!isNamed && !this.is(')', 1)) return false;
      this.at += isNamed ? 3 : 2;
    } else if (isNamed) this.at += 1;
    else if (next?.kind === 'variable') return false;
    return true;
  }

  /** `print F "text"`, `print $f "text"`: what is written into a handle. To the standard output it is nothing. */
  protected printed(): Value {
    const [handle, first] = [this.tokens[this.at], this.tokens[this.at + 1]];
    const isHandle = handle?.kind === 'variable' || handle?.kind === 'name';
    if (!isHandle || (first?.kind !== 'string' && first?.kind !== 'variable')) return UNKNOWN;
    this.at += 1;
    return this.bench.call({ name: 'print' }, this.list(undefined).args, new Map());
  }

  protected shifted(): Value {
    const args = this.bench.get('@_');
    this.bench.declare('@_', { ...args, ...(args.items && { items: args.items.slice(1) }) });
    return args.items?.[0] ?? UNKNOWN;
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
    let isOpen = false;
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
      const spreads = this.#spreads(token);
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
        } else if (isOpen) args.push(UNKNOWN);
        else if (spreads && !value.items) {
          // Of a list that is not known nobody knows how far it reaches.
          isOpen = true;
          args.push(value);
        } else {
          const isFlat = spreads || (close === undefined && this.language === 'perl');
          args.push(...(isFlat && value.items && !value.isOneOf ? value.items : [value]));
        }
      }
      if (this.is(',')) {
        this.at += 1;
        this.lines();
      } else if (this.at === before) this.at += 1;
    }
    return { args, named };
  }

  /** `@list` among arguments of Perl, `*list` of Ruby, `...$list` of PHP: its items are arguments. */
  #spreads(token: Token): boolean {
    if (this.language === 'perl')
      return token.kind === 'variable' && token.text.startsWith('@') && !this.is('[', 1) && !this.is('{', 1);
    return token.kind === 'operator' && token.text === (this.language === 'ruby' ? '*' : '...');
  }
}

export function textOf(token: Token | undefined): string {
  return token && 'text' in token ? token.text : '';
}
