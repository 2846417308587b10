/** Railway's grammar: aliases, options before and after, and the commands that it runs. */

import { describe, expect, test } from 'vitest';
import { grammars } from '../../src/invocation/grammars/index.js';
import { understandScript } from '../../src/invocation/unwrap.js';
import { loaded } from '../effects/http/loaded.js';
import { fakeWorld } from '../support/world.js';

const world = fakeWorld({ files: { '/work/app/q.sql': 'select 1' } });
const read = (script: string) => loaded(() => understandScript(script, world));

test('it is in the list', () => {
  expect(grammars.some(grammar => grammar.tool === 'railway')).toBe(true);
});

describe('subcommands', () => {
  test.each([
    ['railway volumes rm -v pgdata -y', 'volume delete'],
    ['railway volume -s api -e production -p p1 remove --volume pgdata --yes', 'volume delete'],
    ['railway env rm staging', 'environment delete'],
    ['railway env update -m x', 'environment edit'],
    ['railway rm -p x -y', 'delete'],
    ['railway projects delete x', 'project delete'],
    ['railway fns rm -f x --yes=true', 'functions delete'],
    ['railway vars rm KEY', 'variable delete'],
    ['railway buckets -b x creds --reset', 'bucket credentials'],
    ['railway postgres pitr backup delete a b -y', 'postgres pitr backup delete'],
    ['railway postgres ha promote', 'postgres ha switchover'],
    ['railway environment production', 'environment'],
    ['railway volume files -v pgdata rm wal', 'volume files delete'],
    ['railway ssh keys rm laptop', 'ssh keys remove'],
    ['railway sbx rm s1', 'sandbox destroy'],
  ])('%s', async (script, expected) => {
    expect((await read(script))[0]?.subcommand.join(' ')).toBe(expected);
  });

  test('targets are operands, values of options are not', async () => {
    const [invocation] = await read('railway postgres pitr backup delete -s db b1 b2 --2fa-code 123456 -y');
    expect(invocation?.operands.map(word => word.text)).toEqual(['b1', 'b2']);
  });
});

describe('commands inside', () => {
  test.each([
    ['railway run -s api -- npm test -y', ['railway run: npm test -y']],
    ['railway local rm -rf dist', ['railway run: rm -rf dist']],
    ['railway run "rm -rf dist && ls"', ['railway run: rm -rf dist', 'railway run: ls']],
    ['railway ssh -s api -- rm -rf /data', ['railway ssh: rm -rf /data']],
    ['railway ssh "rm -rf /data; ls"', ['railway ssh: rm -rf /data', 'railway ssh: ls']],
    ['echo "rm -rf x" | railway shell', ['railway shell: sh', 'railway shell: rm -rf x']],
    ['railway connect postgres < q.sql', ['railway connect: psql -h proxy.rlwy.net']],
    ['railway connect MySQL < q.sql', ['railway connect: mysql -h proxy.rlwy.net']],
    ['railway shell', []],
    ['railway connect', []],
    ['railway ssh', []],
    ['railway run', []],
  ])('%s', async (script, expected) => {
    const inner = (await read(script)).filter(one => one.via.some(via => via.startsWith('railway')));
    const lines = inner.map(
      one =>
        `${one.via.find(via => via.startsWith('railway'))}: ${one.argv.map(word => word.text).join(' ')}`,
    );
    expect(expected.every(line => lines.includes(line))).toBe(true);
    if (expected.length === 0) expect(lines).toEqual([]);
  });

  test('nothing of this machine is known about a remote directory', async () => {
    const inner = (await read('railway ssh rm -rf data')).find(one => one.tool === 'rm');
    expect(inner?.directory.certain).toBe(false);
  });
});
