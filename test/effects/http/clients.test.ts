/** What guard understands of a command line against what the real curl and wget send for it. */

import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpRequest } from '../../../src/effects/http/request.js';
import { requestsOf } from '../../../src/effects/http/requests.js';
import { curl } from '../../../src/invocation/grammars/curl.js';
import { wget } from '../../../src/invocation/grammars/wget.js';
import { fakeWorld } from '../../support/world.js';
import { invoke } from './invoke.js';
import { type Received, type Recorder, startRecorder } from './recorder.js';

const FILES: Readonly<Record<string, string>> = {
  'f.txt': 'a\r\nb\n',
  'body.json': '{\n  "query": "mutation { x }"\n}\n',
  'headers.txt': 'X-One: 1\nX-Two: 2\n',
  'c.cfg': '# settings\nrequest = "DELETE"\nurl=http://127.0.0.1:PORT/cfg\n-d "x\\ty"\n--data-raw z z\n',
  'c2.cfg': 'data\t=\tq:r\nurl http://127.0.0.1:PORT/cfg2\nno-silent\n-XPUT\n',
  'nested.cfg': 'config = c2.cfg\n',
  'next.cfg': 'url = http://127.0.0.1:PORT/1\nnext\nurl = http://127.0.0.1:PORT/2\ndata = "q"\n',
  'urls.txt': 'http://127.0.0.1:PORT/one\n\nhttp://127.0.0.1:PORT/two\n',
  'rc/.curlrc': 'request = PATCH\n',
  'rc/wgetrc': 'method = DELETE\nbody_data = x\n',
};
const INPUT = 'from\nstdin';

/** A command line as a person would quote it; U stands for the recorder's address. */
type Row = readonly [line: readonly string[], env?: Readonly<Record<string, string>>];

const curls: readonly Row[] = [
  [['U/x']],
  [['-X', 'DELETE', 'U/x']],
  [['-sXDELETE', 'U/x']],
  [['--request', 'OPTIONS', 'U/x']],
  [['-X', 'PUT', '-X', 'DELETE', 'U/x']],
  [['-d', 'a', '-d', 'b', 'U/x']],
  [['-d', '', '-d', 'b', 'U/x']],
  [['--json', '{"a":1', '--json', '}', 'U/x']],
  [['--json', 'a', '-d', 'b', 'U/x']],
  [['-d', 'a', '--json', 'b', 'U/x']],
  [['-d', '@f.txt', '--data-binary', '@f.txt', 'U/x']],
  [['-d', '@body.json', 'U/graphql']],
  [['--json', '@body.json', 'U/graphql']],
  [['-d', '@-', 'U/x']],
  [['--data-binary', '@-', 'U/x']],
  [['--data-raw', '@f.txt', 'U/x']],
  [['--data-b', '@f.txt', 'U/x']],
  [['--data-urlencode', 'a b', '--data-urlencode', 'n=x y&z', '--data-urlencode', '=q', 'U/x']],
  [['--data-urlencode', 'n@f.txt', 'U/x']],
  [['-G', '-d', 'a=1', '-d', 'b=2', 'U/x?z=0#frag']],
  [['-G', '-I', '-d', 'a=1', 'U/x']],
  [['-G', '--no-get', '-d', 'a=1', 'U/x']],
  [['-I', 'U/x']],
  [['-IX', 'DELETE', 'U/x']],
  [['--url-query', 'a=b', '--url-query', '+raw=%20', '--url-query', 'x y', 'U/x']],
  [['--url-query', 'a=b', '-d', 'body', 'U/x?q=1']],
  [['-T', 'f.txt', 'U/dir/']],
  [['-T', 'f.txt', 'U/dir']],
  [['-T', '-', 'U/dir']],
  [['-T', '{f.txt,headers.txt}', 'U/dir/']],
  [['--upl', 'f.txt', 'U/x']],
  [['U/{a,b}/[1-3]']],
  [['U/[01-03]', '-X', 'DELETE']],
  [['U/[a-e:2]']],
  [['-g', 'U/{a}']],
  [['U/a', 'U/b', '-X', 'PUT', '--next', '-d', 'q', 'U/c']],
  [['-d', 'a', 'U/y', '-:', '--next', '-X', 'PATCH', '--url', 'U/z']],
  [['--request-target', '/other?q=1', '-X', 'POST', 'U/x']],
  [['U/a/../b/./c']],
  [['U/a/b/..']],
  [['--path-as-is', 'U/a/../b']],
  [['H:PORT/no-scheme']],
  [['http:/H:PORT/one-slash']],
  [['http:///H:PORT/three-slashes']],
  [['http://user:p%40ss@H:PORT/x']],
  [['HTTP://2130706433:PORT/number']],
  [['http://127.1:PORT/short']],
  [['http://%6cocalhost:PORT/percent']],
  [['U']],
  [['U?q=1']],
  [['-K', 'c.cfg']],
  [['-sKc2.cfg']],
  [['--config', 'nested.cfg']],
  [['-K', 'next.cfg']],
  [['U/rc'], { CURL_HOME: 'rc' }],
  [['-q', 'U/rc'], { CURL_HOME: 'rc' }],
  [['-H', 'X-A: b', '-H', '@headers.txt', '-d', 'x', 'U/h']],
  [['--', 'U/x']],
  [['-d', '{"a":"é","b":[1,2]}', 'U/x']],
];

const wgets: readonly Row[] = [
  [['-qO-', 'U/x']],
  [['-q', '-O-', '--method=DELETE', 'U/x']],
  [['-qO-', '--meth', 'delete', 'U/x']],
  [['-qO-', '--post-data=a=1', 'U/x']],
  [['-qO-', '--post-file', 'body.json', 'U/x']],
  [['-qO-', '--method=PUT', '--body-data', 'x', 'U/x']],
  [['-qO-', '--method=PATCH', '--body-file=f.txt', 'U/x']],
  [['-qO-', '-e', 'method=DELETE', 'U/x']],
  [['-qO-', '--exec', 'post_data = z', 'U/x']],
  [['-qO-', 'U/a', 'U/b']],
  [['-qO-', '-i', 'urls.txt']],
  [['-qO-', '--spider', 'U/x']],
  [['-qO-', 'U/rc'], { WGETRC: 'rc/wgetrc' }],
  [['-qO-', '--config=rc/wgetrc', 'U/x']],
  [['-qO-', 'H:PORT/no-scheme']],
];

let recorder: Recorder;
const has = (program: string) => spawnSync(program, ['--version']).status === 0;
const filled = (text: string) =>
  text
    .replace(/^U/, `http://127.0.0.1:${recorder.port}`)
    .replace(/\bH:/, '127.0.0.1:')
    .replaceAll('PORT', `${recorder.port}`);

beforeAll(async () => {
  recorder = await startRecorder();
  const { mkdirSync } = await import('node:fs');
  mkdirSync(`${recorder.directory}/rc`);
  for (const [name, text] of Object.entries(FILES)) recorder.write(name, filled(text));
});
afterAll(() => recorder.close());

function understood(program: string, [line, env = {}]: Row): readonly Received[] {
  const files = Object.fromEntries(
    Object.entries(FILES).map(([name, text]) => [`${recorder.directory}/${name}`, filled(text)]),
  );
  const world = fakeWorld({ cwd: recorder.directory, home: recorder.directory, files, stdin: INPUT, env });
  const grammar = program === 'curl' ? curl : wget;
  const invocation = invoke(grammar, line.map(filled), { cwd: recorder.directory });
  return requestsOf(invocation, world).map(seen);
}

function seen(request: HttpRequest): Received {
  expect(request.url.host).toMatch(/^(127\.0\.0\.1|localhost)$/);
  expect(request.method.certain && (request.body?.certain ?? true)).toBe(true);
  const query = request.url.query === '' ? '' : `?${request.url.query}`;
  return { method: request.method.text, path: request.url.path + query, body: request.body?.text ?? '' };
}

describe.each([
  ['curl', curls],
  ['wget', wgets],
] as const)('%s', (program, rows) => {
  test.skipIf(!has(program)).each(rows.map(row => [`${program} ${row[0].join(' ')}`, row] as const))(
    '%s',
    async (_title, row) => {
      const [line, env = {}] = row;
      await recorder.run(program, line.map(filled), INPUT, { ...env });
      const received = recorder.take();
      expect(received.length).toBeGreaterThan(0);
      expect(understood(program, row)).toEqual(received);
    },
  );
});
