/** The request of a Bruno file (docs.usebruno.com/bru-lang/language), as @usebruno/cli 4.1 runs it. Reads text; may not judge. */

import { graphqlBody, type StoredRequest } from './stored.js';

const METHODS = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'options',
  'head',
  'trace',
  'connect',
  'http',
]);

/** `name { … }` blocks by name; each ends at a brace at the beginning of a line. */
function blocksOf(text: string): ReadonlyMap<string, string> {
  const blocks = /^([\w:-]+)\s*\{[ \t]*\r?\n([\s\S]*?)^\}/gm;
  return new Map([...text.matchAll(blocks)].map(([, name, content]) => [name!, content!]));
}

/** Lines `name: value`; one that begins with `~` is switched off. */
function entries(block: string | undefined): readonly (readonly [string, string])[] {
  return [...(block ?? '').matchAll(/^\s*([^\s~:][^:\n]*?)\s*:[ \t]*(.*?)[ \t]*\r?$/gm)].map(
    ([, name, value]) => [name!, value!] as const,
  );
}

/** The request, or `undefined` for files about folders, collections and environments. */
export function brunoRequest(text: string): StoredRequest | undefined {
  const blocks = blocksOf(text);
  const name = [...blocks.keys()].find(block => METHODS.has(block));
  if (name === undefined) return undefined;
  const own = new Map(entries(blocks.get(name)));
  const kind = own.get('body');
  const body = blocks.get(`body:${kind}`) ?? (kind === 'json' ? blocks.get('body') : undefined);
  return {
    method: name === 'http' ? (own.get('method') ?? 'GET') : name.toUpperCase(),
    url: own.get('url') ?? '',
    headers: entries(blocks.get('headers')).map(([key, value]) => `${key}: ${value}`),
    ...bodyOf(kind, body, blocks.get('body:graphql:vars')),
  };
}

function bodyOf(kind: string | undefined, body: string | undefined, variables: string | undefined) {
  if (body === undefined || kind === undefined || kind === 'none') return {};
  if (/^(form-urlencoded|multipart-form|formUrlEncoded|multipartForm)$/.test(kind))
    return { fields: entries(body).map(([key, value]) => `${key}=${value}`) };
  return { body: kind === 'graphql' ? graphqlBody(body, variables) : body.trim() };
}

/** `vars { … }` of an environment. */
export function brunoVariables(text: string): readonly (readonly [string, string])[] {
  return entries(blocksOf(text).get('vars'));
}
