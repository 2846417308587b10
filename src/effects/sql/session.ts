/**
 * The statements of one database session, in order → effects: what a transaction takes back and what is temporary is
 * left out, where the text proves it. Decides nothing.
 */

import type { PostgresStatement } from '../../invocation/sql/words.js';
import type { Word } from '../../shell/command.js';
import { type Effect, effect } from '../effect.js';
import { withoutRedefinitions } from './anew.js';
import { textOf } from './constant.js';
import { definitionReaders } from './definitions.js';
import { dropReaders } from './drops.js';
import type { BodyPart, Statement } from './parser.js';
import { isPlainStart, meaningOfQuery } from './prefilter.js';
import { privilegeReaders } from './privileges.js';
import { programReaders } from './programs.js';
import { rowReaders } from './rows.js';
import { isTemporaryRelation, isTemporarySchema, type Readers, type Scope, unreadable } from './scope.js';
import { type Dialect, statementsOf } from './statements.js';
import { Transactions } from './transactions.js';
import { as, find, kindOf, objectName } from './tree.js';

type Given = typeof dropReaders &
  typeof rowReaders &
  typeof definitionReaders &
  typeof privilegeReaders &
  typeof programReaders;

// A statement that has a reader and no word in `postgresStatements`, or the other way round, does not compile.
const readers: Readers & { readonly [K in PostgresStatement]: NonNullable<Readers[K]> } & {
  readonly [K in Exclude<keyof Given, PostgresStatement>]: never;
} = {
  ...dropReaders,
  ...rowReaders,
  ...definitionReaders,
  ...privilegeReaders,
  ...programReaders,
};

const MAX_DEPTH = 5;

/** One thing that happens in a session. */
export type SessionEvent =
  | { readonly kind: 'query'; readonly text: Word }
  | { readonly kind: 'results'; readonly text: Word }
  | { readonly kind: 'connect' | 'branch' }
  | { readonly kind: 'unread'; readonly why: string };

/** The effects of each event, in order; `effects[i]` belongs to `events[i]`. */
export function effectsOfSession(
  events: readonly SessionEvent[],
  dialect: Dialect,
): readonly (readonly Effect[])[] {
  const mayMatter = events.some(event => {
    if (event.kind === 'unread' || event.kind === 'results') return true;
    return event.kind === 'query' && (!event.text.certain || meaningOfQuery(event.text.text, []).effect);
  });
  // Then no transaction and nothing temporary needs to be known either.
  if (!mayMatter) return events.map(() => []);
  const session = new SqlSession(dialect);
  for (const event of events) session.take(event);
  return withoutRedefinitions(session.effects);
}

class SqlSession {
  readonly #dialect: Dialect;
  readonly #transactions = new Transactions();
  readonly #functions = new Map<string, () => readonly Effect[]>();
  #events = 0;
  #depth = 0;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  get effects(): readonly (readonly Effect[])[] {
    return this.#transactions.effects(this.#events);
  }

  take(event: SessionEvent): void {
    const at = this.#events;
    this.#events += 1;
    const found = this.#read(event);
    this.#transactions.add(at, found);
  }

  #read(event: SessionEvent): readonly Effect[] {
    switch (event.kind) {
      case 'connect':
        this.#transactions.reset();
        return [];
      case 'branch':
        this.#transactions.distrust();
        return [];
      case 'unread':
        return [unreadable(event.why)];
      case 'results':
        return this.#results(event.text);
      case 'query':
        return event.text.certain ? this.#query(event.text.text) : [uncertainText(event.text.text)];
    }
  }

  #query(text: string): readonly Effect[] {
    const meaning = meaningOfQuery(text, this.#functions.keys());
    if (!meaning.effect && !meaning.state) return [];
    const parsed = statementsOf(text, this.#dialect);
    if ('fault' in parsed) {
      // What cannot be parsed but holds no word that could matter fails on the server too, or reads.
      return meaning.effect ? [unreadable(`SQL that could not be read: ${parsed.fault}`)] : [];
    }
    const found: Effect[] = [];
    for (const statement of parsed.statements) {
      const transaction = as(statement.node, 'TransactionStmt');
      if (transaction && this.#depth === 0) {
        this.#transactions.add(this.#events - 1, found.splice(0));
        this.#transactions.apply(transaction);
      } else found.push(...this.#statement(statement));
    }
    return found;
  }

  #statement({ node, source }: Statement): readonly Effect[] {
    const reader = readers[kindOf(node) as keyof Readers] as
      | ((body: unknown, scope: Scope, node: unknown) => readonly Effect[])
      | undefined;
    const found = reader?.(Object.values(node)[0], this.#scope(source), node) ?? [];
    this.#noteTemporaries(node);
    return found;
  }

  #scope(source: string): Scope {
    return {
      source,
      isTemporary: name => this.#transactions.temporaries.has(name),
      judge: (text, form) => this.#judge(text, form),
      bodyOf: name => this.#nested(this.#functions.get(name) ?? (() => [])),
      define: (name, body) => this.#functions.set(name, body),
    };
  }

  #judge(text: string, form: BodyPart['form']): readonly Effect[] {
    return this.#nested(() => {
      if (form === 'statement') return this.#query(text);
      if (form === 'expression') return this.#query(`SELECT ${text}`);
      const parsed = statementsOf(`SELECT ${text}`, this.#dialect);
      const value = 'fault' in parsed ? undefined : textOf(firstColumn(parsed.statements[0]));
      if (value === undefined) return [unreadable('SQL that is put together when it runs')];
      return this.#query(value);
    });
  }

  /** `\gexec`: each value of the result is run. */
  #results(text: Word): readonly Effect[] {
    const parsed = text.certain
      ? statementsOf(text.text, this.#dialect)
      : { fault: 'part of it is not known' };
    const values = 'fault' in parsed ? [undefined] : parsed.statements.flatMap(resultTexts);
    return values.flatMap(value =>
      value === undefined ? [unreadable('SQL that a query puts together (\\gexec)')] : this.#query(value),
    );
  }

  #nested(read: () => readonly Effect[]): readonly Effect[] {
    if (this.#depth >= MAX_DEPTH) return [unreadable('SQL inside SQL, nested too deeply')];
    this.#depth += 1;
    try {
      return read();
    } finally {
      this.#depth -= 1;
    }
  }

  /** `CREATE TEMP TABLE`, and tables that are gone again. Code that may run or not settles nothing. */
  #noteTemporaries(node: Statement['node']): void {
    if (this.#depth > 0) return;
    const { temporaries } = this.#transactions;
    const created = as(node, 'CreateStmt');
    const into = as(node, 'CreateTableAsStmt')?.into ?? as(node, 'SelectStmt')?.intoClause ?? undefined;
    const relation = created?.relation ?? into?.rel ?? as(node, 'ViewStmt')?.view;
    const ends = (created?.oncommit ?? into?.onCommit) === 'ONCOMMIT_DROP';
    if (relation?.relname && isTemporaryRelation(relation) && !isTemporarySchema(relation.schemaname ?? '')) {
      this.#transactions.addTemporary(relation.relname, ends);
    }
    for (const object of as(node, 'DropStmt')?.objects ?? []) temporaries.delete(objectName(object));
  }
}

function uncertainText(text: string): Effect {
  if (!isPlainStart(text)) return unreadable('SQL of which a part is not known');
  return effect('unknown', 'sql.value', '', { extent: 'unknown', note: 'a value in the SQL is not known' });
}

function firstColumn(statement: Statement | undefined) {
  return as(as(statement?.node, 'SelectStmt')?.targetList?.[0], 'ResTarget')?.val;
}

/** The texts that a query's rows can hold, one a column; `undefined` for what depends on data. */
function resultTexts({ node }: Statement): readonly (string | undefined)[] {
  const select = as(node, 'SelectStmt');
  if (!select?.targetList || select.op !== 'SETOP_NONE') return [undefined];
  if (find(node, ['DeleteStmt', 'UpdateStmt']).length > 0) return [undefined];
  return select.targetList.map(target => textOf(as(target, 'ResTarget')?.val));
}
