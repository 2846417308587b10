/**
 * Calls of client libraries and ORMs that destroy stored data, in any language: `redis.flushall()`, `prisma.user.deleteMany()`,
 * `boto3.client('ec2').terminate_instances(…)`, `User.objects.all().delete()`. A table; judges nothing.
 */

import type { Call, Deed } from './deed.js';
import { ORM_MATTERS, ormDeeds } from './orm-library.js';
import type { Value } from './value.js';

type DataDeed = Extract<Deed, { kind: 'data' }>;

/** Methods whose name says it, whatever the object: by name in lower case without underscores. */
const METHODS: Readonly<Record<string, DataDeed['what']>> = {
  flushall: 'redis.database',
  flushdb: 'redis.database',
  dropdatabase: 'mongo.database',
  dropcollection: 'mongo.collection',
  dropall: 'sql.table',
  dropalltables: 'sql.table',
  dropschema: 'sql.table',
  dropcurrent: 'sql.table',
  purgecurrent: 'sql.table',
  droptable: 'sql.table',
  droptableifexists: 'sql.table',
  deleteall: 'sql.row',
  destroyall: 'sql.row',
  rawdelete: 'sql.row',
  obliterate: 'queue.message',
};

/** An operation of a cloud that ends something: `delete_bucket`, `TerminateInstancesCommand`. */
const ENDS =
  /^(batch_?)?(delete|terminate|deregister|purge|stop|schedule_?key_?deletion|disable|reset|release|remove|revoke|detach)/i;

/** What a call would do to stored data, of all `calls` of its program; nothing for what reads, adds or changes one thing. */
export function dataDeeds(call: Call, calls: readonly Call[]): readonly DataDeed[] {
  const { name } = call;
  const method = name.slice(name.lastIndexOf('.') + 1);
  if (name.startsWith('boto3.')) return boto(method, name);
  // The AWS SDK of JavaScript: `new DeleteBucketCommand({…})`.
  const command = /^([A-Z]\w+)Command$/.exec(method)?.[1];
  if (command) return ENDS.test(command) ? [{ kind: 'data', what: 'aws.operation', target: command }] : [];
  if (/::/.test(name)) return eloquent(call);
  if (!name.includes('.')) return [];
  if (method === 'drop' && /mongo|collection\(\)\.drop$|\.collection\.drop$/i.test(name))
    return [deed('mongo.collection', name)];
  const what = METHODS[method.toLowerCase().replaceAll('_', '')];
  if (what) return [deed(what === 'sql.row' && SELECTS.test(name) ? 'orm.row' : what, name)];
  const rows = ormDeeds(call, calls);
  if (rows.length > 0) return rows;
  if (/^(delete|del|unlink)$/.test(method) && isFoundKey(call, calls))
    return [{ kind: 'data', what: 'redis.key', target: '' }];
  if (/^delete_?many$/i.test(method)) return isUnfiltered(call.args[0]) ? [manyOf(name)] : [];
  if (method === 'purge' && /(^|\.)control\./.test(name))
    return [{ kind: 'data', what: 'queue.message', target: 'celery' }];
  if (/(^|\.)rq\.Queue\(\)\.empty$/.test(name))
    return [{ kind: 'data', what: 'queue.message', target: 'rq' }];
  // Django's `User.objects.all()`, SQLAlchemy's `session.query(User)` and `User.query`.
  if (method === 'delete' && /(^|\.)(objects|query(\(\))?)\./.test(name)) return querySet(call);
  if (/^(find_each|each|map)$/.test(method) && /^(destroy!?|delete)$/.test(call.args[0]?.text?.text ?? ''))
    return [deed(SELECTS.test(name) ? 'orm.row' : 'sql.row', name)];
  if (method === 'sync' && call.named.get('force')?.flag === true) return [deed('sql.table', name)];
  return [];
}

/** Keys of Redis that a search gives, and that are deleted one by one or together: `for k in r.scan_iter(): r.delete(k)`. */
function isFoundKey({ name, args }: Call, calls: readonly Call[]): boolean {
  const client = name.slice(0, name.lastIndexOf('.'));
  if (args.length === 0 || args.every(one => one.text?.certain)) return false;
  return calls.some(other => {
    const dot = other.name.lastIndexOf('.');
    const search = other.name.slice(dot + 1);
    if (other.name.slice(0, dot) !== client) return false;
    return (
      /^(scan_iter|scanIterator|scanStream)$/.test(search) ||
      (/^(keys|scan)$/.test(search) && /redis|valkey/i.test(client))
    );
  });
}

function deed(what: DataDeed['what'], name: string): DataDeed {
  return { kind: 'data', what, target: ownerOf(name) };
}

/** `boto3.client('s3').delete_object(…)` of one object is as much a loss as the command of the same name. */
function boto(method: string, name: string): readonly DataDeed[] {
  const isClient = /^boto3\.(client|resource|Session\(\)\.(client|resource))\(\)/.test(name);
  return isClient && ENDS.test(method) ? [{ kind: 'data', what: 'aws.operation', target: method }] : [];
}

/** Calls that choose rows by a condition. */
const SELECTS = /\.(where|filter|filter_by|exclude)\(\)/;

/** `User.objects.all().delete()`; a filter by the primary key is one row, and `get` gives one. */
function querySet({ name, receiver }: Call): readonly DataDeed[] {
  if (/\.(get|first|last|latest|earliest|create)\(\)/.test(name)) return [];
  if (!SELECTS.test(name)) return [deed('sql.row', name)];
  const keys = (receiver?.of ?? []).flatMap(one => [...(one.entries?.keys() ?? [])]);
  return keys.some(key => /^(id|pk|uuid)$/.test(key)) ? [] : [deed('orm.row', name)];
}

function manyOf(name: string): DataDeed {
  const isSql = /prisma/i.test(name) || !/\b(db|collection|mongo\w*|MongoClient)\b/.test(name);
  return deed(isSql ? 'sql.row' : 'mongo.document', name);
}

/** No condition, or one that holds for everything: `{}`, `{ where: {} }`. */
function isUnfiltered(filter: Value | undefined): boolean {
  if (!filter) return true;
  if (!filter.entries) return false;
  const where = filter.entries.get('where');
  return filter.entries.size === 0 || (filter.entries.size === 1 && where?.entries?.size === 0);
}

/** Laravel's models and query builder: `User::truncate()`, `DB::table('users')->delete()`, `User::destroy(1)`. */
function eloquent({ name }: Call): readonly DataDeed[] {
  const [model = '', way = ''] = name.split('::');
  if (model === 'schema' && /^drop/.test(way)) return [deed('sql.table', name)];
  if (/(^|\.)truncate$/.test(way)) return [{ kind: 'data', what: 'sql.row', target: model }];
  if (way === 'destroy') return [{ kind: 'data', what: 'orm.row', target: model }];
  if (!/\.(delete|forcedelete)$/i.test(way) || /^(find|first|findorfail|firstorfail)\b/.test(way)) return [];
  if (!/^(query|table|where\w*|all|withtrashed|onlytrashed)\(/.test(way)) return [];
  return [{ kind: 'data', what: /where/.test(way) ? 'orm.row' : 'sql.row', target: model }];
}

/** The model, collection or table that the method belongs to, as the program names it. */
function ownerOf(name: string): string {
  const parts = name
    .split('.')
    .slice(0, -1)
    .filter(part => !part.endsWith(')') && part !== 'objects' && part !== '?');
  return parts.at(-1) ?? '';
}

/** Names of which one stands in every program that this table could read something in. */
export const DATA_MATTERS = new RegExp(
  [
    ORM_MATTERS.source,
    'flush_?(all|db)|(drop|purge)_?(database|collection|all|schema|table|current)',
    String.raw`control\.purge|::(truncate|destroy|drop)|::.*->(truncate|(force)?delete)|(delete|destroy)_?(all|many)`,
    String.raw`obliterate|boto3|\.query\b.*\.delete|\)\.del\(|&:(destroy|delete)|Command\(|objects\.|\.sync\(|_raw_delete`,
    String.raw`\.(delete|del|unlink|empty|drop)\(`,
  ].join('|'),
  'i',
);
