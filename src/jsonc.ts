/**
 * JSON with comments and trailing commas, as editors and agents write their settings, as a tree that knows where each
 * part stands. JSON is a part of JavaScript's grammar (ECMA-404, ES2019), so acorn reads it. Changes no file.
 */

import type { Expression } from 'acorn';
import { Lazy } from './lazy.js';

const acorn = new Lazy('acorn', () => import('acorn'));

/** A part of the text, `start` to `end`. */
export type JsonNode = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'object'; readonly members: readonly Member[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'plain'; readonly value: string | number | boolean | null }
);

/** `"key": value`; where a key stands twice, the last one counts. */
interface Member {
  readonly key: string;
  readonly start: number;
  readonly value: JsonNode;
}

/** For who parses outside `decide()`, which loads what it needs by itself. */
export function loadJsonc(): Promise<void> {
  return acorn.load();
}

/** The tree of a text; where it is no JSON, the offset at which that shows. Throws `NotLoaded`. */
export function parseJsonc(text: string): JsonNode | { readonly wrongAt: number } {
  const { parseExpressionAt, tokenizer } = acorn.get();
  try {
    const tree = parseExpressionAt(text, 0, { ecmaVersion: 'latest' });
    const rest = tokenizer(text.slice(tree.end), { ecmaVersion: 'latest' }).getToken();
    if (rest.type.label !== 'eof') return { wrongAt: tree.end + rest.start };
    return nodeOf(tree, text);
  } catch (fault) {
    if (fault instanceof NotJson) return { wrongAt: fault.at };
    if (fault instanceof SyntaxError) return { wrongAt: offsetOf(fault) };
    throw fault;
  }
}

/** The value of a tree, as JSON.parse would give it. */
export function jsonOf(node: JsonNode): unknown {
  if (node.kind === 'plain') return node.value;
  if (node.kind === 'array') return node.items.map(jsonOf);
  // Not by assignment: a key may be called __proto__.
  return Object.fromEntries(node.members.map(({ key, value }) => [key, jsonOf(value)]));
}

/** The value that stands under a key, `undefined` for other nodes and other keys. */
export function valueAt(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.kind === 'object' ? node.members.findLast(member => member.key === key)?.value : undefined;
}

class NotJson extends Error {
  readonly at: number;

  constructor(at: number) {
    super('not JSON');
    this.at = at;
  }
}

function nodeOf(tree: Expression, text: string): JsonNode {
  const { start, end } = tree;
  switch (tree.type) {
    case 'ObjectExpression':
      return { start, end, kind: 'object', members: tree.properties.map(one => member(one, text)) };
    case 'ArrayExpression':
      return {
        start,
        end,
        kind: 'array',
        items: tree.elements.map(one => {
          if (one === null || one.type === 'SpreadElement') throw new NotJson(start);
          return nodeOf(one, text);
        }),
      };
    default: {
      // Strings in single quotes, names, sums: JavaScript, and no JSON.
      const value = plainValue(text.slice(start, end));
      if (value === undefined) throw new NotJson(start);
      return { start, end, kind: 'plain', value };
    }
  }
}

type Property = Extract<Expression, { type: 'ObjectExpression' }>['properties'][number];

function member(property: Property, text: string): Member {
  const { start } = property;
  const isPair =
    property.type === 'Property' && property.kind === 'init' && !property.computed && !property.shorthand;
  const key = isPair ? plainValue(text.slice(property.key.start, property.key.end)) : undefined;
  if (!isPair || typeof key !== 'string') throw new NotJson(start);
  return { key, start, value: nodeOf(property.value, text) };
}

function plainValue(text: string): string | number | boolean | null | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isPlain =
      value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return isPlain ? value : undefined;
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined;
    throw fault;
  }
}

function offsetOf(fault: SyntaxError): number {
  return 'pos' in fault && typeof fault.pos === 'number' ? fault.pos : 0;
}
