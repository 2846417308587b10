/** psql's grammar and input language, held against the real psql and a real server. */

import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../src/effects/inspectors/sql.js';
import type { Grammar } from '../../src/invocation/grammar.js';
import { dropdb, dropuser } from '../../src/invocation/grammars/dropdb.js';
import { pgRestore } from '../../src/invocation/grammars/pg-restore.js';
import { psql } from '../../src/invocation/grammars/psql.js';
import { optionsOf } from '../../src/invocation/notation.js';
import { understand } from '../../src/invocation/unwrap.js';
import { NotLoaded } from '../../src/lazy.js';
import { certain } from '../../src/shell/command.js';
import { type Postgres, startPostgres } from '../support/postgres.js';
import { scratchDirectory } from '../support/scratch.js';
import { fakeWorld } from '../support/world.js';

let server: Postgres;
let folder: string;

beforeAll(async () => {
  folder = scratchDirectory();
  server = await startPostgres();
});

afterAll(() => server?.stop());

function runPsql(args: readonly string[], input?: string) {
  return spawnSync(join(server.bin, 'psql'), [...args], {
    cwd: folder,
    env: { PATH: '/usr/bin:/bin', HOME: folder, ...server.env },
    input: input ?? '',
    encoding: 'utf8',
  });
}

describe('option tables', () => {
  const tools: readonly Grammar[] = [psql, dropdb, dropuser, pgRestore];
  test.each(tools.map(grammar => [grammar.tool, grammar] as const))('%s --help', (tool, grammar) => {
    const help = execFileSync(join(server.bin, tool), ['--help'], { encoding: 'utf8' });
    const known = optionsOf(grammar.options ?? '');
    for (const line of help.split('\n')) {
      const row = /^\s+(-\S.*?)(?:\s{2,}|$)/.exec(line)?.[1];
      if (row === undefined) continue;
      const takesValue = /=|\s[A-Z]+$/.test(row.replace('[=options]', ''));
      for (const [spelling] of row.matchAll(/(?<![\w-])--?[\w?][\w-]*/g)) {
        if (spelling === '--help') continue;
        expect([spelling, known.get(spelling)?.arity]).toEqual([
          spelling,
          takesValue ? 'required' : spelling === '-?' && tool === 'psql' ? 'optional' : 'none',
        ]);
      }
    }
  });
});

/** A psql run; `lost` is what must be true of table `users` afterwards: dropped, emptied, or untouched. */
interface Case {
  readonly args?: readonly string[];
  readonly input?: string;
  readonly file?: string;
  readonly lost: boolean;
}

const cases: Readonly<Record<string, Case>> = {
  'bundled -Atqc': { args: ['-Atqc', 'DROP TABLE users'], lost: true },
  'abbreviated --comm': { args: ['--comm', 'DROP TABLE users'], lost: true },
  'a second -c': { args: ['-c', 'SELECT 1', '-c', 'DROP TABLE users'], lost: true },
  'operands before options': { args: ['postgres', 'tester', '-c', 'DROP TABLE users'], lost: true },
  '-c does not read standard input': { args: ['-c', 'SELECT 1'], input: 'DROP TABLE users;', lost: false },
  '-c with a backslash inside is refused whole': { args: ['-c', 'SELECT 1 \\d'], lost: false },
  '-c takes one backslash command': { args: ['-c', '\\echo a \\\\ DROP TABLE users;'], lost: false },
  '-c does not replace variables': { args: ['-v', 't=users', '-c', 'SELECT 1 AS "DROP"; '], lost: false },
  'no semicolon at the end': { input: 'DROP TABLE users', lost: true },
  'EXPLAIN ANALYZE DELETE': { input: 'EXPLAIN ANALYZE DELETE FROM users;', lost: true },
  'EXPLAIN DELETE': { input: 'EXPLAIN DELETE FROM users;', lost: false },
  'EXPLAIN (ANALYZE off)': { input: 'EXPLAIN (ANALYZE off) DELETE FROM users;', lost: false },
  'a CTE': { input: 'WITH x AS (DELETE FROM users RETURNING *) SELECT count(*) FROM x;', lost: true },
  'PREPARE and EXECUTE': { input: 'PREPARE p AS DELETE FROM users; EXECUTE p;', lost: true },
  MERGE: { input: 'MERGE INTO users u USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE;', lost: true },
  ROLLBACK: { input: 'BEGIN;\nDROP TABLE users;\nROLLBACK;', lost: false },
  'ROLLBACK in one -c': { args: ['-c', 'BEGIN; DROP TABLE users; ROLLBACK'], lost: false },
  'ROLLBACK in a third -c': {
    args: ['-c', 'BEGIN', '-c', 'DROP TABLE users', '-c', 'ROLLBACK'],
    lost: false,
  },
  'an error, then ROLLBACK': { input: 'BEGIN;\nSELECT 1/0;\nDROP TABLE users;\nROLLBACK;', lost: false },
  'COMMIT between': { input: 'BEGIN;\nDROP TABLE users;\nCOMMIT;\nROLLBACK;', lost: true },
  'ROLLBACK TO': { input: 'BEGIN; SAVEPOINT s; DROP TABLE users; ROLLBACK TO s; COMMIT;', lost: false },
  'savepoint after': { input: 'BEGIN; DROP TABLE users; SAVEPOINT s; ROLLBACK TO s; COMMIT;', lost: true },
  'ROLLBACK AND CHAIN': {
    input: 'BEGIN; SELECT 1; ROLLBACK AND CHAIN; DROP TABLE users; ROLLBACK;',
    lost: false,
  },
  'a new connection ends the transaction': { input: 'BEGIN;\n\\c\nDROP TABLE users;\nROLLBACK;', lost: true },
  'ROLLBACK in a branch': {
    input: 'BEGIN;\nDROP TABLE users;\n\\if 0\nROLLBACK;\n\\endif\nCOMMIT;',
    lost: true,
  },
  'COPY data': {
    input: 'CREATE TABLE n (a text);\nCOPY n FROM stdin;\nDROP TABLE users;\n\\.\nSELECT 1;',
    lost: false,
  },
  'after COPY data': {
    input: 'CREATE TABLE n (a text);\nCOPY n FROM stdin;\nx\n\\.\nDROP TABLE users;',
    lost: true,
  },
  'rest of the line of COPY': {
    input: 'CREATE TABLE n (a text);\nCOPY n FROM stdin; DROP TABLE users;\nx\n\\.\n',
    lost: true,
  },
  '\\copy data': {
    input: 'CREATE TABLE n (a text);\n\\copy n from stdin\nDROP TABLE users;\n\\.\n',
    lost: false,
  },
  '\\copy with a query': { input: "\\copy (DELETE FROM users RETURNING *) to 'out'\n", lost: true },
  '\\gexec of a constant': { input: "SELECT 'DROP TABLE users' \\gexec\n", lost: true },
  '\\gexec of format': { input: "SELECT format('DROP TABLE %I', 'users')\\gexec\n", lost: true },
  '\\gexec with an empty buffer': { input: "SELECT 'DROP TABLE users';\n\\gexec\n", lost: true },
  '\\gdesc, then the end': { input: 'DELETE FROM users RETURNING id \\gdesc\n\\r\n', lost: false },
  '\\g': { input: 'DROP TABLE users \\g\n', lost: true },
  '\\r': { input: 'DROP TABLE users \\r\nSELECT 1;\n', lost: false },
  '\\;': { input: 'SELECT 1 \\; DROP TABLE users;', lost: true },
  '\\\\ separates': { input: '\\x \\\\ DROP TABLE users;\n', lost: true },
  '\\q': { input: 'SELECT 1;\n\\q\nDROP TABLE users;\n', lost: false },
  '\\q leaves the buffer to run': { input: 'DROP TABLE users\n\\q\n', lost: true },
  ':name': { args: ['-v', 't=users'], input: 'DROP TABLE :t;', lost: true },
  ':name with a statement': { args: ['-v', 'q=; DROP TABLE users'], input: 'SELECT 1 :q;', lost: true },
  ":'name'": { args: ['-v', "q=x'; DROP TABLE users; --"], input: "SELECT :'q';", lost: false },
  ':"name"': { args: ['-v', 't=users'], input: 'DROP TABLE :"t";', lost: true },
  '\\set joins': { input: "\\set q 'DROP' ' TABLE users'\n:q;\n", lost: true },
  '\\set in quotes': { input: "\\set q 'DROP TABLE users;'\nSELECT ':q';\n", lost: false },
  '\\set with octal': { input: "\\set q '\\104ROP TABLE users'\n:q;\n", lost: true },
  'a quoted statement': { input: "SELECT 'a;\nDROP TABLE users;\n';", lost: false },
  'a doubled quote': { input: "SELECT 'it''s; DROP TABLE users; --';", lost: false },
  'a backslash is plain': { input: "SELECT '\\'; DROP TABLE users; --';\n", lost: true },
  'E strings escape': { input: "SELECT E'\\'; DROP TABLE users; --';\n", lost: false },
  'E strings end with the line': { input: "SELECT E'a'\n'b\\'; DROP TABLE users; --';\n", lost: true },
  'dollar quotes': { input: 'SELECT $a$ $$;\nDROP TABLE users;\n $a$;', lost: false },
  'dollar after an identifier': { input: 'SELECT 1 AS a$$; DROP TABLE users; SELECT 1 AS b$$;', lost: true },
  'nested comments': { input: '/* /* */ ;\nDROP TABLE users;\n*/ SELECT 1;', lost: false },
  'a comment that ends': { input: '/* ; */ DROP/**/TABLE users;', lost: true },
  'a line comment': { input: 'SELECT 1 -- ; DROP TABLE users;\n;', lost: false },
  'quoted identifiers': { input: 'SELECT 1 AS "a;\nDROP TABLE users;\n";', lost: false },
  parentheses: { input: 'SELECT (1); DROP TABLE users;', lost: true },
  'an error before': { input: 'SELEC 1;\nDROP TABLE users;', lost: true },
  'an included file': { input: '\\i f.sql\n', file: 'DROP TABLE users;', lost: true },
  '-f': { args: ['-f', 'f.sql'], file: 'DROP TABLE users;', lost: true },
  '-f -': { args: ['-f', '-'], input: 'DROP TABLE users;', lost: true },
  '-1 with ROLLBACK': {
    args: ['-1', '-f', 'f.sql'],
    file: 'BEGIN;\nDROP TABLE users;\nROLLBACK;\n',
    lost: false,
  },
  'a tautology': { input: 'DELETE FROM users WHERE id IS NOT NULL;', lost: true },
  'WHERE false': { input: 'DELETE FROM users WHERE 1 = 0;', lost: false },
  'DO with EXECUTE': {
    input: "DO $$ BEGIN EXECUTE 'DROP TABLE ' || quote_ident('users'); END $$;",
    lost: true,
  },
  'DO with %I': { input: "DO $$ BEGIN EXECUTE format('TRUNCATE %I', 'users'); END $$;", lost: true },
  'a function, called': {
    input: "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DELETE FROM users';\nSELECT f();",
    lost: true,
  },
  'a function, not called': {
    input: "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DELETE FROM users';",
    lost: false,
  },
  'BEGIN ATOMIC': {
    input: 'CREATE PROCEDURE p() BEGIN ATOMIC SELECT 1; DELETE FROM users; END;\nSELECT 1;',
    lost: false,
  },
  'a temporary table in front': {
    input: 'CREATE TEMP TABLE users (id int);\nDROP TABLE users;',
    lost: false,
  },
  'dropped twice': {
    input: 'CREATE TEMP TABLE users (id int);\nDROP TABLE users;\nDROP TABLE users;',
    lost: true,
  },
  'ON COMMIT DROP': {
    input: 'CREATE TEMP TABLE users ON COMMIT DROP AS SELECT 1;\nDROP TABLE users;',
    lost: true,
  },
  'a nested transaction': { input: 'BEGIN;\nBEGIN;\nDROP TABLE users;\nROLLBACK;\nCOMMIT;', lost: false },
  'standard_conforming_strings off': {
    input: "SET standard_conforming_strings = off;\nSELECT '\\'; SELECT 1; -- ';\nDROP TABLE users;",
    lost: true,
  },
};

describe('guard sees what the server loses', () => {
  test.each(Object.entries(cases))('%s', async (_name, { args = [], input, file, lost }) => {
    const prepare = 'DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE public.users (id int)';
    runPsql(['-qXc', prepare, '-c', 'INSERT INTO users VALUES (1), (2)']);
    if (file !== undefined) writeFileSync(join(folder, 'f.sql'), file);
    const result = runPsql(args, input);
    expect(result.error).toBeUndefined();
    const left = runPsql(['-XAtc', 'SELECT count(*) FROM public.users']);
    expect(left.stdout.trim() !== '2', `${result.stdout}${result.stderr}`).toBe(lost);
    expect(await isSeen(args, input, file)).toBe(lost);
  });
});

/** Would guard say that rows or tables are lost, or that it cannot tell? */
async function isSeen(args: readonly string[], input?: string, file?: string): Promise<boolean> {
  const files = file === undefined ? {} : { [`${folder}/f.sql`]: file };
  const world = fakeWorld({ cwd: folder, home: folder, files, ...(input !== undefined && { stdin: input }) });
  const command = {
    words: ['psql', ...args].map(certain),
    assignments: [],
    exported: [],
    redirects: [],
    input: { from: 'inherited' as const },
    directory: certain(folder),
  };
  for (;;) {
    try {
      const effects = understand(command, world).flatMap(invocation => sql.inspect(invocation, world));
      return effects.some(one => one.action === 'delete' || one.resource === 'sql.statement');
    } catch (fault) {
      if (!(fault instanceof NotLoaded)) throw fault;
      await fault.library.load();
    }
  }
}
