/**
 * Calls of ORMs and query builders that change or delete every row of a table, as far as the program shows that no
 * condition chooses them: Drizzle, Knex, TypeORM, Sequelize, Prisma, SQLAlchemy, Django, Active Record. A table; judges nothing.
 */

import type { Call, Deed } from './deed.js';
import type { Value } from './value.js';

type DataDeed = Extract<Deed, { kind: 'data' }>;

/** What the call does to all rows; nothing where a condition follows it or stands in it. */
export function ormDeeds(call: Call, calls: readonly Call[]): readonly DataDeed[] {
  const { name, args } = call;
  const method = name.slice(name.lastIndexOf('.') + 1);
  const all = (how?: 'update', target = ownerOf(name)): readonly DataDeed[] =>
    isChosen(call, calls) ? [] : [{ kind: 'data', what: 'sql.row', target, ...(how && { how }) }];
  switch (method) {
    case 'delete':
      if (isDrizzle(call)) return all(undefined, args[0]?.name?.replace(/^.*\./, '') ?? '');
      if (BUILDER.test(name) || /(^|\.)sqlalchemy\.(sql\.)?delete$/.test(name)) return all();
      return REPOSITORY.test(name) && isEmpty(args[0]) ? all() : [];
    case 'del':
      return KNEX.test(name) ? all() : [];
    case 'clear':
      return REPOSITORY.test(name) ? all() : [];
    case 'truncate':
      return KNEX.test(name) || (isModel(name) && args.every(one => one.entries)) ? all() : [];
    case 'destroy':
      return isModel(name) && (call.named.get('truncate')?.flag === true || isEmpty(call.named.get('where')))
        ? all()
        : [];
    case 'update':
      if (isDrizzle(call) || isSet(call, calls))
        return all('update', args[0]?.name?.replace(/^.*\./, '') ?? '');
      if (BUILDER.test(name) || KNEX.test(name) || /(^|\.)sqlalchemy\.(sql\.)?update$/.test(name))
        return all('update');
      if (/(^|\.)objects\.(all\(\)\.)?update$/.test(name)) return all('update');
      if (REPOSITORY.test(name)) return isEmpty(args[0]) ? all('update') : [];
      return isModel(name) && args[1]?.entries !== undefined && isEmpty(args[1].entries.get('where'))
        ? all('update')
        : [];
    case 'updateMany':
      // Prisma's; of MongoDB's the first argument chooses.
      return call.named.has('data') &&
        args.length === 1 &&
        (!call.named.has('where') || isEmpty(call.named.get('where')))
        ? all('update')
        : [];
    case 'update_all':
      return SELECTS.test(name) ? [] : all('update');
    case 'synchronize':
      return args[0]?.flag === true ? [{ kind: 'data', what: 'sql.table', target: ownerOf(name) }] : [];
    default:
      return [];
  }
}

/** `knex('users').update(…)`. */
const KNEX = /(^|\.)knex(\(\))?(\(\)|\.(from|table|into)\(\))\.\w+$/i;
/** TypeORM's `createQueryBuilder().delete().from(User)`. */
const BUILDER = /(^|\.)createQueryBuilder\(\)\.\w+$/;
const REPOSITORY = /(^|\.)(getRepository\(\)|\w*Repository|\w*Repo)\.\w+$/;
const SELECTS = /\.(where|filter|filter_by|exclude|find\w*|limit)\(\)/;

/** A class of models, by custom in upper case: `User.destroy(…)`, `models.User.update(…)`, `db.User.truncate()`. */
function isModel(name: string): boolean {
  return /(^|\.)[A-Z]\w*\.\w+$/.test(name);
}

/** Drizzle's `db.delete(users)`: the database is one of its own, or the table stands in a module of that name. */
function isDrizzle({ name, args }: Call): boolean {
  return (
    args.length === 1 && (/drizzle/i.test(name) || /(^|\/)(db\/)?schema[^.]*\.\w/i.test(args[0]?.name ?? ''))
  );
}

/** `db.update(users).set({ … })`: two calls of one statement. */
function isSet(call: Call, calls: readonly Call[]): boolean {
  const [table] = call.args;
  return (
    call.args.length === 1 &&
    table?.name !== undefined &&
    calls.some(next => /\.update\(\)\.set$/.test(next.name) && next.receiver?.by === call)
  );
}

/** Does a call further along the chain, or one before it, choose rows? */
function isChosen(call: Call, calls: readonly Call[]): boolean {
  if (SELECTS.test(call.name)) return true;
  return calls.some(
    next => /\.(\w*[wW]here\w*|filter|filter_by|limit|returning_id)$/.test(next.name) && comesOf(next, call),
  );
}

function comesOf(next: Call, call: Call): boolean {
  for (let at = next.receiver?.by, left = 50; at && left > 0; at = at.receiver?.by, left -= 1)
    if (at === call) return true;
  return false;
}

/** `{}`: a condition that holds for everything. */
function isEmpty(value: Value | undefined): boolean {
  return value?.entries?.size === 0;
}

/** The model, table or repository, as the program names it. */
function ownerOf(name: string): string {
  return (
    name
      .split('.')
      .slice(0, -1)
      .findLast(part => !part.endsWith(')') && part !== 'objects') ?? ''
  );
}

/** Names of which one stands in every program that this table could read something in. */
export const ORM_MATTERS =
  /\.(delete|del|clear|truncate|destroy|update|updateMany|update_all|synchronize)\s*\(|sqlalchemy/;
