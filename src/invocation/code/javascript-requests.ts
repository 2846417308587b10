/** The calls of Node, the browser, k6 and their packages that send a request. A table; judges nothing. */

import type { Call, Deed, Library } from './deed.js';
import { request } from './library.js';
import { concat, textValue, UNKNOWN } from './value.js';

/** `fetch(url, { method, body })`; a `Request` object brings its own. */
function fetches(call: Call): readonly Deed[] {
  const named = call.named.size > 0 ? call.named : (call.args[0]?.entries ?? call.named);
  return request(
    named.get('method') ?? textValue('GET'),
    call.args[0],
    named,
    named.get('body') ?? named.get('json'),
  );
}

function axios(call: Call): readonly Deed[] {
  const url = call.args[0]?.text ? call.args[0] : call.named.get('url');
  const base = call.named.get('baseURL');
  return request(
    call.named.get('method') ?? textValue('GET'),
    base && url ? concat([base, url]) : url,
    call.named,
    call.named.get('data'),
  );
}

const verb = (method: string, hasBody: boolean) => (call: Call) =>
  request(
    textValue(method),
    call.args[0],
    call.args.at(hasBody ? 2 : 1)?.entries ?? new Map(),
    hasBody ? call.args[1] : (call.named.get('data') ?? call.named.get('json')),
  );

/** `https.request(url | options, options)`. */
function nodeRequest(call: Call): readonly Deed[] {
  const { named } = call;
  const host = named.get('hostname') ?? named.get('host');
  const made = host && concat([textValue('https://'), host, named.get('path') ?? textValue('/')]);
  return request(
    named.get('method') ?? textValue('GET'),
    call.args[0]?.text ? call.args[0] : made,
    named,
    undefined,
  );
}

const client = (name: string) => ({
  [name]: axios,
  [`${name}.request`]: axios,
  [`${name}.delete`]: verb('DELETE', false),
  [`${name}.del`]: verb('DELETE', false),
  [`${name}.post`]: verb('POST', true),
  [`${name}.put`]: verb('PUT', true),
  [`${name}.patch`]: verb('PATCH', true),
});

/** k6: `http.del(url, body, params)`, `http.request(method, url, body)`; grafana.com/docs/k6/latest/javascript-api/k6-http. */
const k6: Library = {
  ...Object.fromEntries(
    ['post', 'put', 'patch', 'del'].map(name => [
      `k6/http.${name}`,
      (call: Call) =>
        request(
          textValue(name === 'del' ? 'DELETE' : name.toUpperCase()),
          call.args[0],
          new Map(),
          call.args[1],
        ),
    ]),
  ),
  'k6/http.request': call => request(call.args[0] ?? UNKNOWN, call.args[1], new Map(), call.args[2]),
};

export const requests: Library = {
  fetch: fetches,
  'node-fetch': fetches,
  'undici.fetch': fetches,
  'undici.request': fetches,
  'http.request': nodeRequest,
  'https.request': nodeRequest,
  ...k6,
  ...client('axios'),
  ...client('got'),
  ...client('ky'),
  ...client('superagent'),
};
