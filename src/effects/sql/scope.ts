/** What the statements before this one have settled, and the contract of the readers of one kind of statement. */

import type { Node, RangeVar } from 'libpg-query';
import { type Effect, effect } from '../effect.js';
import type { BodyPart } from './parser.js';
import type { BodyOf, Kind } from './tree.js';

/** The session around a statement. */
export interface Scope {
  /** The statement's own text. */
  readonly source: string;
  /** Is it a temporary table, which no other session can see and which ends with this one? */
  isTemporary(name: string): boolean;
  /** What a text inside the statement would do when executed; a fault in it becomes an unknown effect. */
  judge(text: string, form: BodyPart['form']): readonly Effect[];
  /** The code of a function that the same input defined, by bare name. */
  bodyOf(name: string): readonly Effect[];
  define(name: string, body: () => readonly Effect[]): void;
}

/** Readers by the kind of statement; a kind without one has no effect that matters. */
export type Readers = {
  readonly [K in Kind]?: (statement: BodyOf<K>, scope: Scope, node: Node) => readonly Effect[];
};

/** Not understood: why, in a clause. */
export function unreadable(why: string, text = ''): Effect {
  return effect('unknown', 'sql.statement', text, { extent: 'unknown', note: why });
}

/** `CREATE TEMP …` and `pg_temp.x` by the statement's own words. */
export function isTemporaryRelation(relation: RangeVar | undefined): boolean {
  return relation?.relpersistence === 't' || isTemporarySchema(relation?.schemaname ?? '');
}

/** True for PostgreSQL's schema of temporary tables. */
export function isTemporarySchema(schema: string): boolean {
  return /^pg_temp(_\d+)?$/.test(schema);
}
