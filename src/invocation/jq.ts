/**
 * What `jq -n` writes: the JSON value that its program spells out, with `$name` filled in from `--arg` and `--argjson`.
 * A program that is more than a literal is not read. May not judge.
 */

import { certain, uncertain, type Word } from '../shell/command.js';
import { joinWords } from './words.js';

/** Options without a value that leave the output one JSON text, whatever its spacing. */
const PLAIN = /^(-[ncSMeja]+|--(null-input|compact-output|sort-keys|monochrome-output|exit-status|tab))$/;
const TOKEN = /\s+|#[^\n]*|"(?:[^"\\]|\\[^(])*"|-?\d+(?:\.\d+)?|\$?[A-Za-z_]\w*|[{}[\]:,]/y;

/** jq's output as JSON, or `undefined` where its program or its options are not read (jq manual, 1.7). */
export function jqOutput(operands: readonly Word[]): Word | undefined {
  const values = new Map<string, Word>();
  let program: Word | undefined;
  let readsNothing = false;
  for (let at = 0; at < operands.length; at += 1) {
    const word = operands[at]!;
    if (word.text === '--arg' || word.text === '--argjson') {
      const [name, value] = [operands[at + 1], operands[at + 2]];
      if (!name || !value || value.splits) return undefined;
      values.set(`$${name.text}`, word.text === '--arg' ? asString(value) : value);
      at += 2;
    } else if (PLAIN.test(word.text)) {
      readsNothing ||= /^-\w*n/.test(word.text) || word.text === '--null-input';
    } else if (word.text.startsWith('-') || program) return undefined;
    else program = word;
  }
  if (!readsNothing || !program?.certain) return undefined;
  const tokens = tokensOf(program.text);
  if (!tokens) return undefined;
  const value = takeValue(tokens, values);
  return value && tokens.length === 0 ? value : undefined;
}

/** A string as JSON; of one that is not wholly known, nothing is. */
function asString(word: Word): Word {
  return word.certain
    ? certain(JSON.stringify(word.text))
    : joinWords([certain('"'), uncertain(), certain('"')], '');
}

function tokensOf(text: string): string[] | undefined {
  const tokens: string[] = [];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length; ) {
    const [token] = TOKEN.exec(text) ?? [];
    if (token === undefined) return undefined;
    if (!/^[\s#]/.test(token)) tokens.push(token);
  }
  return tokens;
}

/** Takes one value off the front of the tokens. */
function takeValue(tokens: string[], values: ReadonlyMap<string, Word>): Word | undefined {
  const token = tokens.shift() ?? '';
  if (token === '{') return takeList(tokens, '}', () => takeMember(tokens, values), '{');
  if (token === '[') return takeList(tokens, ']', () => takeValue(tokens, values), '[');
  if (/^["\d-]|^(true|false|null)$/.test(token)) return certain(token);
  return values.get(token);
}

/** `key: value`, `"key": value`, or `$name`, which is short for `name: $name`. */
function takeMember(tokens: string[], values: ReadonlyMap<string, Word>): Word | undefined {
  const key = tokens.shift() ?? '';
  const short = key.startsWith('$') ? values.get(key) : undefined;
  const name = key.startsWith('"') ? key : JSON.stringify(key.replace(/^\$/, ''));
  if (short) return joinWords([certain(name), short], ':');
  if (!/^["A-Za-z_]/.test(key) || tokens.shift() !== ':') return undefined;
  const value = takeValue(tokens, values);
  return value && joinWords([certain(name), value], ':');
}

function takeList(
  tokens: string[],
  end: string,
  next: () => Word | undefined,
  start: string,
): Word | undefined {
  const items: Word[] = [];
  while (tokens.length > 0 && tokens[0] !== end) {
    if (items.length > 0 && tokens.shift() !== ',') return undefined;
    const item = next();
    if (!item) return undefined;
    items.push(item);
  }
  if (tokens.shift() !== end) return undefined;
  return joinWords(
    [certain(start), items.length > 0 ? joinWords(items, ',') : certain(''), certain(end)],
    '',
  );
}
