/** psql command lines → SQL effects: every way in which SQL reaches a server through psql, and what only looks like it. */

import { beforeAll, describe, expect, test } from 'vitest';
import type { Effect } from '../../src/effects/effect.js';
import { sql } from '../../src/effects/inspectors/sql.js';
import { sqlTools } from '../../src/effects/inspectors/sql-tools.js';
import { understandScript } from '../../src/invocation/unwrap.js';
import { NotLoaded } from '../../src/lazy.js';
import { fakeWorld } from '../support/world.js';

const files: Readonly<Record<string, string>> = {
  '/work/app/select.sql': 'SELECT 1;\n',
  '/work/app/drop.sql': 'SELECT 1;\nDROP TABLE users;\n',
  '/work/app/var.sql': 'DROP TABLE :name;\n',
  '/work/app/quoted.sql': `SELECT :'name', :"name";\n`,
  '/work/app/outer.sql': '\\i drop.sql\n',
  '/work/app/sub/relative.sql': '\\ir inner.sql\n',
  '/work/app/sub/inner.sql': 'TRUNCATE logs;\n',
  '/work/app/loop.sql': '\\i loop.sql\n',
  '/work/app/dump.sql': "COPY t (a) FROM stdin;\nDROP TABLE users;\n\\.\nSELECT 'done';\n",
  '/work/app/dump2.sql': 'COPY t (a) FROM stdin;\nx\n\\.\nDROP TABLE users;\n',
  '/work/app/late.sql': 'SELECT 1;\n\\q\nDROP TABLE users;\n',
  '/work/app/migrate.sql': 'BEGIN;\nCREATE TABLE t (a int);\nCOMMIT;\n',
  '/work/app/test.sql': 'BEGIN;\nDROP TABLE users;\nSELECT 1;\nROLLBACK;\n',
  '/work/app/branch.sql': 'BEGIN;\nDROP TABLE users;\n\\if :x\nROLLBACK;\n\\endif\nCOMMIT;\n',
  '/work/app/dump.custom': 'PGDMP\u0001 DROP TABLE users;',
  '/home/me/.pg_service.conf': '[prod]\nhost=db.example.com\n',
  '/home/wiper/.psqlrc': 'DROP TABLE users;\n',
  '/home/quiet/.psqlrc': '\\timing\n\\set x 1\n',
  '/work/app/rc': 'TRUNCATE users;\n',
};

interface Around {
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

function effectsOf(command: string, around: Around = {}): readonly Effect[] {
  const world = fakeWorld({ files, ...around });
  return understandScript(command, world).flatMap(invocation => [
    ...(invocation.tool === 'psql' ? sql.inspect(invocation, world) : []),
    ...(invocation.tool in sqlTools.watches ? sqlTools.inspect(invocation, world) : []),
    ...(/^(psql|dropdb|dropuser|pg_restore|cat)$/.test(invocation.tool)
      ? []
      : [{ ...shell, target: invocation.argv.map(word => word.text).join(' ') }]),
  ]);
}

const shell: Effect = {
  action: 'execute',
  resource: 'shell',
  target: '',
  host: '',
  extent: 'one',
  with: [],
  words: [],
};

function show(effects: readonly Effect[]): string {
  return effects
    .map(({ action, resource, target, host, extent }) =>
      [action, resource.replace('sql.', ''), target, extent === 'one' ? '' : extent, host && `@${host}`]
        .filter(part => part !== '')
        .join(' '),
    )
    .join('; ');
}

async function load(read: () => unknown): Promise<void> {
  for (;;) {
    try {
      read();
      return;
    } catch (fault) {
      if (!(fault instanceof NotLoaded)) throw fault;
      await fault.library.load();
    }
  }
}

beforeAll(() => load(() => effectsOf("psql -c 'DROP TABLE a'")));

const rows: readonly (readonly [command: string, effects: string, around?: Around])[] = [
  // -c in every spelling
  ["psql -c 'DROP TABLE users'", 'delete table users'],
  ["psql -c'DROP TABLE users'", 'delete table users'],
  ["psql -Atqc 'DROP TABLE users'", 'delete table users'],
  ["psql -XAtqc'DROP TABLE users' app", 'delete table users'],
  ["psql --command='DROP TABLE users'", 'delete table users'],
  ["psql --command 'DROP TABLE users'", 'delete table users'],
  ["psql --comm 'DROP TABLE users'", 'delete table users'],
  ["psql app me -c 'DROP TABLE users'", 'delete table users'],
  ["psql -c 'SELECT 1' -c 'DROP TABLE users'", 'delete table users'],
  ["psql -c 'BEGIN' -c 'DROP TABLE users' -c 'ROLLBACK'", ''],
  ["psql -c 'BEGIN' -c 'DROP TABLE users' -c 'COMMIT'", 'delete table users'],
  ["psql -c 'BEGIN' -c 'DROP TABLE users' -c '\\c other' -c 'ROLLBACK'", 'delete table users'],
  ["psql -c 'SELECT 1; \\d users; DROP TABLE x'", 'unknown statement unknown'],
  ["psql -c 'SELECT 1 -- DROP TABLE users'", ''],
  ["psql -c 'SELECT 1'", ''],
  ['psql -c "SELECT \'DROP TABLE users\'"', ''],
  ['psql -c "select * from users where id = $ID"', 'unknown value unknown'],
  ['psql -c "$SQL"', 'unknown statement unknown'],
  ['psql -c "DELETE FROM users WHERE id = $ID"', 'unknown statement unknown'],
  ["psql -v t=users -c 'DROP TABLE :t'", 'unknown statement unknown'], // not replaced in -c
  // what only shows
  ['psql -l', ''],
  ['psql --help=commands', ''],
  ['psql --version', ''],
  ['psql', ''],
  ['psql -h db app', ''],
  ["psql -c '\\dt'", ''],
  ["psql -c '\\d+ users' -c '\\l' -c '\\du' -c '\\conninfo' -c '\\x' -c '\\timing on'", ''],
  // files
  ['psql -f drop.sql', 'delete table users'],
  ['psql -qf drop.sql', 'delete table users'],
  ['psql --file=./drop.sql', 'delete table users'],
  ['psql -f /work/app/drop.sql', 'delete table users'],
  ['cd sub && psql -f ../drop.sql', 'execute shell cd sub; delete table users'],
  ['psql -f select.sql', ''],
  ['psql -f select.sql -c "DROP TABLE a"', 'delete table a'],
  ['psql -f missing.sql', 'unknown statement unknown'],
  ['psql -f "$FILE"', 'unknown statement unknown'],
  ['psql -f outer.sql', 'delete table users'],
  ['psql -f sub/relative.sql', 'delete row logs all'],
  ['psql -f loop.sql', 'unknown statement unknown'],
  ['psql -f dump.sql', ''],
  ['psql -f dump2.sql', 'delete table users'],
  ['psql -f late.sql', ''],
  ['psql -f migrate.sql', ''],
  ['psql -f test.sql', ''],
  ['psql -f branch.sql', 'delete table users'],
  ['psql -f dump.custom', ''],
  ["psql -c '\\i drop.sql'", 'delete table users'],
  ["psql -c '\\include drop.sql'", 'delete table users'],
  // variables
  ['psql -v name=users -f var.sql', 'delete table users'],
  ['psql --set=name=users -f var.sql', 'delete table users'],
  ['psql --variable name=users -f var.sql', 'delete table users'],
  ['psql -v "q=$Q" <<< \':q;\'', 'unknown statement unknown'],
  ['psql -f var.sql', 'unknown statement unknown'],
  ['psql -v "name=$NAME" -f var.sql', 'unknown statement unknown'],
  ["psql -v name='x; DROP TABLE users' -f quoted.sql", ''],
  ["psql -v name='DROP TABLE users' <<< ':name;'", 'delete table users'],
  ["psql <<'E'\n\\set t users\nDROP TABLE :t;\nE", 'delete table users'],
  ["psql <<'E'\n\\set q 'DROP' ' TABLE a'\n:q;\nE", 'delete table a'],
  ["psql <<'E'\nSELECT 'users' AS t \\gset\nDROP TABLE :t;\nE", 'unknown statement unknown'],
  [
    "psql <<'E'\nSELECT max(id) AS m FROM t \\gset\nSELECT * FROM t WHERE id = :m;\nE",
    'unknown value unknown',
  ],
  ["psql <<'E'\nSELECT a[1:2], b::int, '12:30:00' FROM t;\nE", ''],
  // standard input
  ['psql < drop.sql', 'delete table users'],
  ['psql -f - < drop.sql', 'delete table users'],
  ['psql -f /dev/stdin < drop.sql', 'delete table users'],
  ["echo 'DROP TABLE users' | psql app", 'execute shell echo DROP TABLE users; delete table users'],
  ['cat drop.sql | psql', 'delete table users'],
  ["psql <<< 'DROP TABLE users'", 'delete table users'],
  ["psql <<'SQL'\nDROP TABLE users;\nSQL", 'delete table users'],
  ['psql', 'delete table users', { stdin: 'DROP TABLE users;' }],
  ["psql -c 'SELECT 1' < drop.sql", ''], // -c leaves standard input alone
  // the scanner
  ["psql <<'E'\nSELECT 'a;\nDROP TABLE users;\nb';\nE", ''],
  ["psql <<'E'\nSELECT $x$;\nDROP TABLE users;\n$x$;\nE", ''],
  ["psql <<'E'\n/* ;\nDROP TABLE users; /* */\n*/\nSELECT 1;\nE", ''],
  ["psql <<'E'\nSELECT 1 \\; DROP TABLE users;\nE", 'delete table users'],
  ["psql <<'E'\nDROP TABLE users \\r\nSELECT 1;\nE", ''],
  ["psql <<'E'\nDROP TABLE users \\g\nE", 'delete table users'],
  ["psql <<'E'\n\\x \\\\ DROP TABLE users;\nE", 'delete table users'],
  ["psql <<'E'\nDROP TABLE users \\gdesc\nE", 'delete table users'], // still in the buffer at the end
  ["psql <<'E'\nSELECT E'\\'; DROP TABLE users; --';\nE", ''],
  ["psql <<'E'\nSELECT '\\'; DROP TABLE users; --';\nE", 'delete table users'],
  ["psql <<'E'\nSELEC 1;\nDROP TABLE users;\nE", 'delete table users'], // psql goes on after an error
  ["psql <<'E'\nCREATE PROCEDURE p() BEGIN ATOMIC SELECT 1; DELETE FROM t; END;\nE", ''],
  // meta-commands
  ["psql -c '\\! rm -rf /srv'", 'execute shell rm -rf /srv'],
  ["psql <<'E'\n\\! rm -rf a\nE", 'execute shell rm -rf a'],
  ["psql <<'E'\n\\set x `rm -rf b`\nE", 'execute shell rm -rf b'],
  ["psql <<'E'\nSELECT 1 \\g | tee out\nE", 'execute shell tee out'],
  ["psql <<'E'\n\\o |tee c\nE", 'execute shell tee c'],
  ["psql -o '|tee x' -c 'SELECT 1'", 'execute shell tee x'],
  ['psql -c "\\copy t from program \'curl x\'"', 'execute shell curl x'],
  ['psql -c "\\copy t to program \'rm y\'"', 'execute shell rm y'],
  ['psql -c "\\copy t to \'out.csv\' csv header"', 'overwrite output out.csv'],
  [
    'psql -c "\\copy (delete from t returning *) to \'out.csv\'"',
    'delete row t all; overwrite output out.csv',
  ],
  ['psql -c "\\copy (select * from t where a like \'% to %\') to stdout csv"', ''],
  ['psql -c "\\copy t from \'in.csv\' csv"', ''],
  ["psql <<'E'\n\\copy t from stdin\nDROP TABLE users;\n\\.\nSELECT 1;\nE", ''],
  ["psql -c '\\lo_unlink 42'", 'delete large-object 42'],
  ["psql <<'E'\nSELECT format('DROP TABLE %I', x) FROM t \\gexec\nE", 'delete table ?'],
  ["psql <<'E'\nSELECT x FROM t \\gexec\nE", 'unknown statement unknown'],
  [
    "echo \"SELECT 'CREATE DATABASE app' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'app')\\gexec\" | psql",
    "execute shell echo SELECT 'CREATE DATABASE app' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'app')\\gexec",
  ],
  ["psql -c '\\unheard'", 'unknown statement unknown'],
  ["psql <<'E'\n\\restrict abc\nSELECT 1;\n\\unrestrict abc\nE", ''],
  ["psql -h a <<'E'\n\\c app - b.example.com\nDROP TABLE users;\nE", 'delete table users @b.example.com'],
  // start-up files
  ["psql -c 'SELECT 1'", 'delete table users', { home: '/home/wiper' }],
  ["psql -X -c 'SELECT 1'", '', { home: '/home/wiper' }],
  ["psql --no-psqlrc -c 'SELECT 1'", '', { home: '/home/wiper' }],
  ['psql -l', '', { home: '/home/wiper' }],
  ["psql -c 'SELECT 1'", '', { home: '/home/quiet' }],
  ["PSQLRC=rc psql -c 'SELECT 1'", 'delete row users all'],
  // where
  ["psql -h DB.example.com -c 'DROP TABLE a'", 'delete table a @db.example.com'],
  ["psql -hlocalhost -c 'DROP TABLE a'", 'delete table a @localhost'],
  ["psql -h /tmp -c 'DROP TABLE a'", 'delete table a'],
  [
    "psql 'postgres://me:pw@db.example.com:5432/app?sslmode=require' -c 'DROP TABLE a'",
    'delete table a @db.example.com',
  ],
  ["psql -d 'host=db.example.com dbname=app' -c 'DROP TABLE a'", 'delete table a @db.example.com'],
  ["psql -h x 'host=y dbname=app' -c 'DROP TABLE a'", 'delete table a @y'],
  ["PGHOST=db psql -c 'DROP TABLE a'", 'delete table a @db'],
  ["psql -c 'DROP TABLE a'", 'delete table a @db', { env: { PGHOST: 'db' } }],
  ["psql service=prod -c 'DROP TABLE a'", 'delete table a @db.example.com'],
  ['psql "$DATABASE_URL" -c \'DROP TABLE a\'', 'delete table a @?'],
  ['psql $DATABASE_URL -c "SELECT 1"', ''],
  ["psql -h a,b -c 'DROP TABLE t'", 'delete table t @a; delete table t @b'],
  // beside psql
  ['dropdb app', 'delete database app'],
  ['dropdb -f --if-exists app', 'delete database app'],
  ['dropdb -h db.example.com app', 'delete database app @db.example.com'],
  ['dropdb -i app', ''],
  ['echo y | dropdb -i app', 'execute shell echo y; delete database app'],
  ['dropdb --help', ''],
  ['dropdb', ''],
  ['dropuser bob', 'delete role bob'],
  ['pg_restore --clean -d app dump', 'overwrite database app some'],
  ['pg_restore -cC --if-exists -d app dump', 'overwrite database app some'],
  ['pg_restore -d app dump', ''],
  ['pg_restore -c -f out.sql dump', ''],
  ['pg_restore -l dump', ''],
];

describe('what psql and its kin would do', () => {
  const cases = rows.map(([command, expected, around]) => ({ command, expected, around }));
  test.each(cases)('$command', async ({ command, expected, around }) => {
    await load(() => effectsOf(command, around));
    expect(show(effectsOf(command, around))).toBe(expected);
  });
});

test('the preview names what would go', () => {
  const world = fakeWorld();
  const [invocation] = understandScript("psql -h db -c 'DROP TABLE users CASCADE; DELETE FROM a'", world);
  const sentences = sql
    .inspect(invocation!, world)
    .flatMap(one => sql.preview?.(one, invocation!, world) ?? []);
  expect(sentences).toEqual([
    'The table users on db would be dropped.',
    'CASCADE takes along everything that depends on it.',
    'Every row of table a on db would be deleted.',
  ]);
});
