/** HTTP requests of curl and wget as effects: the method on the path of the host. Decides nothing, knows no API. */

import { type Invocation, valuesOf } from '../../invocation/invocation.js';
import { baseName } from '../../paths.js';
import type { World } from '../../port.js';
import { certain } from '../../shell/command.js';
import { type Action, type Effect, effect, type Inspector } from '../effect.js';
import { isOneOfAKind } from '../files/names.js';
import { fileResources } from '../files/resources.js';
import { writes } from '../files/write.js';
import { UNKNOWN_VALUE } from '../graphql/document.js';
import { Content } from '../http/content.js';
import { flatten, readJson } from '../http/json.js';
import { type HttpRequest, headerValues } from '../http/request.js';
import { clientQuiet, httpClients, requestsOf } from '../http/requests.js';
import { otherProtocol } from '../http/transfers.js';
import { readFields, resourcePath } from '../http/url.js';
import { sign } from '../surroundings/sign.js';

export const http: Inspector = {
  name: 'http',
  watches: httpClients,
  quiet: clientQuiet,
  resources: ['http.resource', 'http.body', 'http.method', 'ftp.file', 'mail.message', ...fileResources],
  inspect(invocation: Invocation, world: World): readonly Effect[] {
    return [
      ...requestsOf(invocation, world).flatMap(request => [
        ...(/^(https?|wss?)$/.test(request.url.scheme)
          ? overHttp(request, invocation)
          : otherProtocol(request)),
        ...written(request, invocation, world),
      ]),
      ...unseenRequests(invocation, world),
    ];
  },
};

/** A configuration file of curl that is not there yet holds a request that nobody has seen. */
function unseenRequests(invocation: Invocation, world: World): readonly Effect[] {
  if (invocation.tool !== 'curl') return [];
  const files = valuesOf(invocation, '--config').filter(file => file.text !== '-');
  const content = new Content(invocation, world);
  return files.flatMap(file => {
    if (content.file(file).certain) return [];
    return [
      effect('unknown', 'shell.requests', file.text, {
        extent: 'unknown',
        note: 'its requests cannot be read',
      }),
    ];
  });
}

const actions: Readonly<Record<string, Action>> = {
  GET: 'read',
  HEAD: 'read',
  OPTIONS: 'read',
  PROPFIND: 'read',
  POST: 'create',
  PUT: 'update',
  PATCH: 'update',
  DELETE: 'delete',
};

export function overHttp(request: HttpRequest, invocation: Invocation): readonly Effect[] {
  const { url } = request;
  const target = resourcePath(url.path);
  const at = url.port === '' ? {} : { signs: [sign('hosts', `${url.host}:${url.port}`)] };
  const more = { host: url.host, words: request.words, ...at };
  if (!request.method.certain) {
    return [effect('unknown', 'http.method', target, { ...more, note: 'the HTTP method is not known' })];
  }
  const override = overrideOf(request);
  const method = (override ?? request.method.text).trim().toUpperCase();
  const action = replaces(method, request) ? 'overwrite' : (actions[method] ?? 'send');
  const fields = bodyOf(request);
  const isRead = action === 'read' || isReadable(request);
  const main = effect(action, 'http.resource', target, {
    ...more,
    with: [
      ...(override === undefined ? [] : [`method=${override.toUpperCase()}`]),
      ...(request.socket ? [`socket=${request.socket.text}`] : []),
      ...operationOf(request),
      ...kindOfKey(request, invocation),
      ...readFields(url.query).map(([name, value]) => `query.${name}=${value}`),
      ...fields,
      // A body of which not even a name is known may say anything.
      ...(isRead || fields.length > 0 ? [] : [`body=${UNKNOWN_VALUE}`]),
    ].slice(0, 100),
  });
  if (isRead) return [main];
  return [main, effect('unknown', 'http.body', target, { ...more, note: 'the request body cannot be read' })];
}

/** WebDAV replaces the destination unless it is told not to (RFC 4918 §10.6). */
function replaces(method: string, request: HttpRequest): boolean {
  if (method !== 'MOVE' && method !== 'COPY') return false;
  return !headerValues(request, 'overwrite').some(value => /^f$/i.test(value.text.trim()));
}

const OVERRIDES = ['x-http-method-override', 'x-http-method', 'x-method-override'];

/** The method that a server is asked to take instead: by header on any request, by `_method` on a POST. */
function overrideOf(request: HttpRequest): string | undefined {
  const header = OVERRIDES.flatMap(name => headerValues(request, name)).find(value => value.text !== '');
  if (header) return header.text;
  if (request.method.text.toUpperCase() !== 'POST') return undefined;
  const fields = [
    ...readFields(request.url.query),
    ...(request.body && !readJson(request.body.text) ? readFields(request.body.text) : []),
    ...request.parts.map(part => [part.name, part.value.text] as const),
  ];
  return fields.find(([name, value]) => name === '_method' && /^[a-z]+$/i.test(value))?.[1];
}

/** AWS names the operation in a header; the request's path and method are the same for all. */
function operationOf(request: HttpRequest): readonly string[] {
  return headerValues(request, 'x-amz-target').map(value => `header.x-amz-target=${value.text}`);
}

/** Whether a key is for live or for test data, where its own beginning says so (docs.stripe.com/keys); never the key. */
function kindOfKey(request: HttpRequest, invocation: Invocation): readonly string[] {
  const keys = [
    ...headerValues(request, 'authorization'),
    ...valuesOf(invocation, '--user', '--oauth2-bearer'),
  ];
  const kinds = keys.flatMap(({ text }) => /(?:^|[\s:])([sr]k_(?:live|test))_/.exec(text)?.[1] ?? []);
  return [...new Set(kinds)].map(kind => `key=${kind}`);
}

function bodyOf(request: HttpRequest): readonly string[] {
  const parts = request.parts.flatMap(part =>
    flatten({ kind: 'text', text: part.value.text }, `body.${part.name}`),
  );
  const { body } = request;
  if (!body || body.text === '') return parts;
  const json = readJson(body.text);
  if (json) return flatten(json, 'body');
  return readFields(body.text)
    .slice(0, 100)
    .flatMap(([name, value]) => flatten({ kind: 'text', text: value }, `body.${name}`));
}

function isReadable(request: HttpRequest): boolean {
  const encoded = headerValues(request, 'content-encoding').some(value => value.text !== 'identity');
  if (encoded) return false;
  return (request.body?.certain ?? true) && request.parts.every(part => part.value.certain);
}

/** The local file that the answer replaces. */
function written(request: HttpRequest, invocation: Invocation, world: World): readonly Effect[] {
  if (request.output === undefined) return [];
  const { output, words } = request;
  return writes(certain(output), words, 'replace', invocation, world, isOneOfAKind(baseName(output)));
}
