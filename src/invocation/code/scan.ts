/**
 * Text of Perl, Ruby, PHP or awk → tokens: strings of every kind of quotes with what is interpolated, comments left
 * out. Tolerant: what it does not know is an operator of one character. Runs nothing.
 */

import { piecesOf, type ScannedLanguage } from './interpolation.js';
import type { Token } from './token.js';

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };
const OPERATORS = [
  '<=>',
  '...',
  '=>',
  '->',
  '::',
  '||',
  '&&',
  '//',
  '==',
  '!=',
  '=~',
  '<<',
  '>>',
  '.=',
  '+=',
  '..',
];

/** All tokens of a text. */
export function scan(text: string, language: ScannedLanguage): readonly Token[] {
  return new Scanner(text, language).run();
}

class Scanner {
  readonly #text: string;
  readonly #language: ScannedLanguage;
  readonly #tokens: Token[] = [];
  /** Here-documents whose text begins after this line. */
  readonly #pending: { readonly end: string; readonly raw: boolean; readonly at: number }[] = [];
  #at = 0;

  constructor(text: string, language: ScannedLanguage) {
    this.#text = text;
    this.#language = language;
  }

  run(): readonly Token[] {
    while (this.#at < this.#text.length) this.#next();
    return this.#tokens;
  }

  #next(): void {
    const rest = this.#text.slice(this.#at, this.#at + 400);
    const character = rest[0]!;
    if (character === '\n') {
      this.#at += 1;
      this.#tokens.push({ kind: 'line' });
      this.#hereDocuments();
      return;
    }
    if (/\s/.test(character) || rest.startsWith('\\\n')) {
      this.#at += character === '\\' ? 2 : 1;
      return;
    }
    if (this.#comment(rest) || this.#quotes(rest, character)) return;
    const variable = this.#variable(rest);
    const [name] = /^[A-Za-z_][\w]*[?!]?/.exec(rest) ?? [];
    const [number] = /^\d[\d_.]*/.exec(rest) ?? [];
    if (variable) this.#take('variable', variable);
    else if (name !== undefined) {
      this.#take('name', this.#language === 'ruby' ? name : name.replace(/[?!]$/, ''));
    } else if (number !== undefined) this.#take('number', number);
    else this.#take('operator', OPERATORS.find(one => rest.startsWith(one)) ?? character);
  }

  #take(kind: 'name' | 'variable' | 'number' | 'operator', text: string): void {
    this.#tokens.push({ kind, text });
    this.#at += text.length;
  }

  #variable(rest: string): string | undefined {
    if (this.#language === 'awk') return undefined;
    const pattern =
      this.#language === 'php'
        ? /^\$\w+/
        : this.#language === 'ruby'
          ? /^(\$\w+|@@?\w+)/
          : /^[$@%]#?(\w+|[_0!&@])(?:::\w+)*/;
    return pattern.exec(rest)?.[0];
  }

  #comment(rest: string): boolean {
    const line = rest.startsWith('#') || (this.#language === 'php' && rest.startsWith('//'));
    const block = this.#language === 'php' && rest.startsWith('/*');
    const atStart = this.#at === 0 || this.#text[this.#at - 1] === '\n';
    const pod =
      atStart && (this.#language === 'perl' ? /^=[a-z]/ : /^=begin\b/).test(rest) && this.#language !== 'php';
    if (!line && !block && !pod) return false;
    const end = block ? '*/' : pod ? (this.#language === 'perl' ? '\n=cut' : '\n=end') : '\n';
    const found = this.#text.indexOf(end, this.#at);
    this.#at = found < 0 ? this.#text.length : found + (line ? 0 : end.length);
    return true;
  }

  #quotes(rest: string, character: string): boolean {
    if (character === '"' || character === '`' || (character === "'" && this.#language !== 'awk')) {
      this.#quoted(character, 1, character === '`' ? 'command' : 'string', character === "'");
      return true;
    }
    if (character === '/' && this.#startsRegex()) {
      const [regex] = /^\/(?:[^/\\\n]|\\.)*\/[a-z]*/.exec(this.#text.slice(this.#at)) ?? [];
      if (regex === undefined) return false;
      this.#tokens.push({ kind: 'number', text: '' });
      this.#at += regex.length;
      return true;
    }
    const heredoc = /^<<[~-]?(?:(["'])([\w ]+)\1|([A-Z_]\w*))/.exec(rest) ?? /^<<<(["']?)(\w+)\1/.exec(rest);
    if (heredoc && this.#language !== 'awk') {
      const end = heredoc[2] ?? heredoc[3] ?? '';
      this.#pending.push({ end, raw: heredoc[1] === "'", at: this.#tokens.length });
      this.#tokens.push({ kind: 'string', pieces: [] });
      this.#at += heredoc[0].length;
      return true;
    }
    if (this.#language === 'perl') return this.#perlGlob(rest) || this.#perlQuotes(rest);
    return this.#language === 'ruby' && this.#rubyQuotes(rest);
  }

  /** `<*.sql>` is glob("*.sql"); `<FILE>` and `<$file>` read a line. */
  #perlGlob(rest: string): boolean {
    const [whole, pattern = ''] = /^<([^<>=;\s]*[*?{/.~][^<>;]*)>/.exec(rest) ?? [];
    if (whole === undefined || this.#tokens.at(-1)?.kind === 'variable') return false;
    this.#tokens.push({ kind: 'name', text: 'glob' }, { kind: 'operator', text: '(' });
    this.#tokens.push(
      { kind: 'string', pieces: piecesOf(this.#language, pattern) },
      { kind: 'operator', text: ')' },
    );
    this.#at += whole.length;
    return true;
  }

  #perlQuotes(rest: string): boolean {
    const [whole, operator = '', open = ''] = /^(qq|qw|qx|qr|q|m|s|tr|y)\s*([^\w\s,;=)])/.exec(rest) ?? [];
    if (whole === undefined || this.#isMember() || rest.startsWith(`${operator} =>`)) return false;
    const kind = operator === 'qx' ? 'command' : operator === 'qw' ? 'words' : 'string';
    if (!['q', 'qq', 'qw', 'qx'].includes(operator)) {
      this.#skip(whole.length, open, operator === 's' || operator === 'tr' || operator === 'y' ? 2 : 1);
      return true;
    }
    this.#quoted(open, whole.length, kind, operator === 'q' || operator === 'qw');
    return true;
  }

  #rubyQuotes(rest: string): boolean {
    const symbol = /^:(\w+[?!]?)/.exec(rest);
    if (symbol && this.#text[this.#at - 1] !== ':') {
      this.#tokens.push({ kind: 'string', pieces: [{ text: symbol[1]! }] });
      this.#at += symbol[0].length;
      return true;
    }
    const [whole, letter = '', open = ''] = /^%([qQwWxriI]?)([([{<|!/])/.exec(rest) ?? [];
    if (whole === undefined || !this.#startsRegex()) return false;
    const kind = letter === 'x' ? 'command' : /[wWiI]/.test(letter) ? 'words' : 'string';
    this.#quoted(open, whole.length, kind, /[qw]/.test(letter));
    return true;
  }

  /** Skips a pattern and, with `parts` 2, its replacement. */
  #skip(length: number, open: string, parts: number): void {
    this.#at += length;
    this.#body(open);
    if (parts === 2) {
      if (CLOSING[open]) this.#at = this.#text.indexOf(open, this.#at) + 1 || this.#text.length;
      this.#body(open);
    }
    const [flags = ''] = /^[a-z]*/.exec(this.#text.slice(this.#at, this.#at + 20)) ?? [];
    this.#at += flags.length;
    this.#tokens.push({ kind: 'number', text: '' });
  }

  #quoted(open: string, length: number, kind: 'string' | 'command' | 'words', raw: boolean): void {
    this.#at += length;
    const body = this.#body(open);
    this.#tokens.push({
      kind,
      pieces: raw ? [{ text: body.replace(/\\(['\\])/g, '$1') }] : piecesOf(this.#language, body),
    });
  }

  /** The text up to the closing quote, brackets counted; the position moves behind it. */
  #body(open: string): string {
    const close = CLOSING[open] ?? open;
    const start = this.#at;
    let depth = 1;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const one = this.#text[this.#at]!;
      if (one === '\\') this.#at += 1;
      else if (one === close) depth -= 1;
      else if (one === open) depth += 1;
      if (depth === 0) break;
    }
    const body = this.#text.slice(start, this.#at);
    this.#at += 1;
    return body;
  }

  #hereDocuments(): void {
    for (const { end, raw, at } of this.#pending.splice(0)) {
      const found = new RegExp(`^[ \\t]*${end.replace(/[^\w ]/g, '')}\\b`, 'm').exec(
        this.#text.slice(this.#at),
      );
      const stop = found ? this.#at + found.index : this.#text.length;
      const body = this.#text.slice(this.#at, stop);
      this.#tokens[at] = { kind: 'string', pieces: raw ? [{ text: body }] : piecesOf(this.#language, body) };
      this.#at = stop + (found?.[0].length ?? 0);
    }
  }

  /** After an operator or an opening bracket a slash begins a pattern; after a value it divides. */
  #startsRegex(): boolean {
    const last = this.#tokens.at(-1);
    if (!last || last.kind === 'line') return true;
    if (last.kind === 'name')
      return /^(if|unless|and|or|not|split|grep|map|return|when|puts|print|match)$/.test(last.text);
    return last.kind === 'operator' && !/^[)\]}]$/.test(last.text);
  }

  #isMember(): boolean {
    const last = this.#tokens.at(-1);
    return last?.kind === 'operator' && (last.text === '->' || last.text === '{');
  }
}
