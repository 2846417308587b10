/** Procedures and functions that a statement calls, in other dialects → effects. Decides nothing. */

import { otherFunctions } from '../../../invocation/sql/words.js';
import { type Effect, effect } from '../../effect.js';
import { unreadable } from '../scope.js';
import type { Cursor } from './cursor.js';
import type { Around } from './statements.js';
import type { Piece, Token } from './tokens.js';

/** SQL Server's procedures that run their text once for every table or database, its name put for `?`. */
const FOR_EACH = /^sp_msforeach(table|db)$/i;

/** `CALL name(…)`: its code where the same input defined it, and its name, which is all that is known of others. */
export function called(cursor: Cursor, around: Around): readonly Effect[] {
  const name = cursor.name();
  if (name === '') return [];
  return [...around.bodyOf(name), effect('execute', 'sql.routine', name)];
}

/** `EXEC('…')`, `EXECUTE IMMEDIATE '…'`, `EXEC sp_executesql N'…'`: SQL in a string; in a variable it cannot be seen. */
export function executeEffects(cursor: Cursor, { tokens }: Piece, around: Around): readonly Effect[] {
  const isImmediate = cursor.take('immediate') !== undefined;
  if (cursor.take('sp_executesql') || cursor.isAt('(')) cursor.takeSymbol('(');
  else if (FOR_EACH.test(cursor.peek()?.text ?? '')) {
    const texts = tokens.filter(token => token.kind === 'string');
    return texts.flatMap(({ text }) => around.judge(text.replaceAll('?', 'every_one')));
  } else if (!isImmediate && cursor.peek()?.kind !== 'string' && !/^@/.test(cursor.peek()?.text ?? ''))
    return called(cursor, around);
  const first = cursor.next();
  const text = first?.text === 'n' ? cursor.next() : first;
  if (text?.kind === 'string') return around.judge(text.text);
  return text ? [unreadable('SQL that is put together when it runs')] : [];
}

/** Functions and clauses that reach outside the database, wherever in the statement they stand. */
export function callEffects({ tokens }: Piece): readonly Effect[] {
  return tokens.flatMap((token, i): readonly Effect[] => {
    if (token.kind !== 'word') return [];
    const following = tokens[i + 1];
    const isCall = following?.text === '(' && following.kind === 'symbol';
    if (isAmong(otherFunctions.procedures, token.text) && tokens[i - 1]?.text !== 'sp_configure')
      return [effect('execute', 'sql.program', tokens.slice(i + 1).find(isString)?.text ?? token.text)];
    if (isCall && isAmong(otherFunctions.programs, token.text))
      return [effect('execute', 'sql.program', tokens.slice(i + 1).find(isString)?.text ?? '')];
    if (isCall && isAmong(otherFunctions.files, token.text))
      return [effect('overwrite', 'sql.file', tokens.slice(i + 1).find(isString)?.text ?? '')];
    if (/^(outfile|dumpfile)$/.test(token.text) && tokens[i - 1]?.text === 'into')
      return [effect('overwrite', 'sql.file', following?.text ?? '')];
    return [];
  });
}

function isAmong(names: readonly string[], name: string): boolean {
  return names.includes(name);
}

function isString(token: Token): boolean {
  return token.kind === 'string';
}
