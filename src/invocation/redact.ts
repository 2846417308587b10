/**
 * Secrets removed from what is logged or shown: values of options that a grammar calls secret, and text that names
 * or looks like a secret. Removes rather too much; never throws; its time grows with the text's length alone.
 */

import type { CommandGrammar } from './grammar.js';
import { hidePlaces, hidePlacesInText } from './hide-places.js';
import type { Invocation, OptionUse } from './invocation.js';
import { grammarOf } from './lookup.js';
import { MAY_NAME, redactNamed } from './named-values.js';
import { rowOf } from './notation.js';
import { isTypedSecret } from './secret-input.js';
import { isSecretName, REDACTED, redactShapes } from './secrets.js';

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
    const row = level && rowOf(level.options ?? '', option);
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
