/** HTTPie and xh: the method, URL and body that their operands mean. */

import { describe, expect, test } from 'vitest';
import { requestsOf } from '../../../src/effects/http/requests.js';
import { understandScript } from '../../../src/invocation/unwrap.js';
import { fakeWorld } from '../../support/world.js';
import { loaded } from './loaded.js';

const world = fakeWorld({ files: { '/work/app/body.json': '{"a":1}' } });

async function request(script: string) {
  const invocations = await loaded(() => understandScript(script, world));
  return invocations.flatMap(one => requestsOf(one, world)).at(-1);
}

describe('method and URL', () => {
  test.each([
    ['http DELETE https://api.example.com/v1/users/1', 'DELETE https api.example.com/v1/users/1'],
    ['http delete :3000/x', 'DELETE http localhost:3000/x'],
    ['http :/x', 'GET http localhost/x'],
    ['https api.example.com', 'GET https api.example.com/'],
    ['xhs api.example.com/x a=b', 'POST https api.example.com/x'],
    ['http example.com X-Token:1 q==2', 'GET http example.com/?q=2'],
    ['http example.com name=delete', 'POST http example.com/'],
    ['http example.com < body.json', 'POST http example.com/'],
    ['http --follow PUT example.com/x a:=1', 'PUT http example.com/x'],
    ['http -a user:pass example.com/x', 'GET http example.com/x'],
  ])('%s', async (script, expected) => {
    const { method, url } = (await request(script))!;
    const port = url.port === '' ? '' : `:${url.port}`;
    const query = url.query === '' ? '' : `?${url.query}`;
    expect(`${method.text} ${url.scheme} ${url.host}${port}${url.path}${query}`).toBe(expected);
  });

  test.each(['http --offline DELETE x.com', 'xh --curl DELETE x.com', 'http --help', 'http'])(
    'none: %s',
    async script => expect(await request(script)).toBeUndefined(),
  );
});

describe('body', () => {
  test.each([
    ['http x.com a=b n:=1 f=@body.json', '{"a":"b","n":1,"f":"{\\"a\\":1}"}', true],
    ['http x.com j:=@body.json', '{"j":{"a":1}}', true],
    ['http -f x.com a=b c="d e"', 'a=b&c=d%20e', true],
    ["http --raw '{}' x.com", '{}', true],
    ['http x.com < body.json', '{"a":1}', true],
    ['http x.com query="$Q"', '{"query":""}', false],
    ['http x.com j:=@missing.json', '{"j":null}', false],
  ])('%s', async (script, text, certain) => {
    expect((await request(script))?.body).toMatchObject({ text, certain });
  });

  test('a method that is not known stays unknown', async () => {
    expect((await request('http $METHOD x.com/1'))?.method.certain).toBe(false);
  });

  test('headers', async () => {
    const headers = (await request('http POST x.com X-HTTP-Method-Override:DELETE'))?.headers;
    expect(headers?.[0]).toMatchObject({ name: 'x-http-method-override', value: { text: 'DELETE' } });
  });
});
