/** psql through guard's shim on a real PostgreSQL: what would destroy is refused, what would not arrives whole. */

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Installed, install } from '../support/installed.js';
import { type Postgres, startPostgres } from '../support/postgres.js';
import { NODE_IS_A_TERMINAL, terminal } from '../support/terminal.js';

let server: Postgres;
let guard: Installed;

/** Asks the server past guard. */
function ask(sql: string): string {
  return execFileSync(join(server.bin, 'psql'), ['-XAtqc', sql], {
    env: { ...server.env, PATH: '/usr/bin:/bin', PGOPTIONS: '-c client_min_messages=warning' },
    encoding: 'utf8',
  }).trim();
}

const names = () => ask("SELECT string_agg(name, ',' ORDER BY id) FROM users");
const isThere = () => ask("SELECT to_regclass('users') IS NOT NULL") === 't';
const sh = (script: string) => guard.sh(script, { env: server.env });

beforeAll(async () => {
  server = await startPostgres();
  guard = install({ policy: `${NODE_IS_A_TERMINAL}preview: { sql: true }\n` });
  writeFileSync(join(guard.work, 'drop.sql'), 'DROP TABLE users;\n');
  writeFileSync(join(guard.work, 'outer.sql'), '\\i drop.sql\n');
  writeFileSync(join(guard.work, 'insert.sql'), "INSERT INTO users VALUES (3, 'eve');\n");
  writeFileSync(join(guard.work, 'Makefile'), "reset:\n\t@psql -c 'DROP TABLE users'\n");
});

afterAll(() => server.stop());

beforeEach(() => {
  ask(
    'DROP TABLE IF EXISTS users, many; CREATE TABLE users (id int, name text); CREATE TABLE many (line text)',
  );
  ask("INSERT INTO users VALUES (1, 'ann'), (2, 'bob')");
});

describe('is refused, and the table is there', () => {
  test.each([
    ["psql -c 'DROP TABLE users'"],
    ["psql -c 'SELECT 1' -c 'DROP TABLE users'"],
    ["psql --command='SELECT 1; DROP TABLE users'"],
    ['psql < drop.sql'],
    ['cat drop.sql | psql'],
    ['psql -f drop.sql'],
    ['psql -f - < drop.sql'],
    ['psql <<EOF\nDROP TABLE users;\nEOF'],
    ["psql <<< 'DROP TABLE users;'"],
    ['psql -f outer.sql'],
    ["echo '\\i drop.sql' | psql"],
    ["psql -v t=users <<< 'DROP TABLE :t;'"],
    ["psql -c 'TRUNCATE users'"],
    ["psql -c 'DELETE FROM users'"],
    ["psql -c 'DO $$ BEGIN EXECUTE $q$DROP TABLE users$q$; END $$'"],
    ["psql -c 'WITH gone AS (DELETE FROM users RETURNING 1) SELECT count(*) FROM gone'"],
    ['make reset'],
    ["env PGAPPNAME=x psql -c 'DROP TABLE users'"],
    ['sh -c \'psql -c "DROP TABLE users"\''],
  ])('%s', async command => {
    writeFileSync(join(guard.work, 'run.sh'), command);
    const ended = await sh('bash run.sh');
    expect(`${ended.status} ${ended.stderr}`).toMatch(/^(126|2) guard: /);
    expect(isThere()).toBe(true);
    expect(names()).toBe('ann,bob');
  });
});

describe('runs as without guard', () => {
  test.each([
    ["psql -Atc 'SELECT name FROM users ORDER BY id'", 'ann\nbob\n'],
    ["psql -At <<< 'SELECT count(*) FROM users'", '2\n'],
    ["echo 'SELECT name FROM users WHERE id = 2' | psql -At", 'bob\n'],
    ['psql -qf insert.sql && psql -Atc "SELECT count(*) FROM users"', '3\n'],
    ["psql -Atqc 'DELETE FROM users WHERE id = 1' -c 'SELECT name FROM users'", 'bob\n'],
    ['psql -Atc "SELECT \'DROP TABLE users\'"', 'DROP TABLE users\n'],
    [
      "printf '4,dan\\n' | psql -qc 'COPY users FROM STDIN CSV' && psql -Atc 'SELECT max(id) FROM users'",
      '4\n',
    ],
    ["psql -Atc 'SELECT * FROM nowhere' 2>/dev/null; echo $?", '1\n'],
  ])('%s', async (command, stdout) => {
    writeFileSync(join(guard.work, 'run.sh'), command);
    expect(await sh('bash run.sh')).toMatchObject({ status: 0, stderr: '', stdout });
  });

  test('standard input stays where it stood for what follows in the same shell', async () => {
    const ended = await sh(`printf 'SELECT 1;\\n' > q; { psql -At; echo "left: $(cat)"; } < q`);
    expect(ended).toMatchObject({ status: 0, stderr: '', stdout: '1\nleft: \n' });
  });
});

describe('60 MB arrive whole', () => {
  const LINES = 60_000;
  const file = () => join(guard.work, 'big.sql');

  beforeAll(async () => {
    const out = createWriteStream(file());
    const filler = 'x'.repeat(1000);
    out.write('COPY many FROM STDIN;\n');
    for (let i = 0; i < LINES; i++) if (!out.write(`${i} ${filler}\n`)) await once(out, 'drain');
    out.end('\\.\n');
    await once(out, 'close');
  });

  test.each([['psql -q < big.sql'], ['cat big.sql | psql -q'], ['psql -q -f big.sql']])(
    '%s',
    async command => {
      expect(await sh(command)).toMatchObject({ status: 0, stderr: '', stdout: '' });
      expect(ask('SELECT count(*), sum(length(line)) > 60000000 FROM many')).toBe(`${LINES}|t`);
    },
  );

  test('COPY FROM STDIN through a pipe', async () => {
    const ended = await sh("sed 1d big.sql | sed '$d' | psql -qc 'COPY many FROM STDIN'");
    expect(ended).toMatchObject({ status: 0, stderr: '', stdout: '' });
    expect(ask('SELECT count(*) FROM many')).toBe(String(LINES));
  });

  test('but not with a DROP at their end, before that is approved', async () => {
    const command = "{ cat big.sql; echo 'DROP TABLE users;'; } | psql -q";
    const ended = await sh(command);
    expect(ended.status).toBe(126);
    expect(ended.stderr).toContain('sql.wipe');
    expect(isThere()).toBe(true);
    const shell = terminal(guard, `${command}; echo status $?`, server.env);
    await shell.until(/Type users to run it/);
    shell.type('users\r');
    await shell.until(/status 0/, 25);
    expect(ask('SELECT count(*) FROM many')).toBe(String(LINES));
    expect(isThere()).toBe(false);
  });
});

describe('on a terminal', () => {
  test('interactive psql shows rows and ends at \\q', async () => {
    const shell = terminal(guard, 'psql; echo status $?', server.env);
    await shell.until(/postgres=# $/);
    shell.type('SELECT name FROM users ORDER BY id;\r');
    await shell.until(/ann\s+bob\s+\(2 rows\)\s+postgres=# $/);
    shell.type('\\q\r');
    await shell.until(/status 0/);
    expect(await shell.ended).toBe(0);
  });

  test('interactive psql with options too', async () => {
    const shell = terminal(guard, 'psql -X -d postgres; echo status $?', server.env);
    await shell.until(/postgres=# $/);
    shell.type('SELECT 40 + 2 AS answer;\r');
    // Before the next prompt the terminal would take Ctrl-D for itself.
    await shell.until(/42\s+\(1 row\)\s+postgres=# $/);
    shell.type('\x04');
    await shell.until(/status 0/);
    expect(await shell.ended).toBe(0);
  });

  test('an approved DROP runs, once; what it takes is counted, said, saved, and comes back', async () => {
    const drop = "psql -c 'DROP TABLE users'";
    const refused = await sh(drop);
    expect(refused.stderr).toMatch(
      /would be lost: .*(users in database postgres on 127\.0\.0\.1 has 2 rows|guard could not ask)/,
    );
    const [request] = JSON.parse((await guard.guard('pending', '--json')).stdout).slice(-1);
    expect(request.undo).toEqual([
      'guard saves users of database postgres on 127.0.0.1 first; see `guard undo`.',
    ]);
    const shell = terminal(guard, `${drop}; echo status $?`, server.env);
    await shell.until(/guard saves users.*Type users to run it/s);
    expect(isThere()).toBe(true);
    shell.type('users\r');
    const [, id = ''] = await shell.until(/guard undo (\w{5}).*status 0/s);
    expect(isThere()).toBe(false);
    // Where it is connected to is stored; who may connect is asked anew.
    const [listed] = JSON.parse((await guard.guard('undo', '--json')).stdout);
    expect(listed).toMatchObject({ id, items: [{ kind: 'postgres' }] });
    expect((await guard.guard('undo', id)).stdout).toMatch(/create users again in .*\nGiven back\./);
    expect(names()).toBe('ann,bob');
    expect((await sh(drop)).status).toBe(126);
    expect(isThere()).toBe(true);
  });

  test('an approved DROP from a pipe gets its input', async () => {
    const shell = terminal(guard, 'cat drop.sql | psql; echo status $?', server.env);
    await shell.until(/Type users to run it/);
    shell.type('users\r');
    await shell.until(/DROP TABLE\s+status 0/);
    expect(isThere()).toBe(false);
  });
});
