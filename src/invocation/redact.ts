/**
 * Secrets removed from what is logged or shown: values of options that a grammar calls secret, and text that names
 * or looks like a secret. Removes rather too much; never throws; its time grows with the text's length alone.
 */

import type { CommandGrammar } from './grammar.js';
import type { Invocation, OptionUse } from './invocation.js';
import { grammarOf } from './lookup.js';
import { optionsOf } from './notation.js';
import { isTypedSecret } from './secret-input.js';
import { hidePlaces, hidePlacesInText } from './secret-places.js';
import { isSecretName, looksLikeKey, REDACTED, redactShapes } from './secrets.js';

/** A secret shorter than this is one only where it is the whole text: it may stand in any word. */
const LEAST_PART = 4;
/** A space that stands between words and not in them. */
const BETWEEN = '\u2003';

/** A command is shown and recorded several times over; with ten thousand words that would be felt. */
const redacted = new WeakMap<Invocation, readonly string[]>();

/** The words of a command, safe to log. As many as `argv` has, in order. */
export function redactArgv(invocation: Invocation): readonly string[] {
  const known = redacted.get(invocation);
  if (known) return known;
  const words = redactWords(invocation);
  redacted.set(invocation, words);
  return words;
}

function redactWords(invocation: Invocation): readonly string[] {
  const words = invocation.argv.map(word => (isTypedSecret(word) ? REDACTED : word.text));
  const done = new Set<number>();
  const put = (at: number, text: string) => {
    words[at] = text;
    done.add(at);
  };
  for (const use of invocation.options) {
    if (isSecretOption(invocation, use)) hideValue(invocation, use, put);
  }
  const bare = invocation.argv.map(word => word.text);
  for (const [at, text] of hidePlaces(bare).entries()) {
    if (text !== bare[at] && !done.has(at)) put(at, text);
  }
  const runsScripts = grammarOf(invocation.tool)?.interactive === true;
  for (const [at, word] of invocation.argv.entries()) {
    // A shell's argument is a script: the secret ends before the command does.
    if (!done.has(at) && !isTypedSecret(word))
      words[at] = runsScripts ? redactText(word.text) : redactWord(word.text);
    // `--token X`, where no grammar says that the option takes X.
    const next = invocation.argv[at + 1];
    if (next && !done.has(at + 1) && isSecretFlag(word.text) && !isOption(next.text)) put(at + 1, REDACTED);
  }
  return acrossWords(words);
}

/** Shapes that take several words to see: `docker login -p X`. */
function acrossWords(words: readonly string[]): readonly string[] {
  const shaped = redactShapes(words.join(BETWEEN)).split(BETWEEN);
  return shaped.length === words.length ? shaped : words;
}

/**
 * Text that became of a part of the command (a target, an operand by itself), safe to show: what is secret where it stands
 * in the command is secret there too, though nothing around it says so any more.
 */
export function redactPart(invocation: Invocation, text: string): string {
  let left = text;
  for (const secret of secretsOf(invocation)) {
    if (secret.length >= LEAST_PART) left = left.replaceAll(secret, REDACTED);
    else if (left === secret) left = REDACTED;
  }
  return redactText(left);
}

const secrets = new WeakMap<Invocation, readonly string[]>();

/** What redaction took out of the words of a command, longest first. */
function secretsOf(invocation: Invocation): readonly string[] {
  const known = secrets.get(invocation);
  if (known) return known;
  const words = redactArgv(invocation);
  const found = new Set<string>();
  for (const [at, { text }] of invocation.argv.entries()) {
    const kept = words[at] === text ? [] : (words[at] ?? '').split(REDACTED);
    let from = kept[0]?.length ?? 0;
    for (const part of kept.slice(1)) {
      const to = part === '' ? text.length : text.indexOf(part, from);
      if (to < 0) break;
      if (to > from) found.add(text.slice(from, to));
      from = to + part.length;
    }
  }
  const all = [...found].sort((a, b) => b.length - a.length);
  secrets.set(invocation, all);
  return all;
}

/** Free text, a script or a message, with its secrets removed. */
export function redactText(text: string): string {
  return redactNamed(redactShapes(hidePlacesInText(text)));
}

function isSecretOption(invocation: Invocation, use: OptionUse): boolean {
  if (!use.value || use.value.text === '') return false;
  return placeholders(invocation, use.name).some(text => text.includes('secret')) || isSecretName(use.name);
}

/** What the grammar writes for the option's value, at every command level. */
function placeholders(invocation: Invocation, option: string): readonly string[] {
  const found: string[] = [];
  let level: CommandGrammar | undefined = grammarOf(invocation.tool);
  for (const name of [...invocation.subcommand, '']) {
    const row = level && optionsOf(level.options ?? '').get(option);
    if (row) found.push(row.value);
    level = level?.subcommands?.[name];
  }
  return found;
}

function hideValue(invocation: Invocation, use: OptionUse, put: (at: number, text: string) => void): void {
  const value = use.value?.text ?? '';
  const naming = invocation.argv[use.at]?.text ?? '';
  if (invocation.argv[use.at + 1] === use.value) put(use.at + 1, REDACTED);
  else if (naming.endsWith(value)) put(use.at, naming.slice(0, naming.length - value.length) + REDACTED);
  else {
    // A reader that rewrote argv (`env -S`): the value is wherever it is.
    for (const [at, word] of invocation.argv.entries()) {
      if (word.text.includes(value)) put(at, redactText(word.text.replaceAll(value, REDACTED)));
    }
  }
}

/** A whole argument: what follows `NAME=` is the value to its end, spaces and all. */
function redactWord(text: string): string {
  if (!MAY_NAME.test(text)) return redactText(text);
  const [, name, value] = /^([\w.-]{1,100})=([\s\S]+)$/.exec(text) ?? [];
  if (name !== undefined && value !== undefined && isSecretName(name)) return `${name}=${REDACTED}`;
  return redactText(text);
}

/** What stands between a name and its value. Most words hold none of it, and the names need not be looked for. */
const MAY_NAME = /[=: \t]/;

function isOption(text: string): boolean {
  return text.startsWith('--');
}

function isSecretFlag(text: string): boolean {
  // Or a header or a line of YAML that the shell split: `Authorization: X`.
  const isNaming = text.endsWith(':')
    ? /^[A-Za-z][\w-]{1,99}:$/.test(text)
    : /^--?[A-Za-z][\w-]{1,99}$/.test(text);
  return isNaming && isSecretName(text.replace(/:$/, ''));
}

/** Names and what they are given: `NAME=value`, `"name": "value"`, `Name: value`, `--name value`. */
function redactNamed(text: string): string {
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
  if (!secret && !/^(?:key|sid|session|auth|u|user)$/i.test(name)) return undefined;
  const span = chunk(text, start, line && separator[1] === ':', separator[1] ?? ' ');
  const value = text.slice(span.start, span.end);
  if (value === '' || isReference(value)) return undefined;
  if (separator[1] === undefined && value.startsWith('--')) return undefined;
  if (secret) return span;
  // `-u name:password`; numbers are a container's user and group.
  if (/^u(?:ser)?$/i.test(name))
    return isFlag && /^[^:\s]+:[^:]/.test(value) && !/^\d+:\d+$/.test(value) ? span : undefined;
  return looksLikeKey(value) ? span : undefined;
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
    /^\$(?:\{?[A-Za-z_]\w*\}?$|\()|^\[redacted\]/.test(value) ||
    /^(?:true|false|null|none|undefined)$/i.test(value)
  );
}
