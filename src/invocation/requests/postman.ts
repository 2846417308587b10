/** The requests of a Postman collection (schema.postman.com, v2.1.0). Reads parsed JSON; may not judge. */

import { graphqlBody, type StoredRequest } from './stored.js';

type Json = Readonly<Record<string, unknown>>;

/** All requests, in order, of the folders or requests of these names only where any are given. */
export function postmanRequests(collection: unknown, folders: readonly string[]): readonly StoredRequest[] {
  return items(collection, folders.length === 0, folders, 0);
}

/** `variable` of a collection, `values` of an environment. */
export function postmanVariables(file: unknown): readonly (readonly [string, string])[] {
  const entries = [...list(object(file)['variable']), ...list(object(file)['values'])];
  return entries.map(object).map(({ key, value }) => [text(key), text(value)] as const);
}

function items(
  node: unknown,
  taken: boolean,
  folders: readonly string[],
  depth: number,
): readonly StoredRequest[] {
  if (depth > 30) return [];
  return list(object(node)['item']).flatMap(item => {
    const { name, request } = object(item);
    const isTaken = taken || folders.includes(text(name));
    const own = request !== undefined && isTaken ? [requestOf(request)] : [];
    return [...own, ...items(item, isTaken, folders, depth + 1)];
  });
}

function requestOf(request: unknown): StoredRequest {
  if (typeof request === 'string') return { method: 'GET', url: request, headers: [] };
  const { method, url, header, body } = object(request);
  const headers = list(header).map(object).filter(isOn);
  return {
    method: text(method) || 'GET',
    url: addressOf(url),
    headers: headers.map(({ key, value }) => `${text(key)}: ${text(value)}`),
    ...bodyOf(object(body)),
  };
}

function addressOf(url: unknown): string {
  if (typeof url === 'string') return url;
  const { raw, protocol, host, path } = object(url);
  if (typeof raw === 'string') return raw;
  const scheme = protocol === undefined ? '' : `${text(protocol)}://`;
  return `${scheme}${list(host).map(text).join('.')}/${list(path).map(text).join('/')}`;
}

function bodyOf(body: Json): Pick<StoredRequest, 'body' | 'bodyFile' | 'fields'> {
  switch (body['mode']) {
    case 'raw':
      return { body: text(body['raw']) };
    case 'graphql': {
      const { query, variables } = object(body['graphql']);
      return { body: graphqlBody(text(query), text(variables)) };
    }
    case 'urlencoded':
    case 'formdata': {
      const fields = list(body[body['mode']]).map(object).filter(isOn);
      return { fields: fields.map(({ key, value }) => `${text(key)}=${text(value)}`) };
    }
    case 'file':
      return { bodyFile: text(object(body['file'])['src']) };
    default:
      return {};
  }
}

function isOn(entry: Json): boolean {
  return entry['disabled'] !== true;
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
