/** JavaScript that mongosh is given → effects. Method names from mongodb.com/docs/manual/reference/method. Decides nothing. */

import { type Effect, type Extent, effect } from '../effect.js';
import { argumentsOf, chainsOf, type JsToken, type Link, tokensOf } from './javascript.js';

const ROOTS: ReadonlySet<string> = new Set(['db', 'sh', 'rs', 'load', 'eval', 'fs', 'require', 'Function']);

/** Methods of a database or collection that only lead to another one. */
const LEADS: ReadonlySet<string> = new Set([
  'getSiblingDB',
  'getCollection',
  'getMongo',
  'getDB',
  'getSession',
]);

/** The effects of a script. Empty text has none. */
export function mongoEffects(script: string): readonly Effect[] {
  const tokens = tokensOf(script);
  const aliases = tokens.flatMap((token, i) => aliasAt(tokens, token, i));
  const inTemplates = tokens
    .filter(token => token.kind === 'template')
    .flatMap(({ text }) =>
      [...text.matchAll(/\$\{([^}]*)\}/g)].flatMap(([, code = '']) => mongoEffects(code)),
    );
  return [...chainsOf(tokens, new Set([...ROOTS, ...aliases])).flatMap(chainEffects), ...inTemplates];
}

/** `const users = db.users`: what holds a collection is followed like `db` itself. */
function aliasAt(tokens: readonly JsToken[], token: JsToken, i: number): readonly string[] {
  const [equals, value] = [tokens[i + 1], tokens[i + 2]];
  const isAlias =
    token.kind === 'name' && equals?.text === '=' && equals.kind === 'symbol' && value?.text === 'db';
  return isAlias && tokens[i + 3]?.text !== '=' ? [token.text] : [];
}

function chainEffects(chain: readonly Link[]): readonly Effect[] {
  const [root, ...links] = chain;
  if (root?.name === 'load' || root?.name === 'eval' || root?.name === 'Function' || root?.name === 'require')
    return root.call ? [unreadable('code that is loaded when it runs')] : [];
  const calls = links.filter(link => link.call && !LEADS.has(link.name ?? ''));
  const found = calls.flatMap(link => callEffects(root?.name ?? '', link, links));
  // `db["drop" + x]()`: the method is computed.
  const computed = links.some(link => link.name === undefined && link.call);
  return computed ? [...found, unreadable('a method whose name is computed')] : found;
}

function callEffects(root: string, link: Link, links: readonly Link[]): readonly Effect[] {
  const call = link.call ?? [];
  const [first = []] = argumentsOf(call);
  if (root === 'rs' || root === 'sh') return clusterEffects(root, link.name ?? '');
  // `db.users.explain().deleteMany({})` and `deleteMany({}).explain()`: the server only says how it would.
  if (links.some(({ name, call: asked }) => name === 'explain' && asked)) return [];
  const target = collectionOf(links);
  switch (link.name) {
    case 'dropDatabase':
      return [effect('delete', 'mongo.database', databaseOf(links))];
    case 'drop':
      return [effect('delete', 'mongo.collection', target)];
    case 'deleteMany':
    case 'remove':
      return [documents('delete', target, isOne(call) ? 'one' : extentOf(first))];
    case 'deleteOne':
    case 'findOneAndDelete':
      return [documents('delete', target, 'one')];
    case 'replaceOne':
    case 'findOneAndReplace':
      // By an empty filter, whichever document comes first.
      return extentOf(first) === 'all' ? [documents('update', target, 'unknown')] : [];
    case 'updateMany':
      return [documents('update', target, extentOf(first))];
    case 'renameCollection':
      return has(call, 'true') ? [effect('overwrite', 'mongo.collection', target)] : [];
    case 'dropIndexes':
    case 'dropIndex':
      return [
        effect('delete', 'mongo.index', target, { extent: link.name === 'dropIndexes' ? 'all' : 'one' }),
      ];
    case 'dropUser':
    case 'dropRole':
    case 'dropAllUsers':
    case 'dropAllRoles':
      return [
        effect('delete', 'mongo.user', first[0]?.text ?? '', {
          extent: link.name.includes('All') ? 'all' : 'one',
        }),
      ];
    case 'aggregate':
      return has(call, '$out') || has(call, '$merge')
        ? [effect('overwrite', 'mongo.collection', valueAfter(call, '$out'))]
        : [];
    case 'bulkWrite':
      return bulkEffects(first, target);
    case 'convertToCapped':
      return [effect('overwrite', 'mongo.collection', target)];
    // What is found is deleted one by one.
    case 'forEach':
      return call.some(token => /^(deleteOne|remove|findOneAndDelete)$/.test(token.text))
        ? [documents('delete', target, extentOf(foundBy(links)))]
        : [];
    case 'shutdownServer':
      return [effect('update', 'mongo.server', 'shutdown')];
    case 'runCommand':
    case 'adminCommand':
      return commandEffects(first, databaseOf(links));
    default:
      return [];
  }
}

/** `[{deleteMany: {filter: {}}}]`: the filter of each operation says how many. */
function bulkEffects(operations: readonly JsToken[], target: string): readonly Effect[] {
  const text = operations.map(token => token.text).join('');
  if (/deleteMany:\{filter:\{\}/.test(text)) return [documents('delete', target, 'all')];
  return /delete(Many|One):/.test(text) ? [documents('delete', target, 'some')] : [];
}

/** `{dropDatabase: 1}`, `{delete: "users", deletes: [{q: {}, limit: 0}]}`. */
function commandEffects(command: readonly JsToken[], database: string): readonly Effect[] {
  const name = command.find(token => token.kind === 'name' || token.kind === 'string')?.text ?? '';
  const target =
    command
      .filter(token => token.kind === 'string')
      .at(command[0]?.text === '{' && command[1]?.kind === 'string' ? 1 : 0)?.text ?? '';
  switch (name) {
    case 'dropDatabase':
      return [effect('delete', 'mongo.database', database)];
    case 'drop':
      return [effect('delete', 'mongo.collection', target)];
    case 'delete': {
      const text = command.map(token => token.text).join('');
      return [documents('delete', target, /q:\{\}/.test(text) && !/limit:1/.test(text) ? 'all' : 'some')];
    }
    case 'convertToCapped':
      return [effect('overwrite', 'mongo.collection', target)];
    case 'dropIndexes':
      return [effect('delete', 'mongo.index', target, { extent: 'all' })];
    case 'shutdown':
    case 'replSetReconfig':
    case 'replSetStepDown':
    case 'setParameter':
    case 'removeShard':
    case 'flushRouterConfig':
      return name === 'flushRouterConfig' ? [] : [effect('update', 'mongo.server', name)];
    case 'dropUser':
    case 'dropAllUsersFromDatabase':
      return [effect('delete', 'mongo.user', target)];
    default:
      return command[0]?.text === '{' || command[0]?.kind === 'string' || command.length === 0
        ? []
        : [unreadable('a command that is computed')];
  }
}

function clusterEffects(root: string, method: string): readonly Effect[] {
  const changes =
    root === 'rs'
      ? ['remove', 'stepDown', 'reconfig']
      : ['removeShard', 'removeShardFromZone', 'stopBalancer'];
  return changes.includes(method) ? [effect('update', 'mongo.server', `${root}.${method}`)] : [];
}

function documents(action: 'delete' | 'update', target: string, extent: Extent): Effect {
  return effect(action, 'mongo.document', target, { extent });
}

/** `{}` or nothing: every document. `{_id: …}`: one. */
function extentOf(filter: readonly JsToken[]): Extent {
  const text = filter.map(token => (token.kind === 'string' ? `"${token.text}"` : token.text)).join('');
  if (text === '' || text === '{}' || /^\{"?\$expr"?:(true|1)\}$/.test(text)) return 'all';
  // A field that every document has, or nearly so.
  if (/^\{[\w.]+:\{\$(exists:true|ne:null)\}\}$/.test(text.replaceAll('"', ''))) return 'all';
  if (!text.startsWith('{')) return 'unknown';
  return /^\{"?_id"?:(ObjectId\(|new|"|\d)/.test(text) ? 'one' : 'some';
}

/** The filter of the `find` in the chain. */
function foundBy(links: readonly Link[]): readonly JsToken[] {
  return argumentsOf(links.find(link => link.name === 'find')?.call ?? [])[0] ?? [];
}

/** `remove(filter, true)` and `{justOne: true}`. */
function isOne(call: readonly JsToken[]): boolean {
  const second = argumentsOf(call)[1] ?? [];
  return /^true$|justOne:(true|1)\b/.test(second.map(token => token.text).join(''));
}

function has(tokens: readonly JsToken[], text: string): boolean {
  return tokens.some(token => token.text === text);
}

function valueAfter(tokens: readonly JsToken[], name: string): string {
  const at = tokens.findIndex(token => token.text === name);
  return tokens[at + 2]?.kind === 'string' ? tokens[at + 2]!.text : '';
}

/** The collection's name: the member before the method, or what getCollection was given. */
function collectionOf(links: readonly Link[]): string {
  const named = links.find(link => link.name === 'getCollection')?.call?.[0]?.text;
  return named ?? links.findLast(link => !link.call)?.name ?? '';
}

function databaseOf(links: readonly Link[]): string {
  return links.find(link => link.name === 'getSiblingDB')?.call?.[0]?.text ?? '';
}

function unreadable(why: string): Effect {
  return effect('unknown', 'mongo.script', '', { extent: 'unknown', note: why });
}
