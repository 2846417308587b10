/** One deed of a program → the effects that the same thing has from a command line. Decides nothing. */

import type { Deed } from '../../invocation/code/deed.js';
import type { Invocation } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { type Effect, effect } from '../effect.js';
import { removals } from '../files/remove.js';
import { writes } from '../files/write.js';
import type { HttpRequest } from '../http/request.js';
import { readUrl, UNKNOWN_HOST } from '../http/url.js';
import { mutationEffects } from '../inspectors/graphql.js';
import { overHttp } from '../inspectors/http.js';
import { marked } from '../sql/playground.js';
import { sign } from '../surroundings/sign.js';
import { signsOfUrl } from '../surroundings/url.js';
import { effectsOfQuery } from './dialect.js';
import { withoutPlaceholders } from './placeholders.js';

/** The effects of a deed; its commands are invocations of their own. */
export function effectsOfDeed(deed: Deed, invocation: Invocation, world: World): readonly Effect[] {
  const words = invocation.argv.map((_, at) => at).slice(1, 3);
  switch (deed.kind) {
    case 'remove':
      return removals([{ word: deed.path, at: 0 }], { recursive: deed.recursive }, invocation, world).map(
        one => ({
          ...one,
          words,
        }),
      );
    case 'write':
      return deed.path.text === '' ? [] : writes(deed.path, words, deed.how, invocation, world);
    case 'request': {
      const request = requestOf(deed, words);
      return request.url.host === UNKNOWN_HOST
        ? mutationEffects(request)
        : [...overHttp(request, invocation), ...mutationEffects(request)];
    }
    case 'sql':
      return sqlEffects(deed, words);
    case 'data':
      return [dataEffect(deed, words)];
    default:
      return [];
  }
}

/** What a client library or an ORM destroys; `orm.row` is chosen by a condition that nobody can count here. */
function dataEffect(
  { what, target, how }: Extract<Deed, { kind: 'data' }>,
  words: readonly number[],
): Effect {
  const action = what === 'aws.operation' ? 'call' : (how ?? 'delete');
  // Which keys a search has found is not known here.
  const extent = what === 'orm.row' ? 'some' : what === 'redis.key' ? 'unknown' : 'all';
  return effect(action, what, target, { words, extent });
}

function requestOf(deed: Extract<Deed, { kind: 'request' }>, words: readonly number[]): HttpRequest {
  return {
    method: deed.method,
    url: readUrl(deed.url),
    headers: deed.headers,
    body: bodyOf(deed.body),
    parts: [],
    quotes: [],
    words,
  };
}

/** A body that a program computes is ordinary; what is said of it is read. */
function bodyOf(body: Word | undefined): Word | undefined {
  return body && (body.certain ? body : certain(body.text));
}

function sqlEffects(deed: Extract<Deed, { kind: 'sql' }>, words: readonly number[]): readonly Effect[] {
  const host = deed.server.text === '' ? '' : serverHost(deed.server);
  if (host === undefined) return [];
  const text = withoutPlaceholders(deed.text);
  const database = signsOfUrl(deed.server).find(({ kind }) => kind === 'databases')?.name ?? '';
  const signs = database === '' ? {} : { signs: [sign('databases', database)] };
  return effectsOfQuery(text, deed.library).map(one =>
    marked({ ...one, words, host, ...signs }, host, database),
  );
}

/** Where the database is; nowhere for one that lives in memory or is a temporary file. */
function serverHost(server: Word): string | undefined {
  if (server.text.includes(':memory:') || /^(file:)?\/(var\/)?tmp\/[^.]/.test(server.text)) return undefined;
  const { host } = readUrl(server);
  return /^[a-z][\w+.-]*:\/\//i.test(server.text) ? host : '';
}
