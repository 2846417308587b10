/** Values that their names make secret, removed from text: `NAME=value`, `"name": "value"`, `Name: value`, `--name value`. Knows no tool. */

import { isSecretName, looksLikeKey, REDACTED } from './secrets.js';

/** What stands between a name and its value. Most words hold none of it, and the names need not be looked for. */
export const MAY_NAME = /[=: \t]/;

/** Names and what they are given: `NAME=value`, `"name": "value"`, `Name: value`, `--name value`. */
export function redactNamed(text: string): string {
  if (!MAY_NAME.test(text)) return text;
  let out = '';
  let from = 0;
  const names = /[A-Za-z_][\w.-]*/g;
  for (let match = names.exec(text); match; match = names.exec(text)) {
    const name = match[0];
    if (name.length > 100) continue;
    const found = valueAfter(text, name, match.index);
    if (!found) continue;
    out += text.slice(from, found.start) + REDACTED;
    from = found.end;
    names.lastIndex = found.end;
  }
  return out + text.slice(from);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const SEPARATOR = /(?:\\*["'`]\]?)?[ \t]{0,4}(=>|:=|[:=])[ \t]{0,4}|[ \t]+/y;

/** Where the secret value after a name stands, if the name is one that has secrets. */
function valueAfter(text: string, name: string, at: number): Span | undefined {
  SEPARATOR.lastIndex = at + name.length;
  const separator = SEPARATOR.exec(text);
  if (!separator) return undefined;
  const start = at + name.length + separator[0].length;
  const isFlag = text[at - 1] === '-';
  // Most words of a command: what they are called need not be looked at.
  if (separator[1] === undefined && !isFlag) return undefined;
  const line = isHeader(name);
  const secret = line || isSecretName(name);
  if (!secret && !MAY_BE_SECRET.test(name)) return undefined;
  // `"password:"; send "…"`: the quote ends what the name stands in.
  if (isClosed(text, at, separator[0], start)) return undefined;
  const span = chunk(text, start, line && separator[1] === ':', separator[1] ?? ' ');
  const value = text.slice(span.start, span.end);
  if (value === '' || isReference(value)) return undefined;
  if (separator[1] === undefined && value.startsWith('--')) return undefined;
  if (secret) return span;
  // `-u name:password`; numbers are a container's user and group.
  if (/^u(?:ser)?$/i.test(name))
    return isFlag && /^[^:\s]+:[^:]/.test(value) && !/^\d+:\d+$/.test(value) ? span : undefined;
  if (/^pwd$/i.test(name)) return /^[/~.]/.test(value) ? undefined : span;
  // `session:3d2c…` is a key of a store: what a secret follows has a space or quotes.
  if (separator[0] === ':') return undefined;
  return looksLikeKey(value) && !NO_KEY.test(name) ? span : undefined;
}

/** Names of secrets where the value looks like one. */
const MAY_BE_SECRET = /^(?:pwd|auth|u|user|(?:[\w.-]*[._-])?(?:key|sid|session))$/i;
const NO_KEY = /(?:cache|idempotency|sort|partition|routing|object|public|primary|foreign|dedup)[._-]key$/i;

function isClosed(text: string, at: number, separator: string, start: number): boolean {
  const quote = text[at - 1] ?? '';
  return /["']/.test(quote) && text[start] === quote && /^[:=]$/.test(separator);
}

/** The text of a value: a quoted string without its quotes, or up to where a word ends there. */
function chunk(text: string, start: number, wholeLine: boolean, separator: string): Span {
  const quote = /\\*["'`]/y;
  quote.lastIndex = start;
  const opening = quote.exec(text)?.[0];
  if (opening !== undefined) {
    const begin = start + opening.length;
    const close = text.indexOf(opening, begin);
    const end = close < 0 ? text.length : close;
    return { start: begin, end: skipEscaped(text, begin, end, opening) };
  }
  const stop = wholeLine ? /["'`\r\n]/g : separator === ':' ? /[\s,}\]&;"'`]/g : /[\s&;|<>)"`']/g;
  stop.lastIndex = start;
  const end = stop.exec(text)?.index ?? text.length;
  return { start, end };
}

/** Past quotes that a backslash escapes: `"a\"b"`. */
function skipEscaped(text: string, begin: number, first: number, opening: string): number {
  let end = first;
  while (opening === '"' && end > begin && end < text.length && text[end - 1] === '\\') {
    const next = text.indexOf(opening, end + 1);
    if (next < 0) return text.length;
    end = next;
  }
  return end;
}

function isHeader(name: string): boolean {
  return /^(?:(?:proxy-|x-)?authorization|(?:set-)?cookie)$/i.test(name);
}

/** `$TOKEN`, `${TOKEN}`, `$(pass show x)`: no secret, and what a reader needs. */
function isReference(value: string): boolean {
  return (
    // Or a pattern for it: `s/password: .*/…/`.
    /^\$(?:\{?[A-Za-z_]\w*\}?$|\()|^\[redacted\]|^\.[*+]/.test(value) ||
    /^(?:true|false|null|none|undefined)$/i.test(value)
  );
}
