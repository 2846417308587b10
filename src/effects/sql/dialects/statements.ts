/**
 * One statement of another dialect → effects. The verb is read from the tokens, so that syntax which no parser knows
 * hides nothing; conditions are read from the parser's tree. Decides nothing.
 */

import type { OtherVerb } from '../../../invocation/sql/words.js';
import { type Effect, effect } from '../../effect.js';
import { defined } from '../anew.js';
import { unreadable } from '../scope.js';
import { alterEffects } from './alter.js';
import { Cursor } from './cursor.js';
import { dropEffects } from './drop.js';
import { callEffects, called, executeEffects } from './routines.js';
import { rowEffects } from './rows.js';
import { serverReaders } from './servers.js';
import type { OtherDialect, Piece, Token } from './tokens.js';
import { passwordOf, userEffects } from './users.js';

/** What the reader of a statement may ask of the session around it. */
export interface Around {
  readonly dialect: OtherDialect;
  /** Is it a temporary table of this session? */
  isTemporary(name: string): boolean;
  /** What SQL inside a string of the statement would do. */
  judge(text: string): readonly Effect[];
  /** What a routine would do that the same input defined. */
  bodyOf(name: string): readonly Effect[];
}

export type Reader = (cursor: Cursor, piece: Piece, around: Around) => readonly Effect[];

/** The effects of a statement; nothing for what reads or adds. */
export function statementEffects(piece: Piece, around: Around): readonly Effect[] {
  const cursor = new Cursor(piece.tokens);
  if (cursor.take('explain', 'describe', 'desc')) {
    // Only ANALYZE runs it.
    if (!cursor.take('analyze')) return [];
  }
  const verb = cursor.next();
  const reader = verb?.kind === 'word' && isRead(verb.text) ? readers[verb.text] : undefined;
  return [...(reader?.(cursor, piece, around) ?? []), ...callEffects(piece)];
}

function isRead(verb: string): verb is OtherVerb {
  return Object.hasOwn(readers, verb);
}

const rows: Reader = (_, piece, around) => rowEffects(piece, around);

const readers: Readonly<Record<OtherVerb, Reader>> = {
  drop: (cursor, _, around) => dropEffects(cursor, around),
  undrop: () => [],
  truncate(cursor, _, around) {
    const isAll = cursor.take('all') !== undefined;
    cursor.take('table', 'tables', 'database');
    cursor.take('only', 'from');
    cursor.takeIfExists();
    const names = isAll ? [cursor.name()] : cursor.names();
    return names
      .filter(name => !around.isTemporary(name))
      .map(name => effect('delete', 'sql.row', name, { extent: 'all', with: ['truncate=true'] }));
  },
  alter: (cursor, piece, around) => alterEffects(cursor, piece, around),
  delete: rows,
  // Counts anew what the optimizer goes by; `statistics` is a reserved word there.
  update: (cursor, piece, around) =>
    around.dialect === 'mssql' && cursor.take('statistics') ? [] : rows(cursor, piece, around),
  merge: rows,
  with: rows,
  insert(cursor, piece, around) {
    if (cursor.take('or')) return cursor.take('replace') ? upserts(cursor, piece, around) : [];
    if (!cursor.take('overwrite')) return rows(cursor, piece, around);
    return [written(cursor)];
  },
  replace(cursor, piece, around) {
    if (around.dialect !== 'clickhouse' || !cursor.take('table')) return upserts(cursor, piece, around);
    return [effect('delete', 'sql.table', cursor.name(), { with: ['replace=true'] })];
  },
  load(cursor, { tokens }, around) {
    const isData = cursor.take('data', 'xml') !== undefined;
    // BigQuery's LOAD DATA OVERWRITE.
    if (isData && cursor.take('overwrite')) return [written(cursor)];
    if (!isData || !tokens.some(isReplaceInto)) return [];
    while (cursor.peek() && !cursor.take('into')) cursor.next();
    cursor.take('table');
    const name = cursor.name();
    return around.isTemporary(name) ? [] : [overwritten(name)];
  },
  analyze: rows,
  create(cursor, piece, around) {
    const isReplaced = cursor.take('or') !== undefined && cursor.take('replace') !== undefined;
    if (cursor.take('view')) return [defined('sql.view', cursor.name())];
    const kind = cursor.take('table', 'database', 'schema', 'transient', 'stage', 'stream')?.text;
    // In DuckDB it is how people make a derived table anew; elsewhere it stands over stored rows.
    if (!isReplaced || !kind || around.dialect === 'duckdb') return userEffects(piece);
    if (kind === 'transient') cursor.take('table');
    cursor.takeIfExists();
    // A stage holds files, a stream what it has read so far.
    const named = kind === 'stage' || kind === 'stream' ? 'sql.tablespace' : `sql.${kind}`;
    const resource = kind === 'transient' ? 'sql.table' : named;
    return [effect('delete', resource, cursor.name(), { with: ['replace=true'] })];
  },
  grant(_, { tokens }) {
    const words = tokens.map(token => token.text);
    const text = words.join(' ');
    const names = [
      ...(/ to public\b/.test(text) ? ['grantee=public'] : []),
      ...(/\bon \* \. \*/.test(text) && /^grant all/.test(text) ? ['role.superuser=true'] : []),
    ];
    return [effect('grant', 'sql.privilege', after(words, 'to'), { with: names })];
  },
  revoke: (_, { tokens }) => [
    effect(
      'delete',
      'sql.privilege',
      after(
        tokens.map(token => token.text),
        'from',
      ),
    ),
  ],
  set(cursor) {
    const scope = cursor.take('global', 'persist', 'persist_only');
    const name = scope ? cursor.name() : (cursor.peek()?.text ?? '');
    if (scope || /^@@(global|persist)/.test(name)) return [effect('update', 'sql.server-setting', name)];
    if (name === 'password') return [passwordOf('')];
    return [];
  },
  // The repair that may throw rows away.
  dbcc: (_, { tokens }) =>
    tokens.some(token => token.text === 'repair_allow_data_loss')
      ? [
          effect('delete', 'sql.row', tokens.find(isString)?.text ?? '', {
            extent: 'unknown',
            with: ['by=repair'],
          }),
        ]
      : [],
  system(cursor) {
    const what = cursor.take('shutdown', 'kill', 'drop', 'stop')?.text;
    if (what === 'shutdown' || what === 'kill')
      return [effect('update', 'sql.server-state', what, { with: ['state=down'] })];
    if (cursor.take('unfreeze')) return [effect('delete', 'sql.tablespace', cursor.rest())];
    const dropped = what === 'drop' ? cursor.take('replica', 'database') : undefined;
    return dropped ? [effect('delete', 'sql.replication-slot', cursor.rest())] : [];
  },
  detach(cursor, { tokens }) {
    const isLasting = tokens.some(token => token.text === 'permanently');
    cursor.take('table', 'database', 'view', 'dictionary');
    cursor.takeIfExists();
    return isLasting ? [effect('delete', 'sql.table', cursor.name(), { with: ['detach=true'] })] : [];
  },
  restore(cursor) {
    return cursor.take('database') ? [effect('overwrite', 'sql.database', cursor.name())] : [];
  },
  ...serverReaders,
  call: (cursor, _, around) => called(cursor, around),
  exec: executeEffects,
  execute: executeEffects,
  prepare(cursor, _, around) {
    cursor.name();
    if (!cursor.take('from')) return [];
    const text = cursor.next();
    return text?.kind === 'string'
      ? around.judge(text.text)
      : [unreadable('SQL that is put together when it runs')];
  },
  pragma(_, { tokens }) {
    const text = tokens.map(token => token.text).join('');
    return /^pragmawritable_schema[=(](1|on|true|yes|reset)/.test(text)
      ? [effect('delete', 'sql.schema', 'sqlite_schema', { with: ['by-hand=true'], extent: 'unknown' })]
      : [];
  },
};

/** `REPLACE INTO t SELECT … FROM o`: every row that a query finds is written over its namesake; rows of VALUES are named. */
function upserts(cursor: Cursor, { tokens }: Piece, around: Around): readonly Effect[] {
  cursor.take('into');
  const name = cursor.name();
  const words = tokens.map(token => (token.kind === 'word' ? token.text : ''));
  const isQuery = words.includes('select') && words.includes('from');
  return isQuery && !around.isTemporary(name) ? [overwritten(name)] : [];
}

/** `OVERWRITE [INTO|TABLE] t`: what was in it is gone. */
function written(cursor: Cursor): Effect {
  cursor.take('into', 'table');
  return effect('update', 'sql.row', cursor.name(), { extent: 'all', with: ['overwrite=true'] });
}

function overwritten(table: string): Effect {
  return effect('update', 'sql.row', table, { extent: 'unknown', with: ['by=query'] });
}

function isReplaceInto({ kind, text }: Token, i: number, tokens: readonly Token[]): boolean {
  return kind === 'word' && text === 'replace' && tokens[i + 1]?.text === 'into';
}

function isString(token: { readonly kind: string }): boolean {
  return token.kind === 'string';
}

function after(words: readonly string[], word: string): string {
  return words[words.lastIndexOf(word) + 1] ?? '';
}
