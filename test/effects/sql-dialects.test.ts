/** SQL of other dialects → effects, both sides: what removes or changes much, and what only looks like it. */

import { beforeAll, describe, expect, test } from 'vitest';
import { effectsOfTexts } from '../../src/effects/sql/dialects/session.js';
import type { OtherDialect } from '../../src/effects/sql/dialects/tokens.js';
import { NotLoaded } from '../../src/lazy.js';
import { certain } from '../../src/shell/command.js';
import { show } from './show-effects.js';

function read(sql: string, dialect: OtherDialect) {
  return effectsOfTexts([certain(sql)], dialect).flat();
}

beforeAll(async () => {
  try {
    read('DELETE FROM a WHERE b', 'mysql');
  } catch (fault) {
    if (!(fault instanceof NotLoaded)) throw fault;
    await fault.library.load();
  }
});

const rows: readonly (readonly [dialect: OtherDialect, sql: string, effects: string])[] = [
  // Words in strings, comments and quoted names are no statements.
  ['mysql', "SELECT 'DROP TABLE a'", ''],
  ['mysql', 'SELECT 1 -- DROP TABLE a', ''],
  ['mysql', 'SELECT 1 # DROP TABLE a\n', ''],
  ['mysql', 'SELECT `delete` FROM `drop`', ''],
  ['mysql', "SELECT 'a\\'; DROP TABLE b; --'", ''],
  ['sqlite', "SELECT 'a\\'; DROP TABLE b; --'", 'delete table b'],
  // `--1` is arithmetic in MySQL and a comment elsewhere.
  ['mysql', 'SELECT 2--1; DROP TABLE a', 'delete table a'],
  ['mysql', '/*!50000 DROP TABLE a */', 'delete table a'],
  ['mysql', '/*M!100100 DROP TABLE a */', 'delete table a'],
  ['sqlite', '/*! DROP TABLE a */ SELECT 1', ''],
  ['mysql', 'DR/**/OP TABLE a', ''],
  ['mysql', 'DROP/**/TABLE/* x */a', 'delete table a'],
  // Names.
  [
    'mysql',
    'DROP TABLE IF EXISTS `a`.`b`, c',
    'delete table a.b if-exists=true; delete table c if-exists=true',
  ],
  ['mssql', 'DROP TABLE [dbo].[Users]', 'delete table dbo.Users'],
  ['mysql', "DROP USER 'app'@'%'", 'delete role app@%'],
  ['mssql', 'DROP TABLE #t', ''],
  // Rows.
  ['mysql', 'DELETE FROM t', 'delete row t all'],
  ['mysql', 'DELETE FROM t WHERE 1', 'delete row t all'],
  ['mysql', "DELETE FROM t WHERE 'a'='a'", 'delete row t all'],
  ['mysql', 'DELETE FROM t WHERE id = id', 'delete row t all'],
  ['mysql', 'DELETE FROM t WHERE id IS NOT NULL', 'delete row t all'],
  ['mysql', 'DELETE FROM t WHERE NOT 0', 'delete row t all'],
  ['mysql', 'DELETE FROM t WHERE id > 0', 'delete row t all'],
  ['mysql', 'DELETE FROM t WHERE a LIKE "%"', 'delete row t all'],
  ['mysql', 'DELETE FROM t WHERE 1=0', ''],
  ['mysql', 'DELETE FROM t WHERE id = 7', 'delete row t'],
  ['mysql', "DELETE FROM t WHERE a = 'x' AND b < 3", 'delete row t some'],
  ['mysql', 'DELETE FROM t LIMIT 5', 'delete row t some by=count'],
  ['mysql', 'DELETE a, b FROM a JOIN b ON a.id = b.id', 'delete row a all; delete row b all'],
  ['sqlite', 'WITH x AS (SELECT 1) DELETE FROM t', 'delete row t all'],
  ['sqlite', 'EXPLAIN DELETE FROM t', ''],
  ['sqlite', 'UPDATE t SET a = 1', 'update row t all'],
  ['sqlite', 'UPDATE t SET a = 1 WHERE id = 7', 'update row t'],
  ['mysql', 'INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE a = 1', ''],
  ['mysql', 'SELECT * FROM t FOR UPDATE', ''],
  ['mysql', 'TRUNCATE t', 'delete row t all truncate=true'],
  ['clickhouse', 'TRUNCATE DATABASE d', 'delete row d all truncate=true'],
  ['clickhouse', 'ALTER TABLE t DELETE WHERE 1', 'delete row t all'],
  ['clickhouse', 'ALTER TABLE t DELETE WHERE id = 7', 'delete row t'],
  ['mssql', 'DELETE TOP (5) FROM t', 'delete row t some by=count'],
  // Definitions.
  ['mysql', 'ALTER TABLE t DROP a', 'delete column t.a'],
  ['mysql', 'ALTER TABLE t ADD b int, DROP COLUMN a', 'delete column t.a'],
  ['mysql', 'ALTER TABLE t DROP PRIMARY KEY', 'delete constraint t.primary key'],
  ['mysql', 'ALTER TABLE t DROP PARTITION p0', 'delete partition t.p0 rows=true'],
  ['mysql', 'ALTER TABLE t ALTER COLUMN a DROP DEFAULT', ''],
  ['mysql', 'CREATE TABLE IF NOT EXISTS t (a int)', ''],
  // Blocks and routines.
  ['generic', 'BEGIN DROP TABLE a; TRUNCATE b; END', 'delete table a; delete row b all truncate=true'],
  ['generic', 'IF x > 1 THEN DROP TABLE a; ELSE DROP TABLE b; END IF', 'delete table a; delete table b'],
  ['generic', "DECLARE x INT; BEGIN EXECUTE IMMEDIATE 'DROP TABLE a'; END", 'delete table a'],
  ['generic', 'EXECUTE IMMEDIATE $$BEGIN DELETE FROM t; END$$', 'delete row t all'],
  ['generic', 'FOR r IN (SELECT 1) LOOP DELETE FROM t; END LOOP', 'delete row t all'],
  ['mysql', 'BEGIN NOT ATOMIC DROP TABLE a; END', 'delete table a'],
  ['mysql', 'CREATE PROCEDURE p() DELETE FROM t', ''],
  ['mysql', 'CREATE PROCEDURE p() DELETE FROM t; CALL app.p()', 'delete row t all; execute routine app.p'],
  [
    'mysql',
    "CREATE DEFINER='a'@'b' PROCEDURE p(IN x INT) DELETE FROM t WHERE a = 'x'; CALL p(1)",
    'delete row t some; execute routine p',
  ],
  [
    'mysql',
    'DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; DROP TABLE a; END //\nDELIMITER ;\nCALL p();',
    'delete table a; execute routine p',
  ],
  ['mysql', 'CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM t', 'delete row t all'],
  ['mssql', 'CREATE PROC dbo.p AS DELETE FROM t\nGO\nEXEC dbo.p', 'delete row t all; execute routine dbo.p'],
  ['mssql', "EXEC sp_MSforeachtable 'DROP TABLE ?'", 'delete table every_one'],
  ['mysql', 'CREATE TABLE procedure_log (a int); DROP PREPARE p', ''],
  // What only some dialects have.
  ['generic', 'CREATE OR REPLACE STAGE s', 'delete tablespace s replace=true'],
  ['generic', 'REMOVE @s/2024', 'delete file @s / 2024'],
  ['generic', 'FLASHBACK TABLE t TO BEFORE DROP', ''],
  ['generic', 'FLASHBACK TABLE t TO SCN 1', 'update row t unknown by=query'],
  ['generic', 'VACUUM t', ''],
  ['generic', 'VACUUM t RETAIN 0 HOURS', 'delete log t retention=short'],
  ['mysql', 'REPLACE INTO t VALUES (1)', ''],
  ['clickhouse', 'REPLACE TABLE t (a Int8) ENGINE = Memory', 'delete table t replace=true'],
  ['mysql', 'ALTER TABLE t EXCHANGE PARTITION p WITH TABLE u', 'update partition t.p detached=true'],
  ['clickhouse', 'ALTER TABLE t MODIFY TTL a + 1, MODIFY COLUMN b Int8', 'delete row t some by=age'],
  ['generic', 'MERGE INTO t USING s ON FALSE WHEN NOT MATCHED BY SOURCE THEN DELETE', 'delete row t all'],
  ['duckdb', 'MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE', 'delete row t unknown by=join'],
  ['mssql', 'ALTER DATABASE a SET SINGLE_USER WITH ROLLBACK IMMEDIATE', 'update server-state a state=down'],
  ['generic', 'CREATE OR REPLACE TABLE t (a int)', 'delete table t replace=true'],
  ['duckdb', 'CREATE OR REPLACE TABLE t AS SELECT 1', ''],
  // Transactions and temporary tables.
  ['sqlite', 'BEGIN; DELETE FROM t; ROLLBACK', ''],
  ['sqlite', 'BEGIN; DELETE FROM t; COMMIT', 'delete row t all'],
  ['mysql', 'START TRANSACTION; DROP TABLE t; ROLLBACK', 'delete table t'],
  ['mysql', 'START TRANSACTION; DELETE FROM t; ROLLBACK', ''],
  ['mysql', 'CREATE TEMPORARY TABLE t (a int); DROP TABLE t', ''],
  ['sqlite', 'CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM u; END; SELECT 1', ''],
  ['mysql', 'DELIMITER //\nCREATE PROCEDURE p() BEGIN DELETE FROM t; END//\nDELIMITER ;\nSELECT 1', ''],
  ['mysql', 'DELIMITER //\nDROP TABLE t//', 'delete table t'],
  ['mssql', 'SELECT 1\nGO\nDROP TABLE t\nGO', 'delete table t'],
  // SQL in strings.
  ['mssql', "EXEC('DROP TABLE t')", 'delete table t'],
  ['mssql', 'INSERT INTO a VALUES (1) DROP TABLE t', 'delete table t'],
  ['mssql', 'SELECT 1\nDROP TABLE t', 'delete table t'],
  ['mssql', 'USE prod DROP TABLE t', 'delete table t'],
  ['mssql', "IF OBJECT_ID('t') IS NOT NULL DROP TABLE t", 'delete table t'],
  ['mssql', 'BEGIN TRY DROP TABLE t END TRY BEGIN CATCH END CATCH', 'delete table t'],
  [
    'mssql',
    'IF 1 = 1 BEGIN DELETE FROM t WHERE id = 1 END ELSE TRUNCATE TABLE u',
    'delete row t; delete row u all truncate=true',
  ],
  [
    'mssql',
    'UPDATE t SET a = CASE WHEN b = 1 THEN 2 END WHERE id = 1 DROP TABLE u',
    'update row t; delete table u',
  ],
  ['mssql', 'ALTER TABLE t ADD b int\nDROP TABLE u', 'delete table u'],
  ['mssql', 'CREATE TABLE t (a int) DROP TABLE u', 'delete table u'],
  ['mssql', 'BEGIN TRAN DELETE FROM t ROLLBACK', ''],
  [
    'mssql',
    'ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES u (b) ON DELETE CASCADE ON UPDATE NO ACTION',
    '',
  ],
  ['mssql', 'CREATE PROCEDURE p AS DELETE FROM t', ''],
  ['mssql', 'GRANT SELECT ON t TO u DROP TABLE v', 'grant privilege u; delete table v'],
  ['mssql', 'GRANT DELETE, UPDATE ON t TO [u]', 'grant privilege u'],
  ['mssql', 'UPDATE STATISTICS dbo.t', ''],
  ['mssql', 'CREATE TRIGGER g ON t AFTER INSERT, DELETE AS IF UPDATE(a) DELETE FROM u', ''],
  ['mssql', 'SELECT [drop] FROM t', ''],
  ['mssql', "EXEC sp_executesql N'DROP TABLE t'", 'delete table t'],
  ['mssql', 'EXEC(@q)', 'unknown statement unknown'],
  ['mysql', "PREPARE s FROM 'DROP TABLE t'", 'delete table t'],
  ['mysql', 'PREPARE s FROM @q', 'unknown statement unknown'],
];

describe.each(rows)('%s: %s', (dialect, sql, expected) => {
  test(expected === '' ? 'nothing' : expected, () => {
    expect(show(read(sql, dialect))).toBe(expected);
  });
});
