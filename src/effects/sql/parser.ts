/**
 * PostgreSQL's own parser, loaded when first needed, behind the checks it needs: it cuts text silently at a NUL and
 * is slow on huge input. Returns syntax trees; knows nothing of effects.
 */

import type { Node } from 'libpg-query';
import { Lazy } from '../../lazy.js';
import { plainStatement } from './plain.js';

/** Longest text that is parsed, in UTF-16 units. */
const TEXT_LIMIT = 1_000_000;

type Parser = Pick<typeof import('libpg-query'), 'loadModule' | 'parseSync' | 'parsePlPgSQLSync'>;

const library = new Lazy('libpg-query', async (): Promise<Parser> => {
  const imported: Partial<Parser> & { readonly default?: Parser } = await import('libpg-query');
  // A bundle of this CommonJS library shows Node none of its names, only the whole as `default`.
  const parser = isParser(imported) ? imported : imported.default;
  if (!parser) throw new Error('libpg-query has no loadModule');
  await parser.loadModule();
  return parser;
});

function isParser(library: Partial<Parser>): library is Parser {
  return library.loadModule !== undefined;
}

/** One statement: its tree, and the text it was read from. */
export interface Statement {
  readonly node: Node;
  readonly source: string;
}

/** The statements of a text, or why there are none. */
export type Parsed = { readonly statements: readonly Statement[] } | { readonly fault: string };

/** Parses a whole query string, as the server would before running any of it. */
export function parsePostgres(text: string): Parsed {
  if (text.includes('\0')) return { fault: 'it holds a NUL character' };
  if (text.length > TEXT_LIMIT) return { fault: 'it is too long to be read' };
  if (text.trim() === '') return { statements: [] };
  const plain = plainStatement(text);
  if (plain) return { statements: [{ node: plain, source: text }] };
  const parser = library.get();
  try {
    const { stmts = [] } = parser.parseSync(text);
    // The parser counts in bytes of UTF-8; a length of 0 means up to the end.
    const bytes = new TextEncoder().encode(text);
    return {
      statements: stmts.flatMap(({ stmt, stmt_location: start = 0, stmt_len: length }) => {
        const source = new TextDecoder().decode(bytes.subarray(start, length ? start + length : undefined));
        return stmt ? [{ node: stmt, source }] : [];
      }),
    };
  } catch (fault) {
    return { fault: reason(fault) };
  }
}

/** A piece of SQL inside a PL/pgSQL body. `dynamic`: the expression's value is executed as SQL. */
export interface BodyPart {
  readonly text: string;
  readonly form: 'statement' | 'expression' | 'dynamic';
}

/** The SQL inside a whole `DO` or `CREATE FUNCTION … LANGUAGE plpgsql` statement. */
export function parsePlpgsql(statement: string): { readonly parts: readonly BodyPart[] } | { fault: string } {
  if (statement.includes('\0') || statement.length > TEXT_LIMIT)
    return { fault: 'it is too long to be read' };
  const parser = library.get();
  try {
    const tree: unknown = parser.parsePlPgSQLSync(statement);
    return { parts: [...partsOf(tree)] };
  } catch (fault) {
    return { fault: reason(fault) };
  }
}

/** Where a PL/pgSQL node keeps an expression whose value is run as SQL: EXECUTE, FOR … IN EXECUTE, RETURN QUERY EXECUTE. */
const DYNAMIC: ReadonlySet<string> = new Set(['PLpgSQL_stmt_dynexecute.query', 'PLpgSQL_stmt_dynfors.query']);

function* partsOf(tree: unknown): Generator<BodyPart> {
  const open: { node: unknown; place: string }[] = [{ node: tree, place: '' }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, place } = next;
    if (typeof node !== 'object' || node === null) continue;
    if (Array.isArray(node)) {
      open.push(...node.map(item => ({ node: item, place })));
      continue;
    }
    for (const [key, value] of Object.entries(node)) {
      if (key === 'PLpgSQL_expr') yield partOf(value, place);
      else open.push({ node: value, place: key.startsWith('PLpgSQL_') ? key : `${lastNode(place)}.${key}` });
    }
  }
}

function lastNode(place: string): string {
  return place.split('.')[0] ?? '';
}

function partOf(expression: unknown, place: string): BodyPart {
  const { query, parseMode } = expression as { query?: string; parseMode?: number };
  const text = query ?? '';
  if (DYNAMIC.has(place) || place.endsWith('.dynquery')) return { text, form: 'dynamic' };
  if (!parseMode) return { text, form: 'statement' };
  // Assignments (modes 3 to 5) are `name := expression`.
  const assigned = parseMode >= 3 ? /^[^=]*?:?=([\s\S]*)$/.exec(text)?.[1] : undefined;
  return { text: assigned ?? text, form: 'expression' };
}

function reason(fault: unknown): string {
  // RangeError, RuntimeError: nested too deeply, or out of memory; the parser stays usable.
  return fault instanceof Error && fault.name === 'SqlError' ? fault.message : 'it is too complex to be read';
}
