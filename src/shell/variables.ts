/** Assignments: what `NAME=value`, `NAME+=value` and `NAME=(…)` set, and what the script has exported. */

import type { Assignment as AssignmentNode, Word as AstWord } from 'unbash';
import { type Assignment, certain, uncertain, type Word } from './command.js';
import type { Expander } from './expand.js';
import type { Reading } from './reading.js';
import { assign, lookUp, type State, type Value } from './state.js';

export interface Setting {
  readonly name: string;
  readonly value: Value;
  readonly items?: readonly Word[];
  /** The assignment as an argument, for `export NAME=value`. */
  readonly word: Word;
}

const MAX_ITEMS = 1_000;

export function settingOf(node: AssignmentNode, expander: Expander): Setting {
  const { name } = node;
  const setting = read(node, expander);
  const prefix = node.append ? `${name}+=` : `${name}=`;
  const { text, holes, outputOf } = setting.value;
  if (setting.value.certain) return { name, ...setting, word: certain(prefix + text) };
  const moved = (holes ?? [text.length]).map(hole => hole + prefix.length);
  const word = { ...uncertain(prefix + text), holes: moved, ...(outputOf && { outputOf }) };
  return { name, ...setting, word };
}

function read(node: AssignmentNode, expander: Expander): { value: Value; items?: readonly Word[] } {
  const { name, value, append, index } = node;
  const before = lookUp(name, expander.state, expander.reading);
  if (value.type === 'ArrayValue') {
    if (value.elements.some(element => /^\[.*\]\+?=/s.test(element.text))) {
      for (const element of value.elements) expander.visit(element);
      return { value: uncertain() };
    }
    const added = value.elements.flatMap(element => [...expander.words(element)]);
    if (!append) return asItems(added);
    const old = before?.items ?? (before?.value?.certain ? [before.value] : undefined);
    return old ? asItems([...old, ...added]) : { value: uncertain() };
  }
  const added = expander.scalar(value);
  if (index) {
    expander.visit(index);
    return { value: uncertain() };
  }
  if (!append) return { value: isNumeric(value) && !added.certain ? { ...added, atomic: true } : added };
  const old = before === undefined ? uncertain() : (before.value ?? certain(''));
  if (before?.items) return { value: uncertain() };
  const text = old.text + added.text;
  return { value: old.certain && added.certain ? certain(text) : uncertain(text) };
}

/** Nothing but arithmetic and plain characters: whatever it comes to, it is one argument. */
function isNumeric(word: AstWord): boolean {
  return (
    word.parts?.every(
      part =>
        part.type === 'ArithmeticExpansion' || (part.type === 'Literal' && /^[\w./-]*$/.test(part.text)),
    ) ?? false
  );
}

function asItems(items: readonly Word[]): { value: Value; items?: readonly Word[] } {
  if (items.length > MAX_ITEMS) return { value: uncertain() };
  return { value: items[0] ?? certain(''), items };
}

/** Assignments that stand alone, in order. */
export function assignAll(state: State, settings: readonly Setting[], reading: Reading): State {
  return settings.reduce(
    (now, { name, value, items }) => assign(now, reading, name, value, items ? { items } : {}),
    state,
  );
}

/** Assignments before a function's name: exported while it runs. */
export function temporary(state: State, settings: readonly Setting[], reading: Reading): State {
  return settings.reduce(
    (now, { name, value }) => assign(now, reading, name, value, { exported: true }),
    state,
  );
}

const found = new WeakMap<State['variables'], readonly Assignment[]>();

/** What the script has changed of its commands' environment. */
export function exportedBy(state: State): readonly Assignment[] {
  const known = found.get(state.variables);
  if (known) return known;
  const exported: Assignment[] = [];
  for (const [name, variable] of state.variables) {
    if (!variable.exported) continue;
    if (variable.value === undefined) exported.push({ name, value: certain(''), unset: true });
    else exported.push({ name, value: wordOf(variable.value) });
  }
  found.set(state.variables, exported);
  return exported;
}

/** Every variable that the script has set to one value. */
export function variablesOf(state: State): readonly Assignment[] {
  return [...state.variables].flatMap(([name, { value, items }]) =>
    value === undefined || items ? [] : [{ name, value: wordOf(value) }],
  );
}

function wordOf(value: Value): Word {
  const { atomic: _, splits: __, ...word } = value;
  return word;
}
