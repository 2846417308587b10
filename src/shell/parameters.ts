/**
 * `$x`, `${x…}`, `$1`, `$@`: what a parameter holds and what its operators make of it, as far as that is
 * certain. Gives values; splitting and quoting are the caller's.
 */

import type { Word as AstWord, ParameterExpansionPart } from 'unbash';
import { certain, uncertain, type Word } from './command.js';
import { compile, matches, type Pattern, type PatternPiece } from './patterns.js';
import type { Reading } from './reading.js';
import { lookUp, type State, type Value, type Variable } from './state.js';

/** A value, or the items of `$@`, `$*` and `${a[@]}`. `known` is false where guard has never seen the name. */
export type Parameter =
  | { readonly value: Value; readonly known: boolean; readonly unset?: true }
  | { readonly items: readonly Word[]; readonly joined: boolean };

/** Texts longer than this are not matched against patterns at every place. */
const MAX_MATCHED = 1_024;

const NUMBER: Value = { text: '', certain: false, atomic: true };

/** `$name`, without operators. */
export function parameter(name: string, state: State, reading: Reading): Parameter {
  if (name === '@' || name === '*') {
    return { items: state.positional ?? [uncertain('', true)], joined: name === '*' };
  }
  if (name === '#') {
    const count = state.positional?.some(word => word.splits) ? undefined : state.positional?.length;
    return { value: count === undefined ? NUMBER : certain(String(count)), known: true };
  }
  if (/^[?$!-]$/.test(name)) return { value: NUMBER, known: true };
  if (name === '0') return { value: lookUp(name, state, reading)?.value ?? uncertain(), known: true };
  if (/^\d+$/.test(name)) return element(state.positional, Number(name) - 1);
  const variable = lookUp(name, state, reading);
  if (variable === undefined) return { value: { ...uncertain(), variable: name }, known: false };
  if (variable.items) return element(variable.items, 0);
  return variable.value === undefined
    ? { value: certain(''), known: true, unset: true }
    : { value: variable.value, known: true };
}

/** `${a[index]}`. `index` is its source text. */
export function subscript(name: string, index: string, state: State, reading: Reading): Parameter {
  const variable = lookUp(name, state, reading);
  const items = itemsOf(variable);
  if (index === '@' || index === '*') {
    return { items: items ?? [uncertain('', true)], joined: index === '*' };
  }
  return /^\d{1,9}$/.test(index) ? element(items, Number(index)) : { value: uncertain(), known: true };
}

function itemsOf(variable: Variable | undefined): readonly Word[] | undefined {
  if (variable === undefined) return undefined;
  if (variable.items) return variable.items;
  if (variable.value === undefined) return [];
  return variable.value.certain ? [variable.value] : undefined;
}

function element(items: readonly Word[] | undefined, at: number): Parameter {
  if (items === undefined || at < 0 || items.slice(0, at + 1).some(word => word.splits)) {
    return { value: uncertain(), known: true };
  }
  const item = items[at];
  return item ? { value: item, known: true } : { value: certain(''), known: true, unset: true };
}

/** How an operand is expanded: to one word, or to a pattern (`undefined` where it is not known). */
export interface Operands {
  text(word: AstWord): Word;
  pattern(word: AstWord): readonly PatternPiece[] | undefined;
}

/** Operators that make a new text of a known one. Anything else is uncertain. */
export function transform(
  part: ParameterExpansionPart,
  value: Value,
  operands: Operands,
  reading: Reading,
): Value {
  const operation = part.operation;
  if (part.prefix === '#') return value.certain ? certain(String([...value.text].length)) : NUMBER;
  if (operation === undefined) return value;
  if (!value.certain) return uncertain();
  const text = value.text;
  switch (operation.type) {
    case 'Remove': {
      const pieces = operands.pattern(operation.operand);
      if (!pieces || text.length > MAX_MATCHED || !reading.spend(text.length ** 2 / 4)) return uncertain();
      return certain(remove(text, compile(pieces), operation.operator));
    }
    case 'Replace': {
      const pieces = operands.pattern(operation.pattern);
      const replacement = operands.text(operation.replacement);
      // An unquoted & stands for the match since bash 5.2, and for itself before.
      if (!pieces || !replacement.certain || /[&\\]/.test(replacement.text)) return uncertain();
      if (text.length > MAX_MATCHED / 4 || !reading.spend(text.length ** 3 / 16)) return uncertain();
      return certain(replace(text, compile(pieces), replacement.text, operation.operator));
    }
    case 'Slice': {
      const offset = number(operands.text(operation.offset));
      const length = operation.length ? number(operands.text(operation.length)) : Number.POSITIVE_INFINITY;
      return offset === undefined || length === undefined ? uncertain() : slice(text, offset, length);
    }
    case 'CaseModification':
      if (operation.operand || /[^\u0000-\u007f]/.test(text)) return uncertain();
      return certain(changeCase(text, operation.operator));
    default:
      return uncertain();
  }
}

function number(word: Word): number | undefined {
  return word.certain && /^\s*-?\d{1,9}\s*$/.test(word.text) ? Number(word.text) : undefined;
}

function slice(text: string, offset: number, length: number): Value {
  const characters = [...text];
  const start = offset < 0 ? characters.length + offset : offset;
  if (start < 0) return certain('');
  const end = length < 0 ? characters.length + length : start + length;
  if (end < start) return uncertain();
  return certain(characters.slice(start, end).join(''));
}

function changeCase(text: string, operator: string): string {
  const change = (part: string) => (operator.startsWith('^') ? part.toUpperCase() : part.toLowerCase());
  return operator.length === 2 ? change(text) : change(text.slice(0, 1)) + text.slice(1);
}

function remove(text: string, pattern: Pattern, operator: string): string {
  const cuts = Array.from({ length: text.length + 1 }, (_, at) => at);
  if (operator.startsWith('#')) {
    const order = operator === '##' ? cuts.reverse() : cuts;
    const cut = order.find(at => matches(pattern, text.slice(0, at)));
    return cut === undefined ? text : text.slice(cut);
  }
  const order = operator === '%%' ? cuts : cuts.reverse();
  const cut = order.find(at => matches(pattern, text.slice(at)));
  return cut === undefined ? text : text.slice(0, cut);
}

function replace(text: string, pattern: Pattern, replacement: string, operator: string): string {
  if (pattern.length === 0 && operator.length === 1) return text;
  if (operator === '/%') {
    for (let at = 0; at <= text.length; at += 1) {
      if (matches(pattern, text.slice(at))) return text.slice(0, at) + replacement;
    }
    return text;
  }
  let result = '';
  for (let at = 0; at < text.length; ) {
    const end = longest(text, at, pattern);
    if (end === undefined) {
      if (operator === '/#') return text;
      result += text[at];
      at += 1;
      continue;
    }
    result += replacement;
    at = end;
    if (operator !== '//') return result + text.slice(at);
  }
  return result;
}

/** The end of the longest non-empty match from `start` on. */
function longest(text: string, start: number, pattern: Pattern): number | undefined {
  for (let end = text.length; end > start; end -= 1) {
    if (matches(pattern, text.slice(start, end))) return end;
  }
  return undefined;
}

/** `"$*"`: the items with a space between, which is right while IFS is its own. */
export function joinItems(items: readonly Word[]): Word {
  return items.every(item => item.certain)
    ? { text: items.map(item => item.text).join(' '), certain: true }
    : uncertain();
}
