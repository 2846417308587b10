/** SQL that is read in pieces with what cannot matter left out comes to the same as SQL that is read whole, in each dialect. */

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { inspect } from '../../src/effects/inspect.js';
import { Condenser } from '../../src/invocation/sql/condense.js';
import type { DialectName } from '../../src/invocation/sql/dialect.js';
import { understand } from '../../src/invocation/unwrap.js';
import { NotLoaded } from '../../src/lazy.js';
import type { World } from '../../src/port.js';
import { certain } from '../../src/shell/command.js';
import { inPieces } from '../support/pieces.js';
import { fakeWorld } from '../support/world.js';

/** What a client would do with `sql` on its standard input, each effect once; `size`: of the chunks, or read whole. */
async function effects(client: string, sql: string, size?: number): Promise<readonly string[]> {
  const whole = fakeWorld({ stdin: sql });
  const world: World =
    size === undefined
      ? whole
      : { ...whole, through: (_path, _name, start) => ({ value: inPieces(start(), sql, size) }) };
  const command = {
    words: client.split(' ').map(certain),
    assignments: [],
    exported: [],
    redirects: [],
    input: { from: 'inherited' as const },
    directory: certain('/work'),
  };
  for (;;) {
    try {
      const found = understand(command, world).flatMap(one => inspect(one, world));
      return [...new Set(found.map(({ note: _, words: __, ...one }) => JSON.stringify(one)))].sort();
    } catch (fault) {
      if (!(fault instanceof NotLoaded)) throw fault;
      await fault.library.load();
    }
  }
}

function condensed(sql: string, dialect: DialectName, size = sql.length): string {
  return inPieces(new Condenser(dialect), sql, Math.max(size, 1)).text;
}

const CLIENTS: Readonly<Record<string, string>> = {
  postgres: 'psql -X',
  mysql: 'mysql app',
  sqlite: 'sqlite3 app.db',
  mssql: 'sqlcmd',
  clickhouse: 'clickhouse-client',
  generic: 'trino',
};

const SHARED = [
  'SELECT 1;',
  "SELECT 'DROP TABLE a; --';",
  "INSERT INTO t VALUES (1, 'a;b'), (2, NULL), (-3.5, 'x''y');",
  "INSERT INTO t (a, b) VALUES (1, 'DELETE FROM t'), (now(), 'b');\n",
  "INSERT INTO t VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET a = 2;",
  "UPDATE t SET a = 'x' WHERE id = 5;",
  "UPDATE t SET a = 'y' WHERE id = 6;",
  'UPDATE t SET a = 1 WHERE 1 = 1;',
  'UPDATE t SET a = 1 WHERE 1 = 2;',
  'UPDATE t SET a = 1;',
  'DELETE FROM t WHERE id = 7;',
  'DELETE FROM t WHERE id > 0;',
  'DELETE FROM t;',
  'DROP TABLE t;',
  'drop table if exists "T", u cascade;',
  'TRUNCATE t;',
  'ALTER TABLE t DROP COLUMN c;',
  'BEGIN;',
  'COMMIT;',
  'ROLLBACK;',
  'CREATE TEMPORARY TABLE t (id int);',
  'CREATE TABLE a (id int REFERENCES b ON DELETE CASCADE);',
  '-- DROP TABLE x;\n',
  '/* DROP TABLE x; */',
  '/* open \n * */ SELECT 2;',
  'SELECT a FROM t FOR UPDATE;',
  'WITH x AS (DELETE FROM t WHERE id = 3 RETURNING 1) SELECT * FROM x;',
  'GRANT ALL ON t TO public;',
  'SET x = 1;',
  ';',
  'SELECT',
  '(',
  ')',
  "'",
  '"',
  '`',
  '[',
  "SELECT 'it''s' -- '\n;",
  "SELECT 'ü', ü FROM \u00a0t;",
  '\n',
];
const OWN: Readonly<Record<string, readonly string[]>> = {
  postgres: [
    "SELECT E'\\'; DROP TABLE x; --';",
    'SELECT $$ ; DROP TABLE x; $$;',
    'SELECT $a$ ; $b$ DROP TABLE x; $a$;',
    "DO $$ BEGIN EXECUTE 'DROP TABLE t'; END $$;",
    'COPY t FROM stdin;\n1\tDROP TABLE x;\n\\N\ta\\.b\n\\.\n',
    'COPY t (a) FROM STDIN;\n\\.\n',
    "COPY t TO '/tmp/x';",
    "COPY t FROM PROGRAM 'rm -rf /';",
    '/* a /* nested; */ DROP TABLE x; */ SELECT 1;',
    "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DELETE FROM t';\n",
    'CREATE FUNCTION app."G"(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN DELETE FROM u; RETURN 1; END $$;\n',
    'SELECT f();',
    'SELECT app."G"(1);',
    'CREATE PROCEDURE p() BEGIN ATOMIC SELECT 1; DELETE FROM u; END;\n',
    'CALL p();',
    "SELECT dblink('DROP TABLE x');",
    'SELECT "lo_unlink"(3);',
    "SELECT 'DROP TABLE ' || quote_ident(n) FROM pg_tables \\gexec\n",
    '\\set t users\n',
    'DROP TABLE :t;',
    'SELECT :t;',
    '\\! rm -rf x\n',
    '\\i other.sql\n',
    '\\g\n',
    "\\echo 'a\n",
    'SELECT 1 \\; DROP TABLE u;',
    '\\copy t from stdin\n1;DROP TABLE x;\n\\.\n',
    "SET standard_conforming_strings = off;\nSELECT '\\'; SELECT 1; -- ';\n",
    'SET standard_conforming_strings = on;\n',
    'SAVEPOINT s;',
    'ROLLBACK TO s;',
    'CREATE ROLE r SUPERUSER;',
    "SELECT e'a''\\' ; DROP TABLE x';",
    'SELECT a::int, x[1:2], 1 AS "DROP";',
    '\\q\n',
  ],
  mysql: [
    "SELECT 'a\\'; DROP TABLE x; --';",
    'SELECT "DROP TABLE x;";',
    'SELECT `DROP TABLE x;`;',
    '# DROP TABLE x;\n',
    'SELECT 1--1;',
    '/*!50000 DROP TABLE v */;',
    '/*!40101 SET NAMES utf8mb4 */;\n',
    'DELIMITER //\nCREATE PROCEDURE p() BEGIN DELETE FROM t; END //\nDELIMITER ;\n',
    'DELIMITER $$\n',
    'DELIMITER ;\n',
    'DROP TABLE v $$\n',
    'system rm -rf x\n',
    '\nsource other.sql\n',
    "SELECT * FROM t INTO OUTFILE '/tmp/x';",
    'REPLACE INTO t VALUES (1);',
    'INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE a = 2;',
    'SET GLOBAL x = 1;',
    'DELETE a FROM a JOIN b ON a.id = b.id;',
    'INSERT INTO t VALUES (_binary 0x00, 1e5);',
    'DROP TABLE w\\G\n',
  ],
  sqlite: [
    'CREATE TRIGGER tr AFTER INSERT ON t BEGIN DELETE FROM u; SELECT 1; END;',
    '\n.shell rm -rf x\n',
    '\n.read other.sql\n',
    'PRAGMA writable_schema = 1;',
    "ATTACH 'b.db' AS b;",
    "SELECT writefile('x', 1);",
    'SELECT [DROP TABLE x;];',
    'INSERT OR REPLACE INTO t VALUES (1);',
  ],
  mssql: [
    'DROP TABLE v\nGO\n',
    'SELECT 1\nGO 5\n',
    "EXEC('DROP TABLE x')\nGO\n",
    "EXEC xp_cmdshell 'rm';",
    'SELECT [a;DROP TABLE x];',
    'CREATE TABLE #t (a int);DROP TABLE #t;',
  ],
  clickhouse: [
    'ALTER TABLE t DELETE WHERE 1;',
    "SELECT 'a\\'; DROP TABLE x;';",
    'SYSTEM SHUTDOWN;',
    'DETACH TABLE t PERMANENTLY;',
  ],
  generic: ['INSERT OVERWRITE TABLE t SELECT 1;', 'CREATE OR REPLACE TABLE t (a int);'],
};

/** What may stand where a dump has its values. */
const VALUES = [
  ...[
    '1',
    '23',
    '-4',
    '1.5',
    '1e5',
    '12abc',
    '0x1F',
    '.5',
    '1delete',
    'NULL',
    'null',
    'TRUE',
    'nullx',
    'DEFAULT',
  ],
  ...[
    "'a'",
    "''",
    "'it''s'",
    "'a\\'",
    "'a\\', b'",
    "'; DROP TABLE x; --'",
    '"b"',
    "E'a\\'; DROP TABLE x; --'",
    "'ü'",
  ],
  ...[
    "'a\nGO\n.shell x\n'",
    'now()',
    ':v',
    ":'v'",
    '$$a$$',
    '- 5',
    '1 -- x\n',
    '(SELECT 1)',
    "'a' 'b'",
    '1, 2',
    "n'x'",
  ],
];
const TEMPLATES = [
  'INSERT INTO t VALUES (?, ?);',
  'INSERT INTO t (a) VALUES (?) ON CONFLICT DO NOTHING;',
  "INSERT INTO t VALUES ('a', ?), (?, NULL);",
  'REPLACE INTO t VALUES (?);',
  'UPDATE t SET a = ? WHERE id = ?;',
  'UPDATE t SET a = 1 WHERE ? = ?;',
  'DELETE FROM t WHERE id = ?;',
  'DELETE FROM t WHERE id > ?;',
  'SELECT ?;',
];

beforeAll(async () => {
  for (const client of Object.values(CLIENTS)) await effects(client, 'DELETE FROM t WHERE a = 2;');
});

describe.each(Object.keys(CLIENTS))('%s', dialect => {
  const piece = fc.constantFrom(...SHARED, ...(OWN[dialect] ?? []));
  const script = fc
    .array(fc.tuple(piece, fc.constantFrom('', ' ', '\n')), { minLength: 1, maxLength: 10 })
    .map(parts => parts.flat().join(''));

  test('comes to the same', async () => {
    const client = CLIENTS[dialect]!;
    await fc.assert(
      fc.asyncProperty(script, fc.integer({ min: 1, max: 200 }), async (sql, size) => {
        expect(await effects(client, sql, size), sql).toEqual(await effects(client, sql));
      }),
      { numRuns: Number(process.env['RUNS'] ?? 150) },
    );
  });
});

describe.each(Object.keys(CLIENTS))('repeats, %s', dialect => {
  const value = fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom("'a'", '7') },
    { weight: 1, arbitrary: fc.constantFrom(...VALUES) },
  );
  const repeated = fc
    .tuple(
      fc.constantFrom(...TEMPLATES),
      fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 8 }),
      fc.constantFrom('', '\n'),
    )
    .map(([template, rows, end]) =>
      rows
        .map(([first, second]) => template.replace('?', () => first).replace('?', () => second) + end)
        .join(''),
    );
  const other = fc.constantFrom(...SHARED, ...(OWN[dialect] ?? []));
  const script = fc
    .array(fc.oneof({ weight: 2, arbitrary: repeated }, { weight: 1, arbitrary: other }), {
      minLength: 1,
      maxLength: 6,
    })
    .map(parts => parts.join(''));

  test('come to the same', async () => {
    const client = CLIENTS[dialect]!;
    await fc.assert(
      fc.asyncProperty(script, fc.integer({ min: 300, max: 3_000 }), async (sql, size) => {
        expect(await effects(client, sql, size), sql).toEqual(await effects(client, sql));
      }),
      { numRuns: Number(process.env['RUNS'] ?? 60) },
    );
  });
});

describe('is left out', () => {
  test.each<[DialectName, string, string]>([
    ['postgres', "INSERT INTO t VALUES (1, 'DROP TABLE x;');\nSELECT 1;", ''],
    ['postgres', 'INSERT INTO t (temp) VALUES (1) ON CONFLICT DO NOTHING;', ''],
    ['postgres', 'INSERT INTO t VALUES (1) ON CONFLICT (id) DO UPDATE SET a = 1;', ''],
    ['postgres', 'SELECT * FROM t FOR UPDATE;', ''],
    ['postgres', 'SELECT \'delete\', "a" /* drop */ FROM t; -- truncate\n', ''],
    ['postgres', 'COPY t FROM stdin;\n1\tDROP\n\\.\nSELECT 1;', 'COPY t FROM stdin;\n\\.\n'],
    [
      'postgres',
      "UPDATE t SET a = 'x' WHERE id = 1; UPDATE t SET a = 'y' WHERE id = 2;",
      "UPDATE t SET a = 'x' WHERE id = 1;",
    ],
    ['postgres', 'UPDATE t SET a = 1 WHERE 1 = 2;UPDATE t SET a = 1 WHERE 1 = 1;', undefined as never],
    ['postgres', 'BEGIN;SELECT 1;COMMIT;BEGIN;SELECT 2;COMMIT;', 'BEGIN;COMMIT;'],
    ['mysql', "INSERT INTO t VALUES (1,'a\\'; DROP TABLE x;'),(2,\"b\");", ''],
    ['mysql', 'INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE a = 2;', ''],
    ['mssql', 'INSERT INTO t VALUES (1)\nGO\nDROP TABLE a\nGO\n', ';DROP TABLE a\nGO\n'],
    [
      'sqlite',
      'INSERT OR REPLACE INTO t VALUES (1);INSERT OR REPLACE INTO t VALUES (2);',
      'INSERT OR REPLACE INTO t VALUES (1);',
    ],
  ])('%s: %s', (dialect, sql, text) => {
    for (const size of [1, 7, sql.length]) expect(condensed(sql, dialect, size)).toBe(text ?? sql);
  });
});

test('of a statement with many rows one is left, and what stands behind them', () => {
  const rows = Array.from({ length: 50_000 }, (_, i) => `(${i}, 'name ${i}')`).join(', ');
  const sql = `INSERT INTO t SELECT 1; WITH x AS (DELETE FROM u) INSERT INTO t VALUES (1); INSERT INTO t VALUES ${rows} RETURNING lo_unlink(1);`;
  const text = condensed(sql, 'postgres', 1000);
  expect(text).toContain("VALUES (0, 'name 0') RETURNING lo_unlink(1);");
  expect(text.length).toBeLessThan(200);
});

test('one statement that matters and is too long is not understood', () => {
  const condenser = new Condenser('postgres');
  condenser.take(new TextEncoder().encode(`DELETE FROM t WHERE a IN (${'1 + 1, '.repeat(200_000)}1);`));
  expect(condenser.end()).toMatchObject({ complete: false });
});

test('of 50 MB, what can matter is left', () => {
  const condenser = new Condenser('postgres');
  const line = (i: number) => `INSERT INTO public.users VALUES (${i}, 'a ''name''; DROP TABLE x', NULL);\n`;
  const chunk = new TextEncoder().encode(Array.from({ length: 15_000 }, (_, i) => line(i)).join(''));
  for (let size = 0; size < 50e6; size += chunk.length) condenser.take(chunk);
  condenser.take(new TextEncoder().encode('DROP TABLE users;'));
  expect(condenser.end()).toEqual({ text: '\nDROP TABLE users;', complete: true });
});
