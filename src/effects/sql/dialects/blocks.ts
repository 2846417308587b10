/**
 * Statements inside of blocks (`BEGIN … END`, `IF … THEN …`) and the bodies of routines that a text defines, in other
 * dialects. Only cuts tokens; knows no statement's meaning.
 */

import type { Piece, Token } from './tokens.js';

/** Words that open a block, or a branch of one, before the statement that they hold. */
const OPENS = new Set('begin else loop repeat'.split(' '));

/** Words whose condition ends with one of `THEN`. */
const CONDITIONS = new Set('if elseif elsif while for when exception'.split(' '));
const THEN = new Set('then do loop'.split(' '));

/** The statement behind the words that open its block: `BEGIN DROP TABLE a` without its BEGIN. */
export function insideBlocks(piece: Piece): Piece {
  const [first] = piece.tokens;
  if (first?.kind !== 'word') return piece;
  let behind = 0;
  if (OPENS.has(first.text)) behind = 1;
  else if (CONDITIONS.has(first.text))
    behind = 1 + piece.tokens.findIndex(token => token.kind === 'word' && THEN.has(token.text));
  // MariaDB's BEGIN NOT ATOMIC.
  if (piece.tokens[behind]?.text === 'not' && piece.tokens[behind + 1]?.text === 'atomic') behind += 2;
  return behind > 0 ? insideBlocks(fromTokens(piece, behind)) : piece;
}

export interface Routine {
  readonly name: string;
  readonly body: string;
  /** It runs by itself: an event of MySQL, a task of Snowflake. */
  readonly isScheduled: boolean;
}

/** The routine that a statement defines: `CREATE PROCEDURE a() DELETE FROM t`. */
export function routineOf(piece: Piece): Routine | undefined {
  const { tokens } = piece;
  if (tokens[0]?.text !== 'create') return undefined;
  const kind = tokens.findIndex(token => /^(procedure|proc|function|event|task)$/.test(token.text));
  // `CREATE OR REPLACE DEFINER = 'a'@'b' PROCEDURE`; further on the word stands for something else.
  if (kind < 1 || kind > 10 || tokens.slice(0, kind).some(isTableOrView)) return undefined;
  const at = tokens.findIndex(
    (token, i) => i > kind && token.kind === 'word' && isStart(token, tokens[i - 1]),
  );
  const named = tokens.slice(kind + 1).filter(token => !/^(if|not|exists)$/.test(token.text));
  let last = 0;
  while (named[last + 1]?.text === '.') last += 2;
  const name = named[last]?.text;
  if (at < 0 || !name) return undefined;
  const isScheduled = /^(event|task)$/.test(tokens[kind]!.text);
  return { name: name.toLowerCase(), body: fromTokens(piece, at).source, isScheduled };
}

/** The first word of a body. Before it stand parameters, and clauses that have no such word. */
function isStart({ text }: Token, before: Token | undefined): boolean {
  const isHeld = before?.kind === 'symbol' && before.text !== ')';
  return (
    !isHeld && /^(begin|delete|update|insert|replace|drop|truncate|call|alter|merge|with|declare)$/.test(text)
  );
}

function isTableOrView({ kind, text }: Token): boolean {
  return kind === 'word' && /^(table|view|index|trigger|user|database|schema)$/.test(text);
}

/** What is left from a token on; its text is put together anew. */
function fromTokens({ tokens, at }: Piece, start: number): Piece {
  const left = tokens.slice(start);
  return { tokens: left, source: left.map(written).join(' '), at };
}

function written({ kind, raw, text }: Token): string {
  if (kind === 'string') return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  return raw;
}
