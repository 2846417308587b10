/** `${…}` in a word: defaults, arrays, indirection, and the zsh forms that bash would refuse. Splices into fields. */

import type { ParameterDefaultOperation, ParameterExpansionPart } from 'unbash';
import { certain, uncertain } from './command.js';
import type { Expander } from './expand.js';
import type { Fields } from './fields.js';
import { joinItems, type Parameter, parameter, subscript, transform } from './parameters.js';
import { assign, type Value } from './state.js';

const NAME = /^(?:[A-Za-z_]\w*|\d+|[@*#?$!-])$/;

export function expandParameter(
  part: ParameterExpansionPart,
  expander: Expander,
  fields: Fields,
  quoted: boolean,
): void {
  const { reading } = expander;
  if (!NAME.test(part.parameter)) {
    reading.doubt('construct', 'a parameter expansion is not bash, perhaps zsh');
    expander.visit(part);
    fields.unknown({ splits: true });
    return;
  }
  const found = read(part, expander);
  const operation = part.operation;
  if (!('value' in found)) {
    expandItems(part, found, expander, fields, quoted);
  } else if (part.prefix === '!' && operation) {
    expander.visit(part);
    fields.unknown({ splits: true });
  } else if (operation?.type === 'Default') {
    expandDefault(part, operation, found, expander, fields, quoted);
  } else {
    const value = transform(part, found.value, expander, reading);
    if (!value.certain) expander.visit(part);
    fields.value(value, quoted);
  }
}

function read(part: ParameterExpansionPart, expander: Expander): Parameter {
  const { state, reading } = expander;
  if (part.index) {
    const index = expander.scalar(part.index);
    if (part.prefix === '!') return { value: uncertain('', true), known: true };
    return index.certain
      ? subscript(part.parameter, index.text, state, reading)
      : { value: uncertain(), known: true };
  }
  const found = parameter(part.parameter, state, reading);
  if (part.prefix !== '!' || part.operation) return found;
  const name = 'value' in found && found.value.certain ? found.value.text : '';
  return /^[A-Za-z_]\w*$/.test(name)
    ? parameter(name, state, reading)
    : { value: uncertain('', true), known: true };
}

function expandItems(
  part: ParameterExpansionPart,
  found: Extract<Parameter, { items: unknown }>,
  expander: Expander,
  fields: Fields,
  quoted: boolean,
): void {
  if (part.prefix === '#') {
    const open = found.items.some(item => item.splits);
    fields.value(
      open ? { text: '', certain: false, atomic: true } : certain(String(found.items.length)),
      quoted,
    );
  } else if (part.operation || part.prefix) {
    expander.visit(part);
    fields.unknown({ splits: true });
  } else if (quoted && found.joined) fields.value(joinItems(found.items), true);
  else fields.items(found.items, quoted);
}

/** `${x:-y}` and its kin. Where `x` is not known the text is as if it were empty. */
function expandDefault(
  part: ParameterExpansionPart,
  operation: ParameterDefaultOperation,
  found: Extract<Parameter, { value: unknown }>,
  expander: Expander,
  fields: Fields,
  quoted: boolean,
): void {
  const { operator, operand } = operation;
  const { value } = found;
  const colon = operator.startsWith(':');
  const kind = operator.at(-1);
  const present = colon ? value.text !== '' : found.unset !== true;
  if (kind === '+') {
    if (!value.certain) fields.value(unknownOf(expander.scalar(operand).certain ? '' : ''), quoted);
    else if (present) expander.splice(operand, fields, quoted);
    else fields.value(certain(''), quoted);
    return;
  }
  if (value.certain && present) {
    fields.value(value, quoted);
    return;
  }
  if (kind === '?') {
    expander.visit(operand);
    fields.value(value.certain ? uncertain() : value, quoted);
    return;
  }
  if (value.certain && kind === '-') {
    expander.splice(operand, fields, quoted);
    return;
  }
  const fallback = expander.scalar(operand);
  const result: Value = value.certain ? fallback : unknownOf(value.text === '' ? fallback.text : value.text);
  if (kind === '=' && /^[A-Za-z_]\w*$/.test(part.parameter) && !part.index) {
    expander.state = assign(expander.state, expander.reading, part.parameter, result);
  }
  fields.value(result, quoted);
}

function unknownOf(text: string): Value {
  return uncertain(text);
}
