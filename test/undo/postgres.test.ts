/** What guard says of tables on a real PostgreSQL, against what is then lost; and what comes back of them. */

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askingWith } from '../../src/clients/index.js';
import { decide } from '../../src/decide.js';
import type { Safety } from '../../src/policy/rule.js';
import { lossOf } from '../../src/question.js';
import { loadSubprocess } from '../../src/subprocess.js';
import { retentionOf } from '../../src/undo/plan.js';
import { realWorld } from '../../src/world.js';
import { patientLoss } from '../support/loss.js';
import { builtinPolicy } from '../support/policy.js';
import { type Postgres, startPostgres } from '../support/postgres.js';
import { Undo } from '../support/snapshots.js';

let server: Postgres;
let env: Readonly<Record<string, string>>;
beforeAll(async () => {
  await loadSubprocess();
  server = await startPostgres();
  env = { PATH: `${server.bin}:/usr/bin:/bin`, HOME: '/nonexistent', ...server.env };
});
afterAll(() => server.stop());

function ask(...queries: readonly string[]): string {
  const quiet = { PGOPTIONS: '-c client_min_messages=warning' };
  const words = ['-XAtq', ...queries.flatMap(sql => ['-c', sql])];
  return execFileSync(join(server.bin, 'psql'), words, {
    env: { ...env, ...quiet },
    encoding: 'utf8',
  }).trim();
}

beforeEach(() => {
  ask(`DROP SCHEMA IF EXISTS public, app CASCADE; CREATE SCHEMA public; CREATE SCHEMA app;
    CREATE TABLE users (id serial PRIMARY KEY, name text, kind json, tags text[]);
    INSERT INTO users (name, kind) SELECT 'user ' || n, '{"a": 1}' FROM generate_series(1, 7) AS n;
    UPDATE users SET name = E'odd \\\\ \\t "x" ''y''\\né', tags = '{a,"b,c"}' WHERE id = 3;
    CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users ON DELETE CASCADE);
    INSERT INTO orders SELECT n, 1 FROM generate_series(1, 3) AS n;
    CREATE TABLE lines (order_id int REFERENCES orders); INSERT INTO lines VALUES (1), (2);
    CREATE VIEW named AS SELECT name FROM users; CREATE VIEW again AS SELECT * FROM named;
    CREATE TABLE app."My Table" (a int); INSERT INTO app."My Table" VALUES (1), (2)`);
});

async function lossBefore(script: string, safety: Safety = { preview: { sql: true } }): Promise<string> {
  const { verdict, loss } = await patientLoss(script, { cwd: '/', env }, safety);
  expect(verdict.decision).toBe('confirm');
  return loss;
}

function runs(script: string): void {
  execFileSync('sh', ['-c', script], { env, stdio: 'pipe' });
}

/** Rows of every table that there is. */
const rows = () =>
  ask(`SELECT COALESCE(sum((xpath('/row/c/text()', query_to_xml(
    format('SELECT count(*) AS c FROM %I.%I', schemaname, tablename), false, true, '')))[1]::text::int), 0)
    FROM pg_tables WHERE schemaname IN ('public', 'app')`);

/** The numbers before the word `rows`, added up. */
const saidRows = (loss: string) =>
  [...loss.matchAll(/(\d+) rows?\b/g)].reduce((sum, [, count]) => sum + Number(count), 0);

describe('the preview says what is then lost', () => {
  test.each([
    ["psql -c 'DROP TABLE lines, orders'"],
    ["psql -c 'DROP TABLE users CASCADE'"],
    ["psql -c 'TRUNCATE users CASCADE'"],
    ["psql -c 'DELETE FROM lines'"],
    ['psql -c \'DROP TABLE app."My Table"\''],
    ["echo 'TRUNCATE lines;' | psql"],
    ['psql "host=$PGHOST port=$PGPORT user=$PGUSER dbname=$PGDATABASE" -c "DROP TABLE lines"'],
  ])('%s', async script => {
    const before = Number(rows());
    const loss = await lossBefore(script);
    runs(script);
    expect(saidRows(loss), loss).toBe(before - Number(rows()));
  });

  test('what CASCADE takes along is named', async () => {
    const loss = await lossBefore("psql -c 'DROP TABLE users CASCADE'");
    expect(loss).toContain('CASCADE also drops 2 views: named, again');
    expect(loss).toContain('foreign key: orders.orders_user_id_fkey');
    const emptied = await lossBefore("psql -c 'TRUNCATE users CASCADE'");
    expect(emptied).toContain('CASCADE also empties 2 tables: orders (3 rows), lines (2 rows)');
    expect(await lossBefore("psql -c 'DELETE FROM users'")).toContain('(ON DELETE CASCADE): orders (3 rows)');
  });

  test('large tables by estimate, without counting them', async () => {
    ask(`CREATE TABLE big AS SELECT n, repeat('x', 200) FROM generate_series(1, 100000) AS n; ANALYZE big`);
    expect(await lossBefore("psql -c 'DROP TABLE big'")).toMatch(/big in .* has about 100,000 rows \(2\d/);
  });

  test('schemas and databases as a whole', async () => {
    expect(await lossBefore("psql -c 'DROP SCHEMA app CASCADE'")).toMatch(
      /Schema app in .* has 1 table with/,
    );
    expect(await lossBefore('dropdb postgres')).toMatch(/Database postgres is \d+\.\d MB large/);
  });
});

describe('asks only what it may', () => {
  const drop = "psql -c 'DROP TABLE lines'";

  test('nothing without leave', async () => {
    expect(await lossBefore(drop, {})).not.toMatch(/rows|guard/);
    expect(await lossBefore(drop, { preview: { docker: true } })).not.toMatch(/rows|guard/);
  });

  test.each([
    ["sudo -u postgres psql -c 'DROP TABLE lines'", 'it runs as another user or elsewhere'],
    ['psql -h "$H" -c "DROP TABLE lines"', 'which database it is cannot be known'],
    ['PGHOST=$(cat h) psql -c "DROP TABLE lines"', 'the value of PGHOST is not known'],
    ["printf '\\\\c other\\nDROP TABLE lines;' | psql", 'changes to another database'],
  ])('%s', async (script, why) => {
    expect(await lossBefore(script)).toMatch(new RegExp(`guard did not ask the database: .*${why}`));
  });

  test('a server that does not answer in time is not waited for', async () => {
    // Listens, and says nothing.
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const verdict = await decide({ script: drop }, builtinPolicy(), realWorld({ cwd: '/', env }));
    const at = realWorld({ cwd: '/', env: { ...env, PGPORT: port } });
    const loss = lossOf(verdict, at, askingWith({ preview: { sql: true } }, at)).join('\n');
    silent.close();
    expect(loss).toContain('guard could not ask database postgres on 127.0.0.1: it did not answer in time.');
  });

  test('no password shows, wherever it stood', async () => {
    const secret = 'correct-horse-7';
    const url = `postgres://tester:${secret}@127.0.0.1:1/postgres`;
    for (const script of [
      `psql ${url} -c 'DROP TABLE lines'`,
      `psql "host=127.0.0.1 port=1 password=${secret}" -c 'DROP TABLE lines'`,
      `PGPASSWORD=${secret} PGPORT=1 psql -c 'DROP TABLE lines'`,
    ]) {
      const loss = await lossBefore(script);
      expect(loss).toMatch(/could not ask .*(refused|failed)/);
      expect(loss).not.toContain(secret);
    }
  });
});

describe('comes back', () => {
  let undo: Undo;
  beforeEach(() => {
    undo = new Undo(env, { preview: { sql: true } });
  });

  /** All rows as text, and every definition, of the two schemas. */
  const state = () =>
    ask(
      ...['users', 'orders', 'lines', 'app."My Table"'].map(
        table => `SELECT '${table}', t.* FROM ${table} AS t ORDER BY t::text`,
      ),
      `SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace IN ('public'::regnamespace, 'app'::regnamespace) ORDER BY 1, 2`,
      "SELECT viewname, definition FROM pg_views WHERE schemaname = 'public' ORDER BY 1",
      "SELECT indexdef FROM pg_indexes WHERE schemaname IN ('public', 'app') ORDER BY 1",
      'SELECT last_value FROM users_id_seq',
    );

  test.each([
    ["psql -c 'DROP TABLE lines, orders'"],
    ["psql -c 'DROP TABLE users CASCADE'"],
    ["psql -c 'TRUNCATE users RESTART IDENTITY CASCADE'"],
    ["psql -c 'DELETE FROM lines' -c 'DELETE FROM orders' -c 'DELETE FROM users'"],
    ['psql -c \'DROP TABLE app."My Table"\''],
    ["psql -c 'DROP VIEW again'"],
  ])('%s', async script => {
    const before = state();
    const snapshot = await undo.save(script, '/');
    expect(state()).toBe(before);
    runs(script);
    expect(undo.giveBack(snapshot)).toEqual([]);
    expect(state()).toBe(before);
    expect(undo.store.steps(snapshot, undo.env)).toEqual([]);
  });

  test.each([
    ['is gone', "psql -c 'DROP SCHEMA app CASCADE'"],
    ['stands empty again', "psql -c 'DROP SCHEMA app CASCADE; CREATE SCHEMA app'"],
  ])('a schema with all that is in it, and what hung on it, where it %s', async (_, script) => {
    ask(`CREATE TABLE app.items (id serial PRIMARY KEY, note text UNIQUE); INSERT INTO app.items (note) VALUES ('a'), ('b');
      CREATE FUNCTION app.twice(int) RETURNS int LANGUAGE sql AS 'SELECT $1 * 2'; CREATE TYPE app.mood AS ENUM ('good');
      CREATE VIEW app.seen AS SELECT note FROM app.items; CREATE VIEW outside AS SELECT note FROM app.seen;
      CREATE TABLE parts (item int REFERENCES app.items); INSERT INTO parts VALUES (1)`);
    const all = () => [
      state(),
      ask(
        'SELECT * FROM app.items',
        'SELECT app.twice(2)',
        "SELECT 'good'::app.mood",
        'SELECT * FROM outside',
        'SELECT last_value FROM app.items_id_seq',
      ),
    ];
    const before = all();
    const verdict = await undo.verdict(script, '/');
    expect(undo.plan(verdict, '/').lines[0]).toMatch(/^guard saves schema app of database postgres/);
    const snapshot = await undo.save(script, '/');
    expect(all()).toEqual(before);
    runs(script);
    expect(undo.giveBack(snapshot)).toEqual([]);
    expect(all()).toEqual(before);
    expect(undo.store.steps(snapshot, undo.env)).toEqual([]);
  });

  test.each([['psql -c \'DROP DATABASE "my shop"\''], ["dropdb 'my shop'"]])(
    'a database as a whole: %s',
    async script => {
      ask('DROP DATABASE IF EXISTS "my shop"');
      ask('CREATE DATABASE "my shop"');
      const inside = (sql: string) =>
        execFileSync(join(server.bin, 'psql'), ['-XAtqc', sql, 'my shop'], { env, encoding: 'utf8' });
      inside(
        "CREATE TABLE goods (id serial PRIMARY KEY, name text); INSERT INTO goods (name) VALUES ('a'), ('b')",
      );
      inside('CREATE SCHEMA deep; CREATE VIEW deep.names AS SELECT name FROM goods');
      const all = () =>
        inside('SELECT * FROM goods; SELECT * FROM deep.names; SELECT last_value FROM goods_id_seq');
      const before = all();
      const verdict = await undo.verdict(script, '/');
      expect(undo.plan(verdict, '/').lines[0]).toMatch(/^guard saves database my shop first/);
      const snapshot = await undo.save(script, '/');
      expect(undo.store.steps(snapshot, undo.env)[0]?.differs).toContain('one of that name stands there');
      runs(script);
      expect(undo.giveBack(snapshot)).toEqual([]);
      expect(all()).toBe(before);
    },
  );

  test('the schema public, which pg_dump creates in some archives only', async () => {
    const before = state();
    const snapshot = await undo.save("psql -c 'DROP SCHEMA public CASCADE'", '/');
    runs("psql -c 'DROP SCHEMA public CASCADE'");
    expect(undo.giveBack(snapshot)).toEqual([]);
    expect(state()).toBe(before);
  });

  test('partitions, with what each held', async () => {
    ask(`CREATE TABLE days (d int, t text) PARTITION BY RANGE (d);
      CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM (0) TO (10);
      CREATE TABLE days_2 PARTITION OF days FOR VALUES FROM (10) TO (20);
      INSERT INTO days SELECT n, 'x' FROM generate_series(1, 15) AS n`);
    const all = () => ask('SELECT tableoid::regclass, d, t FROM days ORDER BY d');
    const before = all();
    for (const script of ["psql -c 'TRUNCATE days'", "psql -c 'DROP TABLE days'"]) {
      const snapshot = await undo.save(script, '/');
      runs(script);
      expect(undo.giveBack(snapshot)).toEqual([]);
      expect(all()).toBe(before);
    }
  });

  test('several tables as one moment, whatever others write meanwhile', async () => {
    // The real pg_dump; before its second archive somebody moves a row on.
    const own = new Undo(env, { preview: { sql: true } });
    const dump = join(own.directory, 'pg_dump');
    const move =
      'DELETE FROM lines WHERE order_id = 2; INSERT INTO lines SELECT 1 FROM generate_series(1, 5)';
    writeFileSync(
      dump,
      `#!/bin/sh\n[ -e ${dump}.first ] && [ ! -e ${dump}.second ] && touch ${dump}.second && psql -Xqc '${move}'\n` +
        `touch ${dump}.first\nexec ${join(server.bin, 'pg_dump')} "$@"\n`,
      { mode: 0o755 },
    );
    const undo = new Undo({ ...env, PATH: `${own.directory}:${env['PATH']}` }, { preview: { sql: true } });
    const snapshot = await undo.save("psql -c 'DROP TABLE orders, lines'", '/');
    expect(existsSync(`${dump}.second`)).toBe(true);
    expect(ask('SELECT count(*) FROM lines')).toBe('6');
    runs("psql -c 'DROP TABLE orders, lines'");
    expect(undo.giveBack(snapshot)).toEqual([]);
    expect(ask('SELECT order_id FROM lines ORDER BY 1')).toBe('1\n2');
  });

  test('rows that came since stay, and rows that were changed since wait for a yes', async () => {
    const snapshot = await undo.save("psql -c 'DELETE FROM users'", '/');
    ask(
      "DELETE FROM lines; DELETE FROM orders; DELETE FROM users WHERE id > 2; UPDATE users SET name = 'newer' WHERE id = 1",
    );
    ask("INSERT INTO users (id, name) VALUES (100, 'later'), (4, 'in its place')");
    expect(undo.store.steps(snapshot, undo.env).map(step => [step.text, step.differs])).toEqual([
      ['put 4 rows back into users', undefined],
      ['set 2 rows of users back to what they were', 'they were changed since'],
      ['put 3 rows back into orders', undefined],
    ]);
    undo.giveBack(snapshot);
    expect(ask('SELECT count(*) FROM users')).toBe('8');
    expect(ask('SELECT name FROM users WHERE id IN (1, 4, 100) ORDER BY id')).toBe(
      'newer\nin its place\nlater',
    );
    const newer = undo.store.steps(snapshot, undo.env).find(step => step.changes)?.changes;
    undo.giveBack(snapshot, { all: true });
    expect(ask('SELECT name FROM users WHERE id IN (1, 4, 100) ORDER BY id')).toBe('user 1\nuser 4\nlater');
    expect(newer).toMatchObject({ kind: 'postgres', with: { tables: ['public.users'] } });
  });

  test('a table of that name again: only its missing rows, and nothing of it is written over', async () => {
    const snapshot = await undo.save("psql -c 'DROP TABLE lines'", '/');
    ask('DROP TABLE lines; CREATE TABLE lines (order_id int); INSERT INTO lines VALUES (7)');
    expect(undo.store.steps(snapshot, undo.env).map(step => step.text)).toEqual([
      'put 2 rows back into lines',
    ]);
    undo.giveBack(snapshot);
    expect(ask('SELECT order_id FROM lines ORDER BY 1')).toBe('1\n2\n7');
  });

  test('triggers of the table rest meanwhile, and are as they were', async () => {
    ask(`CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := 'stamped'; RETURN NEW; END $$;
      CREATE TRIGGER one BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION stamp();
      CREATE TRIGGER two BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION stamp();
      ALTER TABLE users DISABLE TRIGGER two`);
    const before = state();
    const triggers = () => ask('SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1');
    const snapshot = await undo.save("psql -c 'TRUNCATE users CASCADE'", '/');
    ask('TRUNCATE users CASCADE');
    undo.giveBack(snapshot);
    expect(state()).toBe(before);
    expect(triggers()).toBe('one|O\ntwo|D');
  });

  test('a table that is not there costs nothing, and what cannot be asked is said', async () => {
    const none = await undo.save("psql -c 'DROP TABLE IF EXISTS nowhere'", '/');
    expect(none).toMatchObject({ bytes: 0, items: [{ left: [expect.stringContaining('no nowhere')] }] });
    await expect(undo.save("PGPORT=1 psql -c 'DROP TABLE lines'", '/')).rejects.toMatchObject({
      code: 'not-saved',
      message: expect.stringMatching(/could not be asked: .*refused/),
    });
  });

  test('over the cap: the question says so, and nothing is kept', async () => {
    ask('INSERT INTO lines SELECT 1 FROM generate_series(1, 20000)');
    const retention = { ...retentionOf({}), one: { ...retentionOf({}).one, cap: 100_000 } };
    const script = "psql -c 'DROP TABLE lines'";
    const plan = undo.plan(await undo.verdict(script, '/'), '/', retention);
    expect(plan.lines.join(' ')).toMatch(
      /does not save lines of database postgres on 127.0.0.1: it is 7\d\d\.\d kB/,
    );
    ask('CREATE TABLE noise AS SELECT md5(n::text) AS x FROM generate_series(1, 20000) AS n');
    const { items } = undo.plan(await undo.verdict("psql -c 'DROP TABLE noise'", '/'), '/');
    const about = { command: 'x', cwd: '/', rules: [] };
    expect(() => undo.store.take(items, about, retention, env)).toThrow(/it is more than 100.0 kB/);
    expect(undo.store.list()).toEqual([]);
  });

  test('no password is stored', async () => {
    const secret = 'correct-horse-7';
    const script = `PGPASSWORD=${secret} psql "postgres://tester:${secret}@127.0.0.1:${env['PGPORT']}/postgres" -c 'DROP TABLE lines'`;
    const { id } = await undo.save(script, '/');
    const stored = execFileSync('sh', [
      '-c',
      'cat "$0"/snapshot.json "$0"/*/*.json',
      join(undo.directory, 'undo', id),
    ]);
    // The command itself is redacted by the door, not by the store.
    expect(stored.toString().replaceAll(JSON.stringify(script).slice(1, -1), '')).not.toContain(secret);
    runs(script);
    const [snapshot] = undo.store.list();
    expect(undo.giveBack(snapshot!)).toEqual([]);
    expect(ask('SELECT count(*) FROM lines')).toBe('2');
  });

  test('without leave nothing is fetched', async () => {
    for (const safety of [{}, { preview: { sql: true }, undo: { sql: 'off' as const } }]) {
      const own = new Undo(env, safety);
      const plan = own.plan(await own.verdict("psql -c 'DROP TABLE lines'", '/'), '/');
      expect(plan).toMatchObject({ items: [], lines: ['guard cannot undo this.'] });
    }
  });
});

test('a script of many tables is asked about once, and saved whole or not at all', async () => {
  const names = Array.from({ length: 60 }, (_, i) => `many_${i}`);
  ask(names.map(name => `CREATE TABLE ${name} AS SELECT 1 AS a`).join(';'));
  const undo = new Undo(env, { preview: { sql: true } });
  const script = `psql -c '${names.map(name => `DROP TABLE ${name}`).join('; ')}'`;
  const verdict = await undo.verdict(script, '/');
  const { items, lines } = undo.plan(verdict, '/');
  expect(items[0]?.with['tables']).toEqual(names);
  expect(lines[0]).toMatch(/^guard saves many_0, .* and 55 more of database postgres/);
  const few = {
    ...items[0]!,
    with: { ...items[0]!.with, tables: Array.from({ length: 300 }, (_, i) => `t${i}`) },
  };
  const about = { command: 'x', cwd: '/', rules: [] };
  expect(() => undo.store.take([few], about, retentionOf({}), env)).toThrow(/more than 200 tables/);
});
