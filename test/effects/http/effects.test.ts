/** Requests as effects: the method on the path of the host, whichever way they are written. */

import { describe, expect, test } from 'vitest';
import type { Effect } from '../../../src/effects/effect.js';
import { http } from '../../../src/effects/inspectors/http.js';
import { understandScript } from '../../../src/invocation/unwrap.js';
import { fakeWorld } from '../../support/world.js';
import { loaded } from './loaded.js';

const files = {
  '/work/app/out.bin': 'old',
  '/work/app/sub/x.txt': 'old',
  '/work/app/body.json': '{"private": true, "token": "s3cret", "tags": ["a"]}',
  '/home/me/.curlrc': '# quiet\nsilent\n',
};

function effects(
  script: string,
  env: Record<string, string> = {},
  more: Record<string, string> = {},
): Promise<readonly Effect[]> {
  const world = fakeWorld({ files: { ...files, ...more }, env });
  return loaded(() => understandScript(script, world).flatMap(invocation => http.inspect(invocation, world)));
}
const shown = async (script: string, env?: Record<string, string>, more?: Record<string, string>) =>
  (await effects(script, env, more)).map(one => `${one.action} ${one.host}${one.target}`);

describe('method, host and path', () => {
  test.each([
    ['curl https://api.example.com/v1/items', ['read api.example.com/v1/items']],
    ['curl -I https://api.example.com', ['read api.example.com/']],
    [
      'curl -X DELETE https://API.Example.COM.:8443//v1/./items/%2E%2E/items%2F7;v=1/?x=1#y',
      ['delete api.example.com/v1/items/7'],
    ],
    ['curl -Xdelete api.example.com/items/1', ['delete api.example.com/items/1']],
    ['curl -X " DELETE" api.example.com/items/1', ['delete api.example.com/items/1']],
    ['curl -X PROPPATCH https://dav.example.com/x', ['send dav.example.com/x']],
    ['curl -d a=1 https://u:p@api.example.com/x', ['create api.example.com/x']],
    ['curl -T body.json https://api.example.com/up/', ['update api.example.com/up/body.json']],
    ['curl -X PATCH https://xn--bcher-kva.example/x', ['update xn--bcher-kva.example/x']],
    ['curl -X DELETE https://bücher.example/x', ['delete xn--bcher-kva.example/x']],
    [
      'curl -X DELETE https://{a,b}.example.com/[1-2]',
      [
        'delete a.example.com/1',
        'delete a.example.com/2',
        'delete b.example.com/1',
        'delete b.example.com/2',
      ],
    ],
    [
      'curl -X DELETE http://127.0.0.2/x http://0/x http://[::1]:80/x http://LOCALHOST/x',
      ['delete 127.0.0.1/x', 'delete 127.0.0.1/x', 'delete ::1/x', 'delete localhost/x'],
    ],
    ['curl -X DELETE http://localhost@evil.example/x', ['delete evil.example/x']],
    ['curl -X DELETE http://localhost.evil.example/x', ['delete localhost.evil.example/x']],
    ['curl -X DELETE "http://localhost:$PORT/x"', ['delete localhost/x']],
    ['curl -X DELETE "$BASE/items/1"', ['delete ?/items/1']],
    ['curl -X DELETE "https://$HOST/items/1"', ['delete ?/items/1']],
    ['curl -X DELETE "https://$SUB.example.com/items/1"', ['delete ?/items/1']],
    ['echo https://api.example.com | xargs curl -X DELETE', ['delete api.example.com/']],
    ['psql -c x | xargs curl -X DELETE', ['delete ?/']],
    ['xargs curl -X DELETE < missing.txt', ['delete ?/']],
    ['curl -X "$METHOD" https://api.example.com/x', ['unknown api.example.com/x']],
    ['curl --request-target /real -X DELETE https://api.example.com/decoy', ['delete api.example.com/real']],
    ['curl -X DELETE --connect-to ::api.example.com:443 https://localhost/x', ['delete api.example.com/x']],
    [
      'curl -X DELETE --connect-to api.example.com:443:127.0.0.1:8443 https://api.example.com/x',
      ['delete api.example.com/x'],
    ],
    ['curl -X DELETE --resolve app.test:443:203.0.113.5 https://app.test/x', ['delete 203.0.113.5/x']],
    ['curl -X DELETE -x http://proxy.example:3128 http://localhost/x', ['delete proxy.example/x']],
    ["curl -X DELETE -H 'Host: api.example.com' https://203.0.113.5/x", ['delete api.example.com/x']],
    ["curl -X DELETE -H 'Host: app.example.com' http://127.0.0.1/x", ['delete 127.0.0.1/x']],
    [
      "curl -H 'x-http-method-override: DELETE' -X POST https://api.example.com/x",
      ['delete api.example.com/x'],
    ],
    ["curl -d '_method=delete' https://api.example.com/x", ['delete api.example.com/x']],
    ["curl -X POST 'https://api.example.com/x?_method=DELETE'", ['delete api.example.com/x']],
    ["curl 'https://api.example.com/x?_method=DELETE'", ['read api.example.com/x']],
    [
      'curl https://api.example.com/x https://api.example.com/y --next -X DELETE https://api.example.com/z',
      ['read api.example.com/x', 'read api.example.com/y', 'delete api.example.com/z'],
    ],

    [
      'curl --variable h=api.example.com --expand-url "https://{{h:trim}}/x" -X DELETE',
      ['delete api.example.com/x'],
    ],
    ['curl -h -X DELETE https://api.example.com/x', []],
    ['curl -V', []],
    ['wget https://api.example.com/x', ['read api.example.com/x']],
    ['wget --spider https://api.example.com/x', ['read api.example.com/x']],
    ['wget --meth delete https://api.example.com/x', ['delete api.example.com/x']],
  ])('%s', async (script, expected) => {
    expect(await shown(script)).toEqual(expected);
  });
});

describe('settings that are read without being named', () => {
  const curlrc = 'request = DELETE\n';
  test.each([
    ['curl https://a.example/x', {}, { '/home/me/.curlrc': curlrc }, 'delete'],
    ['curl -q https://a.example/x', {}, { '/home/me/.curlrc': curlrc }, 'read'],
    ['curl --disable https://a.example/x', {}, { '/home/me/.curlrc': curlrc }, 'read'],
    ['curl -s -q https://a.example/x', {}, { '/home/me/.curlrc': curlrc }, 'delete'],
    ['curl https://a.example/x', { CURL_HOME: '/etc/c' }, { '/etc/c/.curlrc': curlrc }, 'delete'],
    ['CURL_HOME=/etc/c curl https://a.example/x', {}, { '/etc/c/.curlrc': curlrc }, 'delete'],
    ['HOME=/tmp curl https://a.example/x', {}, { '/tmp/.curlrc': curlrc }, 'delete'],
    ['curl https://a.example/x', { XDG_CONFIG_HOME: '/x' }, { '/x/curlrc': curlrc }, 'delete'],
    ['wget https://a.example/x', {}, { '/home/me/.wgetrc': 'method = DELETE\n' }, 'delete'],
    ['wget --no-config https://a.example/x', {}, { '/home/me/.wgetrc': 'method = DELETE\n' }, 'read'],
    ['WGETRC=rc wget https://a.example/x', {}, { '/work/app/rc': 'Method=delete\n' }, 'delete'],
    ['wget --config rc https://a.example/x', {}, { '/work/app/rc': 'me-thod = delete\n' }, 'delete'],
  ])('%s %j', async (script, env, more, action) => {
    expect((await effects(script, env, more)).map(one => one.action)).toEqual([action]);
  });
});

describe('bodies', () => {
  const told = async (script: string) =>
    (await effects(script)).map(one => [one.resource, ...one.with].join(' '));
  test.each([
    [
      'curl -X PATCH https://a.example/r -d @body.json',
      ['http.resource body.private=true body.token=<hidden> body.tags.0=a'],
    ],
    ["curl https://a.example/r?q=1 -d 'a=1&b=x+y'", ['http.resource query.q=1 body.a=1 body.b=x y']],
    ['curl https://a.example/r -F a=1 -F b=@missing', ['http.resource body.a=1 body.b=', 'http.body']],
    ['curl https://a.example/r -d @missing', ['http.resource body=<unknown>', 'http.body']],
    ['curl https://a.example/r -d "$BODY"', ['http.resource body=<unknown>', 'http.body']],
    ['curl -G https://a.example/r -d "$BODY"', ['http.resource']],
    ['curl https://a.example/r', ['http.resource']],
  ])('%s', async (script, expected) => {
    expect(await told(script)).toEqual(expected);
  });
});

describe('other protocols and local files', () => {
  test.each([
    ["curl -Q 'DELE a b.txt' ftp://ftp.example.com/", ['delete ftp.example.coma b.txt']],
    ["curl ftp.example.com -Q '-RMD old'", ['delete ftp.example.comold']],
    ["curl -Q 'CWD x' ftp://ftp.example.com/", []],
    ["curl pop3s://mail.example.com/1 -X 'DELE 1'", ['delete mail.example.com/1']],
    ['curl -T out.bin file:///work/app/sub/x.txt', ['overwrite /work/app/sub/x.txt']],
    ['curl file:///etc/passwd', []],
    ['curl -o out.bin https://a.example/x', ['read a.example/x', 'overwrite /work/app/out.bin']],
    ['curl -o new.bin https://a.example/x', ['read a.example/x', 'create /work/app/new.bin']],
    ['curl -O https://a.example/out.bin', ['read a.example/out.bin', 'overwrite /work/app/out.bin']],
    [
      'curl --output-dir sub -o x.txt https://a.example/x',
      ['read a.example/x', 'overwrite /work/app/sub/x.txt'],
    ],
    ['wget -O out.bin https://a.example/x', ['read a.example/x', 'overwrite /work/app/out.bin']],
    ['wget https://a.example/out.bin', ['read a.example/out.bin']],
  ])('%s', async (script, expected) => {
    expect(await shown(script)).toEqual(expected);
  });

  test('a container engine behind its socket', async () => {
    const script = 'curl --unix-socket /var/run/docker.sock -X DELETE http://x/volumes/db';
    expect(await effects(script)).toMatchObject([
      { action: 'delete', host: 'localhost', target: '/volumes/db', with: ['socket=/var/run/docker.sock'] },
    ]);
  });
});
