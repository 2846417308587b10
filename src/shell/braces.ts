/**
 * Brace expansion as bash does it: on the word's source text, before anything else, quotes and substitutions
 * passed over. Gives source text again; nothing is unquoted here.
 */

import { LIMITS } from './reading.js';

/** The source texts that a word becomes, itself alone where no brace expands; `undefined` beyond the limit. */
export function expandBraces(text: string, depth = 0): readonly string[] | undefined {
  if (depth > LIMITS.expansions) return undefined;
  for (let at = 0; at < text.length; at = skip(text, at)) {
    if (text[at] !== '{') continue;
    const items = readBrace(text, at, depth);
    if (items === 'too many') return undefined;
    if (items === undefined) continue;
    const rest = expandBraces(text.slice(items.end + 1), depth + 1);
    if (rest === undefined || rest.length * items.texts.length > LIMITS.expansions) return undefined;
    const before = text.slice(0, at);
    return items.texts.flatMap(item => rest.map(after => `${before}${item}${after}`));
  }
  return [text];
}

interface Brace {
  readonly texts: readonly string[];
  /** Index of its closing brace. */
  readonly end: number;
}

function readBrace(text: string, start: number, depth: number): Brace | 'too many' | undefined {
  const commas: number[] = [];
  let open = 0;
  for (let at = start + 1; at < text.length; at = skip(text, at)) {
    const character = text[at];
    if (character === '{') open += 1;
    else if (character === ',' && open === 0) commas.push(at);
    else if (character === '}') {
      if (open > 0) {
        open -= 1;
        continue;
      }
      if (commas.length === 0) {
        const texts = sequence(text.slice(start + 1, at));
        return texts === 'too many' || texts === undefined ? texts : { texts, end: at };
      }
      const bounds = [start, ...commas, at];
      const texts: string[] = [];
      for (let item = 0; item + 1 < bounds.length; item += 1) {
        const inner = expandBraces(text.slice(bounds[item]! + 1, bounds[item + 1]), depth + 1);
        if (inner === undefined || texts.length + inner.length > LIMITS.expansions) return 'too many';
        texts.push(...inner);
      }
      return { texts, end: at };
    }
  }
  return undefined;
}

/** `1..9`, `a..e..2`, `01..10`. */
function sequence(text: string): readonly string[] | 'too many' | undefined {
  const numbers = /^([-+]?\d{1,15})\.\.([-+]?\d{1,15})(?:\.\.([-+]?\d{1,15}))?$/.exec(text);
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.([-+]?\d{1,15}))?$/.exec(text);
  const found = numbers ?? letters;
  if (!found) return undefined;
  const [, low = '', high = '', by = '1'] = found;
  const from = numbers ? Number(low) : low.charCodeAt(0);
  const to = numbers ? Number(high) : high.charCodeAt(0);
  const step = Math.max(1, Math.abs(Number(by))) * (from <= to ? 1 : -1);
  const count = Math.floor(Math.abs(to - from) / Math.abs(step)) + 1;
  if (count > LIMITS.expansions) return 'too many';
  const width =
    numbers && (/^[-+]?0\d/.test(low) || /^[-+]?0\d/.test(high)) ? Math.max(low.length, high.length) : 0;
  return Array.from({ length: count }, (_, at) => {
    const value = from + at * step;
    return numbers ? padded(value, width) : `\\${String.fromCharCode(value)}`;
  });
}

function padded(value: number, width: number): string {
  const digits = String(Math.abs(value));
  return value < 0 ? `-${digits.padStart(width - 1, '0')}` : digits.padStart(width, '0');
}

/** The index after what starts here: a character, an escape, a quotation or a substitution as a whole. */
function skip(text: string, at: number): number {
  const character = text[at];
  if (character === '\\') return at + 2;
  if (character === "'") return after(text, "'", at + 1);
  if (character === '"' || character === '`') return closing(text, at + 1, character);
  if (character === '$') {
    const opener = text[at + 1];
    if (opener === "'") return closing(text, at + 2, "'");
    if (opener === '{') return closing(text, at + 2, '}');
    if (opener === '(') return closing(text, at + 2, ')');
  }
  if ((character === '<' || character === '>') && text[at + 1] === '(') return closing(text, at + 2, ')');
  return at + 1;
}

function after(text: string, closer: string, from: number): number {
  const end = text.indexOf(closer, from);
  return end < 0 ? text.length : end + 1;
}

/** The index after the closer that ends what was opened before `from`, escapes and nesting passed over. */
function closing(text: string, from: number, closer: string): number {
  const closers = [closer];
  for (let at = from; at < text.length; at += 1) {
    const character = text[at]!;
    const wanted = closers.at(-1)!;
    if (character === '\\') at += 1;
    else if (character === wanted) {
      closers.pop();
      if (closers.length === 0) return at + 1;
    } else if (wanted === "'") continue;
    else if (character === '$' && text[at + 1] === '{') closers.push('}');
    else if (character === '$' && text[at + 1] === '(') closers.push(')');
    else if (character === '(' && wanted === ')') closers.push(')');
    else if (character === "'" && wanted !== '"') at = after(text, "'", at + 1) - 1;
    else if ((character === '"' && wanted !== '"') || (character === '`' && wanted !== '`'))
      closers.push(character);
    else if (character === '"' && closers.indexOf('"') < closers.length - 1) closers.push('"');
  }
  return text.length;
}
