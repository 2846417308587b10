/**
 * Functions that do more than compute, called anywhere in a statement → effects (PostgreSQL manual, chapters 9.28,
 * 35.4, F.1, F.11; pg_cron and TimescaleDB manuals). All others are taken to compute.
 */

import type { Node } from 'libpg-query';
import type { postgresFunctions } from '../../invocation/sql/words.js';
import { type Effect, effect } from '../effect.js';
import { textOf } from './constant.js';
import { type Scope, unreadable } from './scope.js';
import { as, find, partsOf } from './tree.js';

/** The effects of the calls below a node. */
export function callEffects(node: Node, scope: Scope): readonly Effect[] {
  return find(node, ['FuncCall']).flatMap(found => {
    const call = as(found, 'FuncCall');
    const name = partsOf(call?.funcname).at(-1) ?? '';
    const reader = isRead(name) ? readers[name] : undefined;
    return reader ? reader(call?.args ?? [], scope) : scope.bodyOf(name);
  });
}

function isRead(name: string): name is keyof typeof readers {
  return Object.hasOwn(readers, name);
}

type Reader = (values: readonly Node[], scope: Scope) => readonly Effect[];

const readers: Readonly<Record<(typeof postgresFunctions)[number], Reader>> = {
  lo_unlink: ([id]) => removal('sql.large-object', id),
  pg_terminate_backend: ([pid]) => removal('sql.connection', pid),
  pg_drop_replication_slot: ([slot]) => removal('sql.replication-slot', slot),
  drop_chunks: ([table]) => [effect('delete', 'sql.partition', textOf(table) ?? '', { extent: 'some' })],
  lo_export: ([, file]) => [effect('overwrite', 'sql.file', textOf(file) ?? '')],
  pg_file_write: ([file]) => [effect('overwrite', 'sql.file', textOf(file) ?? '')],
  pg_file_rename: ([, file]) => [effect('overwrite', 'sql.file', textOf(file) ?? '')],
  pg_file_unlink: ([file]) => [effect('delete', 'sql.file', textOf(file) ?? '')],
  dblink: remote,
  dblink_exec: remote,
  dblink_open: (values, scope) => remote(isText(values[2]) ? values.slice(1) : values, scope),
  dblink_send_query: remote,
  // `schedule([name,] cron, command)`: the command runs later, in a session of its own.
  schedule: (values, scope) => scheduled(values[2] ?? values[1], scope),
  schedule_in_database: (values, scope) => scheduled(values[2], scope),
};

function removal(resource: string, argument: Node | undefined): readonly Effect[] {
  const target = textOf(argument);
  return [effect('delete', resource, target ?? '', { extent: target === undefined ? 'some' : 'one' })];
}

/** `dblink([connection,] sql [, fail])`: SQL for another server. */
function remote(values: readonly Node[], scope: Scope): readonly Effect[] {
  const [first, second] = values;
  const text = textOf(isText(second) ? second : first);
  if (text === undefined) return [unreadable('SQL for another server that is put together when it runs')];
  return scope.judge(text, 'statement').map(one => ({ ...one, with: [...one.with, 'dblink=true'] }));
}

function scheduled(command: Node | undefined, scope: Scope): readonly Effect[] {
  const text = textOf(command);
  if (text === undefined) return [unreadable('scheduled SQL that is put together when it runs')];
  return scope.judge(text, 'statement').map(one => ({ ...one, with: [...one.with, 'scheduled=true'] }));
}

function isText(node: Node | undefined): boolean {
  return node !== undefined && as(node, 'A_Const')?.boolval === undefined;
}
