/**
 * The parser of the other dialects, loaded when first needed: it gives the conditions of DELETE and UPDATE as trees.
 * What it cannot parse it says; it knows nothing of effects.
 */

import { Lazy } from '../../../lazy.js';
import type { OtherDialect } from './tokens.js';

type Library = Pick<typeof import('@guanmingchiu/sqlparser-ts'), 'init' | 'parse'>;

const library = new Lazy('@guanmingchiu/sqlparser-ts', async (): Promise<Library> => {
  const imported: Partial<Library> & { readonly default?: Library } = await import(
    '@guanmingchiu/sqlparser-ts'
  );
  // A bundle of this library shows Node none of its names, only the whole as `default`.
  const parser = isLibrary(imported) ? imported : imported.default;
  if (!parser) throw new Error('the SQL parser has no init');
  await parser.init();
  return parser;
});

function isLibrary(library: Partial<Library>): library is Library {
  return library.init !== undefined;
}

/** A node of its trees: JSON as the Rust library writes it. */
export type Tree = { readonly [key: string]: unknown };

/** One statement, or `undefined` where the parser does not understand it. */
export function parseStatement(source: string, dialect: OtherDialect): Tree | undefined {
  const parser = library.get();
  try {
    const [statement, ...more] = parser.parse(source, dialect);
    return more.length === 0 && isTree(statement) ? statement : undefined;
  } catch (fault) {
    // A syntax error, or a stack that is used up: both mean that it was not understood.
    if (fault instanceof Error) return undefined;
    throw fault;
  }
}

/** True for a node of the parser's, an object and no list. */
export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The node at a key, where it is one. */
export function at(tree: Tree | undefined, key: string): Tree | undefined {
  const value = tree?.[key];
  return isTree(value) ? value : undefined;
}

/** The nodes of a list at a key. */
export function listAt(tree: Tree | undefined, key: string): readonly unknown[] {
  const value = tree?.[key];
  return Array.isArray(value) ? value : [];
}

/** Every node with the key anywhere below, its own value given. */
export function findAll(tree: unknown, key: string): readonly Tree[] {
  const found: Tree[] = [];
  const open: unknown[] = [tree];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    for (const [name, value] of Object.entries(next)) {
      if (name === key && isTree(value)) found.push(value);
      open.push(value);
    }
  }
  return found;
}

/** A name's parts joined: `[{Identifier: {value}}, …]` or `[{value}, …]`. */
export function nameOf(parts: unknown): string {
  if (!Array.isArray(parts)) return '';
  return parts
    .flatMap(part => (isTree(part) ? (at(part, 'Identifier') ?? part)['value'] : []))
    .filter(value => typeof value === 'string')
    .join('.');
}
