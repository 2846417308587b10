/**
 * Adding to and taking from JSON that people wrote: comments, order and layout of everything else stay as they are. Pure
 * functions on text; each throws `WrongJson` for a text that it cannot change.
 */

import { type JsonNode, jsonOf, parseJsonc, valueAt } from '../../jsonc.js';

/** The text is no JSON, or something else stands where a list of hooks is to be. */
export class WrongJson extends Error {
  /** Offset into the text. */
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** The text with an element more at the end of the list under `path`; what of the path is missing is made. */
export function withElement(text: string, path: readonly string[], element: unknown): string {
  let node = treeOf(text);
  const unit = /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
  for (const [depth, key] of path.entries()) {
    if (node.kind !== 'object')
      throw new WrongJson(`${path.slice(0, depth).join('.')} is no object`, node.start);
    const next = valueAt(node, key);
    if (next === undefined) {
      const rest = path
        .slice(depth + 1)
        .reduceRight<unknown>((inner, name) => ({ [name]: inner }), [element]);
      const member = `${JSON.stringify(key)}: ${written(rest, unit, depth + 1)}`;
      return inserted(
        text,
        node,
        node.members.at(-1)?.value,
        member,
        unit.repeat(depth + 1),
        unit.repeat(depth),
      );
    }
    node = next;
  }
  if (node.kind !== 'array') throw new WrongJson(`${path.join('.')} is no list`, node.start);
  const depth = path.length;
  const item = written(element, unit, depth + 1);
  return inserted(text, node, node.items.at(-1), item, unit.repeat(depth + 1), unit.repeat(depth));
}

/**
 * The text without the elements of the list under `path` that `isOurs` holds for, or that hold nothing but such in a list
 * `hooks` of their own; lists and objects on the path that are empty then go too.
 */
export function withoutElements(
  text: string,
  path: readonly string[],
  isOurs: (value: unknown) => boolean,
): string {
  for (let now = text; ; ) {
    const next = withoutOne(now, path, isOurs);
    if (next === undefined) return now;
    now = next;
  }
}

/** The elements of the list under `path`, and those of their own lists `hooks`. */
export function elementsAt(text: string, path: readonly string[]): readonly unknown[] {
  const list = path.reduce<JsonNode | undefined>(valueAt, treeOf(text));
  if (list?.kind !== 'array') return [];
  return list.items.flatMap(item => {
    const inner = valueAt(item, 'hooks');
    return [jsonOf(item), ...(inner?.kind === 'array' ? inner.items.map(jsonOf) : [])];
  });
}

function withoutOne(
  text: string,
  path: readonly string[],
  isOurs: (value: unknown) => boolean,
): string | undefined {
  const nodes = [treeOf(text)];
  for (const key of path) {
    const next = valueAt(nodes.at(-1), key);
    if (next === undefined) return undefined;
    nodes.push(next);
  }
  const list = nodes.at(-1)!;
  if (list.kind !== 'array') return undefined;
  for (const item of list.items) {
    if (isOurs(jsonOf(item))) return withoutNode(text, nodes, path, item);
    const inner = valueAt(item, 'hooks');
    if (inner?.kind !== 'array') continue;
    const ours = inner.items.find(one => isOurs(jsonOf(one)));
    if (ours === undefined) continue;
    if (inner.items.length === 1) return withoutNode(text, nodes, path, item);
    return cut(text, inner, inner.items, ours);
  }
  return undefined;
}

/** Cuts the item out of the list, or the outermost thing on the path that would be empty without it. */
function withoutNode(
  text: string,
  nodes: readonly JsonNode[],
  path: readonly string[],
  item: JsonNode,
): string {
  let at = nodes.length - 1;
  const list = nodes[at]!;
  if (list.kind === 'array' && list.items.length > 1) return cut(text, list, list.items, item);
  // The list would be empty: its member goes, and so on outwards; the whole file stays.
  for (at -= 1; at > 0; at -= 1) {
    const parent = nodes[at]!;
    if (parent.kind === 'object' && parent.members.length > 1) break;
  }
  const parent = nodes[at]!;
  if (parent.kind !== 'object') return text;
  const parts = parent.members.map(({ start, value }) => ({ start, end: value.end }));
  const member = parts[parent.members.findLastIndex(({ key }) => key === path[at])]!;
  return cut(text, parent, parts, member);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Cuts one part out of a list or object, with the comma that is then too many. */
function cut(text: string, around: Span, parts: readonly Span[], part: Span): string {
  const i = parts.findIndex(({ start }) => start === part.start);
  const before = parts[i - 1];
  const after = parts[i + 1];
  if (before) {
    const between = withoutComma(text.slice(before.end, part.start)).trimEnd();
    return text.slice(0, before.end) + between + text.slice(part.end);
  }
  if (after) return text.slice(0, part.start) + text.slice(after.start);
  return text.slice(0, around.start + 1) + text.slice(around.end - 1);
}

/** Comments between two parts, without the comma that stands among them. */
function withoutComma(text: string): string {
  let isGone = false;
  return text.replace(/\/\/.*|\/\*[\s\S]*?\*\/|,/g, piece => {
    if (piece !== ',' || isGone) return piece;
    isGone = true;
    return '';
  });
}

/** Inserts a part before the closing bracket of `around`, on a line of its own. */
function inserted(
  text: string,
  around: Span,
  last: Span | undefined,
  part: string,
  indent: string,
  outer: string,
): string {
  const close = around.end - 1;
  const inside = text.slice(last?.end ?? around.start + 1, close);
  const tail = inside.trimEnd();
  const isClosed = /,/.test(tail.replace(/\/\/.*|\/\*[\s\S]*?\*\//g, ''));
  const comma = last && !isClosed ? ',' : '';
  const head = text.slice(0, last?.end ?? around.start + 1);
  return `${head}${comma}${tail}\n${indent}${part}${isClosed ? ',' : ''}\n${outer}${text.slice(close)}`;
}

function written(value: unknown, unit: string, depth: number): string {
  return JSON.stringify(value, null, unit).replaceAll('\n', `\n${unit.repeat(depth)}`);
}

function treeOf(text: string): JsonNode {
  const tree = parseJsonc(text);
  if ('wrongAt' in tree) throw new WrongJson('it is no JSON', tree.wrongAt);
  if (tree.kind !== 'object') throw new WrongJson('it is no JSON object', tree.start);
  return tree;
}
