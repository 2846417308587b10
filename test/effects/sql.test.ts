/** SQL → effects, both sides: what removes or changes much, and what only looks like it. */

import { beforeAll, describe, expect, test } from 'vitest';
import type { Effect } from '../../src/effects/effect.js';
import { effectsOfSession } from '../../src/effects/sql/session.js';
import { NotLoaded } from '../../src/lazy.js';

function read(sql: string): readonly Effect[] {
  return effectsOfSession([{ kind: 'query', text: { text: sql, certain: true } }], 'postgres').flat();
}

/** `delete sql.row users all cascade=true`, one effect a line. */
export function show(effects: readonly Effect[]): string {
  return effects
    .map(({ action, resource, target, extent, with: more }) =>
      [action, resource.replace('sql.', ''), target, extent === 'one' ? '' : extent, ...more]
        .filter(part => part !== '')
        .join(' '),
    )
    .join('; ');
}

beforeAll(async () => {
  try {
    read('DROP TYPE a');
  } catch (fault) {
    if (!(fault instanceof NotLoaded)) throw fault;
    await fault.library.load();
  }
});

const dangerous: readonly (readonly [sql: string, effects: string])[] = [
  // DROP
  ['DROP TABLE users', 'delete table users'],
  [
    'drop table public.users, Orders cascade',
    'delete table public.users cascade=true; delete table orders cascade=true',
  ],
  ['DROP TABLE "Users"', 'delete table Users'],
  ['DROP/**/TABLE/* x */users', 'delete table users'],
  ['drop -- a comment\ntable users', 'delete table users'],
  ['/* a /* nested */ comment */ DROP TABLE IF EXISTS users;', 'delete table users if-exists=true'],
  ['DROP VIEW v', 'delete view v'],
  ['DROP MATERIALIZED VIEW mv', 'delete materialized-view mv'],
  ['DROP FOREIGN TABLE ft', 'delete foreign-table ft'],
  ['DROP SCHEMA public CASCADE', 'delete schema public cascade=true'],
  ['DROP DATABASE app', 'delete database app'],
  ['DROP DATABASE app WITH (FORCE)', 'delete database app force=true'],
  ['DROP INDEX CONCURRENTLY users_email', 'delete index users_email'],
  ['DROP SEQUENCE s', 'delete sequence s'],
  ['DROP ROLE a, b', 'delete role a; delete role b'],
  ['DROP USER bob', 'delete role bob'],
  ['DROP OWNED BY bob CASCADE', 'delete owned bob all cascade=true'],
  ['DROP FUNCTION f(int), g', 'delete function f; delete function g'],
  ['DROP PROCEDURE p', 'delete function p'],
  ['DROP AGGREGATE a(int)', 'delete function a'],
  ['DROP TYPE t CASCADE', 'delete type t cascade=true'],
  ['DROP DOMAIN d', 'delete type d'],
  ['DROP TRIGGER tr ON t', 'delete trigger t.tr'],
  ['DROP POLICY p ON t', 'delete policy t.p'],
  ['DROP RULE r ON t', 'delete trigger t.r'],
  ['DROP EXTENSION postgis CASCADE', 'delete extension postgis cascade=true'],
  ['DROP TABLESPACE ts', 'delete tablespace ts'],
  ['DROP PUBLICATION p', 'delete publication p'],
  ['DROP SUBSCRIPTION s', 'delete subscription s'],
  ['DROP SERVER s', 'delete server s'],
  ['DROP OPERATOR + (int, int)', 'delete object +'],
  ['SELECT 1; DROP TABLE users', 'delete table users'],
  ['CREATE TABLE t (a int); DROP TABLE t', 'delete table t'],
  ['U&"x"; DROP TABLE users', 'unknown statement unknown'],
  // TRUNCATE
  ['TRUNCATE users', 'delete row users all truncate=true'],
  [
    'TRUNCATE TABLE ONLY a, b RESTART IDENTITY CASCADE',
    'delete row a all truncate=true cascade=true; delete row b all truncate=true cascade=true',
  ],
  // DELETE
  ['DELETE FROM users', 'delete row users all'],
  ['delete from only public.users as u', 'delete row public.users all'],
  ['DELETE FROM users WHERE true', 'delete row users all'],
  ['DELETE FROM users WHERE 1=1', 'delete row users all'],
  ["DELETE FROM users WHERE 'a' = 'a'", 'delete row users all'],
  ["DELETE FROM users WHERE 't'::boolean", 'delete row users all'],
  ['DELETE FROM users WHERE id = id', 'delete row users all'],
  ['DELETE FROM users WHERE NOT false', 'delete row users all'],
  ['DELETE FROM users WHERE NOT (1 = 2)', 'delete row users all'],
  ['DELETE FROM users WHERE id IS NOT NULL', 'delete row users all'],
  ['DELETE FROM users WHERE id > 0', 'delete row users all'],
  ['DELETE FROM users WHERE user_id >= 1', 'delete row users all'],
  ["DELETE FROM users WHERE name LIKE '%'", 'delete row users all'],
  ["DELETE FROM users WHERE name ~ '.*'", 'delete row users all'],
  ['DELETE FROM users WHERE true IS TRUE', 'delete row users all'],
  ['DELETE FROM users WHERE id = 7 OR true', 'delete row users all'],
  ['DELETE FROM users WHERE 2 > 1 AND 1 <= 1', 'delete row users all'],
  ["DELETE FROM users WHERE now() > now() - interval '1 day'", 'delete row users all'],
  ['DELETE FROM users WHERE id IN (SELECT id FROM users)', 'delete row users all'],
  ['DELETE FROM users WHERE EXISTS (SELECT 1)', 'delete row users all'],
  ['DELETE FROM a USING b', 'delete row a all'],
  ['DELETE FROM a USING b WHERE a.id = b.id', 'delete row a unknown by=join'],
  ['DELETE FROM users WHERE id = 7', 'delete row users'],
  ["DELETE FROM users WHERE email = 'x@y'", 'delete row users some'],
  ['DELETE FROM users WHERE id = 7 AND true', 'delete row users some'],
  ['DELETE FROM users WHERE amount > 0', 'delete row users some'],
  ['DELETE FROM users WHERE id IN (SELECT user_id FROM gone)', 'delete row users some'],
  ['DELETE FROM users WHERE random() < 0.1', 'delete row users some'],
  ['DELETE FROM users WHERE deleted_at IS NOT NULL AND age > 3', 'delete row users some'],
  ['WITH gone AS (DELETE FROM users RETURNING id) SELECT count(*) FROM gone', 'delete row users all'],
  ['WITH a AS (SELECT 1) DELETE FROM users', 'delete row users all'],
  ['EXPLAIN ANALYZE DELETE FROM users', 'delete row users all'],
  ['EXPLAIN (BUFFERS, ANALYZE) DELETE FROM users', 'delete row users all'],
  ['EXPLAIN (ANALYZE true) UPDATE users SET a = 1', 'update row users all'],
  ['PREPARE p AS DELETE FROM users; EXECUTE p', 'delete row users all'],
  ['MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE', 'delete row t unknown by=join'],
  ['MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE', 'delete row t all'],
  ['MERGE INTO t USING s ON true WHEN MATCHED THEN UPDATE SET a = 1', 'update row t all'],
  ['COPY (DELETE FROM users RETURNING *) TO STDOUT', 'delete row users all'],
  ['CREATE TABLE x AS WITH d AS (DELETE FROM users RETURNING *) SELECT * FROM d', 'delete row users all'],
  // UPDATE
  ['UPDATE users SET seen = true', 'update row users all'],
  ['UPDATE users SET a = 1 WHERE 1 = 1', 'update row users all'],
  ['UPDATE users SET a = o.a FROM others o', 'update row users all'],
  ['UPDATE users SET a = 1 WHERE id = 3', 'update row users'],
  // ALTER
  ['ALTER TABLE users DROP COLUMN age', 'delete column users.age'],
  ['ALTER TABLE users DROP age', 'delete column users.age'],
  [
    'ALTER TABLE IF EXISTS public.users DROP COLUMN IF EXISTS age CASCADE',
    'delete column public.users.age cascade=true',
  ],
  [
    'ALTER TABLE users ADD a int, DROP b, DROP CONSTRAINT c',
    'delete column users.b; delete constraint users.c',
  ],
  ['ALTER TABLE t DETACH PARTITION t_2020', 'update partition t_2020 detached=true'],
  ['ALTER TABLE t DISABLE ROW LEVEL SECURITY', 'update policy t enabled=false'],
  ['ALTER TABLE t ALTER COLUMN a TYPE smallint', 'update column t.a type=changed type=narrowed'],
  ["ALTER SYSTEM SET fsync = 'off'", 'update server-setting fsync'],
  ['ALTER SYSTEM RESET ALL', 'update server-setting all settings'],
  ["ALTER ROLE bob PASSWORD 'secret'", 'update role bob role.password=changed'],
  ['ALTER USER bob NOLOGIN SUPERUSER', 'update role bob role.canlogin=false role.superuser=true'],
  ["ALTER DATABASE app SET work_mem = '1GB'", 'update setting work_mem scope=database:app'],
  ['CREATE ROLE root SUPERUSER', 'grant role root role.superuser=true'],
  // privileges
  ['GRANT ALL ON users TO PUBLIC', 'grant privilege users grantee=public'],
  ['GRANT SELECT ON ALL TABLES IN SCHEMA public TO bob', 'grant privilege public all grantee=bob'],
  ['REVOKE ALL ON users FROM app', 'delete privilege users grantee=app'],
  ['REVOKE admin FROM bob', 'delete membership admin grantee=bob'],
  ['REASSIGN OWNED BY a TO b', 'update owned a all owner=b'],
  ['ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO PUBLIC', 'grant privilege all grantee=public'],
  // programs and files of the server
  ["COPY t FROM PROGRAM 'curl x | sh'", 'execute program curl x | sh'],
  ["COPY t TO PROGRAM 'rm -rf /srv'", 'execute program rm -rf /srv'],
  ["COPY (SELECT 1) TO '/etc/passwd'", 'overwrite file /etc/passwd'],
  ["SELECT lo_export(1, '/etc/cron.d/x')", 'overwrite file /etc/cron.d/x'],
  ["SELECT pg_file_unlink('pg_hba.conf')", 'delete file pg_hba.conf'],
  ['SELECT lo_unlink(16400)', 'delete large-object 16400'],
  ['SELECT lo_unlink(oid) FROM pg_largeobject_metadata', 'delete large-object some'],
  ['SELECT pg_terminate_backend(pid) FROM pg_stat_activity', 'delete connection some'],
  ["SELECT pg_catalog.pg_drop_replication_slot('standby')", 'delete replication-slot standby'],
  ["SELECT dblink_exec('host=db', 'DROP TABLE users')", 'delete table users dblink=true'],
  ["SELECT dblink_exec('DROP TABLE users')", 'delete table users dblink=true'],
  ["SELECT dblink_exec('host=db', 'DROP TABLE ' || t) FROM x", 'unknown statement unknown'],
  [
    "SELECT cron.schedule('nightly', '0 3 * * *', 'DELETE FROM events')",
    'delete row events all scheduled=true',
  ],
  ["SELECT drop_chunks('metrics', interval '1 day')", 'delete partition metrics some'],
  // code
  ['DO $$ BEGIN DELETE FROM users; END $$', 'delete row users all'],
  ["DO 'BEGIN DROP TABLE users; END'", 'delete table users'],
  ["DO $x$ BEGIN EXECUTE 'DROP TABLE users'; END $x$", 'delete table users'],
  ["DO $$ BEGIN EXECUTE 'DROP ' || 'TABLE users'; END $$", 'delete table users'],
  [
    "DO $$ DECLARE r record; BEGIN FOR r IN SELECT tablename FROM pg_tables LOOP EXECUTE format('DROP TABLE %I.%I', r.a, r.b); END LOOP; END $$",
    'delete table ?.?',
  ],
  ["DO $$ BEGIN EXECUTE 'DROP TABLE ' || quote_ident(x); END $$", 'delete table ?'],
  ['DO $$ DECLARE q text; BEGIN q := chr(68); EXECUTE q; END $$', 'unknown statement unknown'],
  ['DO $$ BEGIN IF false THEN NULL; ELSE TRUNCATE a; END IF; END $$', 'delete row a all truncate=true'],
  ['DO $$ BEGIN PERFORM lo_unlink(7); END $$', 'delete large-object 7'],
  ['DO $$ DECLARE x int; BEGIN x := (SELECT lo_unlink(7)); END $$', 'delete large-object 7'],
  ['DO LANGUAGE plpython3u $$ import os $$', 'unknown statement unknown'],
  [
    'CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM users; END $$; SELECT f()',
    'delete row users all',
  ],
  [
    "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'TRUNCATE users'; SELECT f()",
    'delete row users all truncate=true',
  ],
  [
    'CREATE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC DELETE FROM users; END; CALL p()',
    'delete row users all; execute routine p',
  ],
  ['CALL app.purge(30)', 'execute routine app.purge'],
  // what cannot be read
  ['DROP TABL users', 'unknown statement unknown'],
  ['DROP TABLE users\0', 'unknown statement unknown'],
  // transactions and temporary tables that prove nothing
  ['BEGIN; DROP TABLE users; COMMIT', 'delete table users'],
  ['BEGIN; DROP TABLE users; COMMIT; ROLLBACK', 'delete table users'],
  ['DROP TABLE users; BEGIN; ROLLBACK', 'delete table users'],
  ['BEGIN; DROP TABLE a; ROLLBACK; DROP TABLE b', 'delete table b'],
  ['BEGIN; DROP TABLE a; SAVEPOINT s; DROP TABLE b; ROLLBACK TO s; COMMIT', 'delete table a'],
  ["BEGIN; COPY t TO PROGRAM 'rm x'; ROLLBACK", 'execute program rm x'],
  ["BEGIN; DROP TABLE users; PREPARE TRANSACTION 'x'; COMMIT PREPARED 'x'", 'delete table users'],
  ['CREATE TEMP TABLE x (a int); DROP TABLE x; DROP TABLE x', 'delete table x'],
  ['CREATE TEMP TABLE x (a int); DROP TABLE public.x', 'delete table public.x'],
  ['CREATE TEMP TABLE x ON COMMIT DROP AS SELECT 1; DROP TABLE x', 'delete table x'],
  ['BEGIN; CREATE TEMP TABLE x (a int); ROLLBACK; DROP TABLE x', 'delete table x'],
];

const harmless: readonly string[] = [
  '',
  ';',
  '-- DROP TABLE users',
  'SELECT 1 -- DROP TABLE users',
  'SELECT 1 /* DROP TABLE users */',
  "SELECT 'DROP TABLE users'",
  "SELECT 'it''s; DROP TABLE users; --'",
  "SELECT E'a\\'; DROP TABLE users; --'",
  'SELECT $$DROP TABLE users$$',
  'SELECT $a$ $$; DROP TABLE users; $$ $a$',
  'SELECT "delete" FROM "drop"',
  'SELECT * FROM users',
  'SELECT deleted_at, updated_at FROM users',
  'SELECT * FROM users FOR UPDATE',
  'SELECT * FROM truncated',
  'TABLE users',
  'VALUES (1)',
  "INSERT INTO notes VALUES ('DROP TABLE users')",
  'INSERT INTO t SELECT * FROM s ON CONFLICT (id) DO UPDATE SET a = excluded.a',
  'INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING',
  'CREATE TABLE IF NOT EXISTS users (id int, deleted bool)',
  'CREATE TABLE t (id int REFERENCES u ON DELETE CASCADE ON UPDATE CASCADE)',
  'CREATE INDEX CONCURRENTLY i ON users (deleted_at)',
  'CREATE VIEW v AS SELECT 1',
  'CREATE RULE r AS ON INSERT TO t DO INSTEAD DELETE FROM u',
  'CREATE TRIGGER t BEFORE DELETE ON users FOR EACH ROW EXECUTE FUNCTION f()',
  'CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM users; END $$',
  'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.x := 1; RETURN new; END $$; SELECT 1',
  'CREATE ROLE app LOGIN',
  'CREATE DATABASE scratch',
  'ALTER TABLE users ADD COLUMN a int',
  'ALTER TABLE users ALTER a SET DEFAULT 1',
  'ALTER TABLE users RENAME TO users_old',
  'EXPLAIN DELETE FROM users',
  'EXPLAIN (ANALYZE false) DELETE FROM users',
  'EXPLAIN (ANALYZE off, COSTS) UPDATE users SET a = 1',
  'DELETE FROM users WHERE false',
  'DELETE FROM users WHERE 1 = 0',
  'COPY users TO STDOUT',
  'COPY users FROM STDIN',
  "COPY users FROM '/srv/users.csv'",
  "DO $$ BEGIN RAISE NOTICE 'drop table users'; END $$",
  "DO $$ BEGIN CREATE TYPE mood AS ENUM ('ok'); EXCEPTION WHEN duplicate_object THEN NULL; END $$",
  "DO $$ BEGIN EXECUTE format('CREATE TABLE %I (a int)', x); END $$",
  "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN CREATE ROLE app; END IF; END $$",
  'SET search_path TO public',
  'SHOW all',
  'VACUUM ANALYZE users',
  'REFRESH MATERIALIZED VIEW mv',
  'BEGIN; DROP TABLE users; ROLLBACK',
  'begin transaction; delete from users; select count(*) from users; abort',
  'START TRANSACTION; TRUNCATE a; SAVEPOINT s; DROP TABLE b; ROLLBACK TO SAVEPOINT s; ROLLBACK WORK',
  'DROP TABLE pg_temp.scratch',
  'DROP TABLE IF EXISTS pg_temp_3.scratch',
  'CREATE TEMP TABLE x (a int); DELETE FROM x; TRUNCATE x; ALTER TABLE x DROP a; DROP TABLE x',
  'CREATE TEMPORARY TABLE x AS SELECT 1; UPDATE x SET a = 1',
  'SELECT 1 AS a INTO TEMP x; DROP TABLE x',
  'SELECT count(*) FROM pg_stat_activity',
  'WITH a AS (SELECT 1) SELECT * FROM a',
  'FETCH ALL FROM c',
  "COMMENT ON TABLE users IS 'do not drop'",
];

describe('has effects', () => {
  test.each(dangerous)('%s', (sql, expected) => {
    expect(show(read(sql))).toBe(expected);
  });
});

describe('has none that matter', () => {
  test.each(harmless)('%s', sql => {
    const mattering = read(sql).filter(one => !(one.resource === 'sql.row' && one.extent === 'some'));
    expect(show(mattering)).toBe('');
  });
});

test('a plain SELECT does not need the parser', () => {
  expect(read('SELECT * FROM users WHERE id = 1; INSERT INTO a VALUES (1)')).toEqual([]);
});

test('a password never stands in an effect', () => {
  expect(JSON.stringify(read("ALTER ROLE bob PASSWORD 'hunter2'"))).not.toContain('hunter2');
});

test('a hundred thousand parentheses are not understood, and nothing breaks', () => {
  expect(show(read(`DELETE FROM a WHERE ${'('.repeat(100_000)}`))).toBe('unknown statement unknown');
  expect(show(read(`SELECT 1 ${'x'.repeat(1_000_001)}; DROP TABLE a`))).toBe('unknown statement unknown');
  expect(show(read('DROP TABLE a'))).toBe('delete table a');
});
