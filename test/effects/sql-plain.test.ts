/** Statements that are read without PostgreSQL's parser have the tree that it would have given. */

import fc from 'fast-check';
import { loadModule, parseSync } from 'libpg-query';
import { beforeAll, describe, expect, test } from 'vitest';
import { KEYWORDS } from '../../src/effects/sql/keywords.js';
import { plainStatement } from '../../src/effects/sql/plain.js';

beforeAll(() => loadModule());

/** The parser's one tree, or why there is none. */
function parsed(sql: string): unknown {
  try {
    const { stmts = [] } = parseSync(sql);
    return stmts.length === 1 ? withoutPlaces(stmts[0]?.stmt) : `${stmts.length} statements`;
  } catch (fault) {
    return String(fault);
  }
}

/** Where in the text something stood says nothing of what it does. */
function withoutPlaces(tree: unknown): unknown {
  return JSON.parse(JSON.stringify(tree, (key, value) => (key === 'location' ? undefined : value)));
}

describe('is read without the parser', () => {
  test.each([
    'DELETE FROM users WHERE id = 1',
    "delete from public.users where a = 'it''s' and b <> 2 and c IS NOT NULL;",
    'DELETE FROM "Users"',
    'DELETE FROM t WHERE 1 = 1',
    'DELETE FROM t WHERE true OR a.b >= 0',
    "DELETE FROM t WHERE a = ''",
    'DROP TABLE users',
    'DROP TABLE IF EXISTS a, b.c CASCADE',
    'DROP VIEW v RESTRICT;',
    'DROP DATABASE app',
    'DROP DATABASE IF EXISTS app;',
    'TRUNCATE a, b.c CASCADE',
    'TRUNCATE TABLE a',
    "UPDATE t SET a = 1, b = 'x' WHERE id != 5",
    'BEGIN',
    'BEGIN TRANSACTION;',
    'COMMIT WORK',
    'END',
    'ROLLBACK',
  ])('%s', sql => {
    expect(withoutPlaces(plainStatement(sql))).toEqual(parsed(sql));
  });
});

describe('is left to the parser', () => {
  test.each([
    'SELECT 1',
    'DROP TABLE a; DROP TABLE b',
    'DELETE FROM t -- all\n',
    'DELETE FROM t WHERE a = 1 AND b = 2 OR c = 3',
    'DELETE FROM t WHERE a = b',
    "DELETE FROM t WHERE a = E'\\''",
    "DELETE FROM t WHERE a = 'x\\'",
    "DELETE FROM t WHERE a = 'x'\n'y'",
    'DELETE FROM t WHERE a = -1',
    'DELETE FROM t WHERE a = 99999999999',
    'DELETE FROM t WHERE a = 1.5',
    'DELETE FROM t WHERE ü = 1',
    'DELETE FROM select',
    'DELETE FROM t USING u WHERE a = 1',
    'DROP INDEX CONCURRENTLY i',
    'COMMIT PREPARED',
    'ROLLBACK TO s',
    `DROP TABLE ${'a'.repeat(64)}`,
  ])('%s', sql => {
    expect(plainStatement(sql)).toBeUndefined();
  });
});

const PARTS =
  'DELETE FROM UPDATE SET TRUNCATE TABLE DROP VIEW INDEX SEQUENCE DATABASE IF EXISTS CASCADE RESTRICT WHERE AND OR IS NOT NULL TRUE FALSE BEGIN END TRANSACTION ONLY ' +
  "a B \"C d\" name value data type key id t.u . , ; ( ) = <> != < >= ~ - 'x' '' 'it''s' 0 1 42 007 2147483648 1a $1 * U& E set cascade if column -- /* */";

/** Statements of the shapes that are read, with one part broken now and then. */
const shaped = fc
  .tuple(
    fc.constantFrom(
      'DELETE FROM t',
      'DELETE FROM a.b',
      'DROP TABLE t',
      'DROP INDEX IF EXISTS i, "J"',
      'TRUNCATE t, u',
      'UPDATE t SET a = 1',
      "UPDATE t SET a = 'x', b = true",
      'BEGIN',
      'DROP DATABASE d',
    ),
    fc.constantFrom(
      '',
      'WHERE a = 1',
      "WHERE a.b <> '' AND c IS NULL",
      'WHERE 0 = 1 OR false',
      'CASCADE',
      'WORK',
      ';',
    ),
    fc.array(fc.tuple(fc.nat(20), fc.constantFrom(...PARTS.split(' '), ...KEYWORDS)), { maxLength: 2 }),
  )
  .map(([start, end, changes]) => {
    const words = `${start} ${end}`.split(' ');
    for (const [at, word] of changes) words.splice(at % words.length, at % 2, word);
    return words.join(' ');
  });
const random = fc
  .array(fc.constantFrom(...PARTS.split(' ')), { maxLength: 12 })
  .map(parts => parts.join(' '));

test('has the tree that the parser gives, or none', () => {
  fc.assert(
    fc.property(fc.oneof(shaped, random), sql => {
      const tree = plainStatement(sql);
      if (tree) expect(withoutPlaces(tree), sql).toEqual(parsed(sql));
    }),
    { numRuns: Number(process.env['RUNS'] ?? 3000) },
  );
});
