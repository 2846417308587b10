/** What guard says of tables on a real MariaDB, against what is then lost; and what comes back of them. */

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Safety } from '../../src/policy/rule.js';
import { loadSubprocess } from '../../src/subprocess.js';
import { retentionOf } from '../../src/undo/plan.js';
import { patientLoss } from '../support/loss.js';
import { hasMariadb, type Mariadb, startMariadb } from '../support/mariadb.js';
import { scratchDirectory } from '../support/scratch.js';
import { Undo } from '../support/snapshots.js';

let server: Mariadb;
let env: Readonly<Record<string, string>>;
const home = scratchDirectory();

describe.skipIf(!hasMariadb)('a real MariaDB', () => {
  beforeAll(async () => {
    await loadSubprocess();
    server = await startMariadb();
    env = { PATH: '/usr/bin:/bin', HOME: home, MYSQL_HOST: '127.0.0.1', MYSQL_TCP_PORT: server.port };
    server.run(
      "CREATE USER tester@'127.0.0.1' IDENTIFIED BY 'correct-horse-7'; GRANT ALL ON *.* TO tester@'127.0.0.1'",
    );
  }, 60_000);
  afterAll(() => server.stop());

  beforeEach(() => {
    server.run(`DROP DATABASE IF EXISTS shop; CREATE DATABASE shop; DROP DATABASE IF EXISTS other; CREATE DATABASE other; USE shop;
      CREATE TABLE users (id int PRIMARY KEY AUTO_INCREMENT, name text);
      INSERT INTO users (name) SELECT concat('user ', seq) FROM seq_1_to_7;
      CREATE TABLE orders (id int PRIMARY KEY, user_id int, CONSTRAINT of_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE);
      INSERT INTO orders SELECT seq, 1 FROM seq_1_to_3;
      CREATE TABLE parts (order_id int, FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE);
      INSERT INTO parts VALUES (1), (2);
      CREATE TABLE \`odd \`\`name\\\` (a int); INSERT INTO \`odd \`\`name\\\` VALUES (1), (2);
      CREATE TABLE other.things (a int); INSERT INTO other.things VALUES (1);
      CREATE VIEW named AS SELECT name FROM users;`);
  });

  async function lossBefore(script: string, safety: Safety = { preview: { sql: true } }): Promise<string> {
    const { verdict, loss } = await patientLoss(script, { cwd: '/', env }, safety);
    expect(verdict.decision).toBe('confirm');
    return loss;
  }

  /** Rows of every table that there is. */
  const rows = () =>
    server
      .run(
        "SELECT concat('`', table_schema, '`.`', replace(table_name, '`', '``'), '`') FROM information_schema.tables WHERE table_schema IN ('shop', 'other') AND table_type = 'BASE TABLE'",
      )
      .split('\n')
      .filter(Boolean)
      .reduce(
        (sum, name) => sum + Number(server.run(`SELECT count(*) FROM ${name.replaceAll('\\\\', '\\')}`)),
        0,
      );

  /** The numbers before the word `rows`, added up. */
  const saidRows = (loss: string) =>
    [...loss.matchAll(/(\d+) rows?\b/g)].reduce((sum, [, count]) => sum + Number(count), 0);

  const client = 'mysql -utester -pcorrect-horse-7';

  test.each([
    [`${client} shop -e 'DELETE FROM users'`],
    [`${client} shop -e 'TRUNCATE parts'`],
    [`${client} -D shop -e 'DROP TABLE parts, orders'`],
    [`${client} shop -e 'DROP TABLE other.things'`],
    [`echo 'DROP TABLE parts;' | ${client} shop`],
    [`MYSQL_PWD=correct-horse-7 mariadb -u tester shop -e 'DROP TABLE parts'`],
    [`${client} shop -e 'DROP TABLE \`odd \`\`name\\\`'`],
  ])('%s', async script => {
    const before = rows();
    const loss = await lossBefore(script);
    expect(loss).not.toContain('correct-horse');
    execFileSync('sh', ['-c', script], { env: { ...env }, stdio: 'pipe' });
    expect(saidRows(loss), loss).toBe(before - rows());
    expect(before - rows()).toBeGreaterThan(0);
  });

  test('what hangs on a table is named', async () => {
    expect(await lossBefore(`${client} shop -e 'DROP TABLE users'`)).toContain(
      'users in database shop on 127.0.0.1 has 7 rows',
    );
    expect(await lossBefore(`${client} shop -e 'DROP TABLE users'`)).toContain(
      'it is needed by 1 foreign key: orders.of_user',
    );
    expect(await lossBefore(`${client} shop -e 'DELETE FROM users'`)).toContain(
      '(ON DELETE CASCADE): orders (3 rows), parts (2 rows)',
    );
    expect(await lossBefore(`${client} shop -e 'DROP TABLE nothing'`)).toContain(
      'There is no nothing in database shop',
    );
    expect(await lossBefore(`${client} -e 'DROP DATABASE shop'`)).toMatch(
      /Database shop has 4 tables with about \d+ rows/,
    );
  });

  test('large tables by estimate, without counting them', async () => {
    server.run(
      `USE shop; CREATE TABLE big (n int, t char(200)) ENGINE=MyISAM; INSERT INTO big SELECT seq, 'x' FROM seq_1_to_100000;`,
    );
    expect(await lossBefore(`${client} shop -e 'DROP TABLE big'`)).toContain('has about 100,000 rows');
  });

  test('where option files say how to connect, that is done, and nothing else of what stands in them', async () => {
    const file = join(home, 'own.cnf');
    const start = 'init-command = "INSERT INTO other.things VALUES (2)"';
    writeFileSync(
      file,
      `[client]\nuser = tester\npassword = "correct-horse-7"\ndatabase = shop\n${start}\ntee = ${home}/tee\n`,
    );
    const loss = await lossBefore(`mysql --defaults-file=${file} -e 'DROP TABLE parts'`);
    expect(loss).toContain('parts in database shop on 127.0.0.1 has 2 rows');
    expect(server.run('SELECT count(*) FROM other.things')).toBe('1');
  });

  test('asks nothing without leave, and nothing where the connection is not known', async () => {
    expect(await lossBefore(`${client} shop -e 'DROP TABLE parts'`, {})).not.toMatch(/rows|guard/);
    for (const [script, why] of [
      [`sudo ${client} shop -e 'DROP TABLE parts'`, 'it runs as another user or elsewhere'],
      [`mysql -h "$H" shop -e 'DROP TABLE parts'`, 'which database it is cannot be known'],
      [`${client} shop -e 'USE other; DROP TABLE things'`, 'changes to another database'],
      [`${client} --plugin-dir=/tmp shop -e 'DROP TABLE parts'`, 'needs what guard does not load'],
    ] as const)
      expect(await lossBefore(script)).toMatch(new RegExp(`guard did not ask the database: .*${why}`));
    expect(await lossBefore(`mysql -utester -pwrong-horse-8 shop -e 'DROP TABLE parts'`)).toMatch(
      /guard could not ask database shop on 127.0.0.1: Access denied/,
    );
  });

  describe('comes back', () => {
    let undo: Undo;
    beforeEach(() => {
      undo = new Undo({ ...env, MYSQL_PWD: 'correct-horse-7' }, { preview: { sql: true } });
      server.run(`USE shop; ALTER TABLE users ADD kind enum('A', 'b'), ADD raw blob, ADD twice int AS (id * 2), ADD at timestamp NULL;
        UPDATE users SET name = 'odd \\\\ ''x'' "y" \\n);\\té', raw = x'00ff0a', at = '2026-03-29 00:30:00' WHERE id = 3;
        CREATE TABLE notes (t text, n int); INSERT INTO notes VALUES ('a', 1), ('a', 1), ('A', 1), (NULL, NULL), ('a);', 2);
        CREATE TABLE log (t text); CREATE TRIGGER logged AFTER INSERT ON parts FOR EACH ROW INSERT INTO log VALUES ('in')`);
    });

    const runs = (script: string) =>
      execFileSync('sh', ['-c', script], { env: { ...undo.env }, stdio: 'pipe' });
    const state = () =>
      [
        ...['users', 'orders', 'parts', 'other.things'].map(
          one => `SHOW CREATE TABLE ${one}; SELECT * FROM ${one} ORDER BY 1`,
        ),
        'SHOW CREATE TABLE notes; SELECT * FROM notes ORDER BY CAST(t AS BINARY), n; SELECT * FROM log; SHOW CREATE VIEW named',
        "SELECT trigger_name, action_statement FROM information_schema.triggers WHERE trigger_schema = 'shop'",
      ]
        .map(sql => server.run(`USE shop; ${sql}`))
        .join('\n')
        .replace(/AUTO_INCREMENT=\d+/g, '');

    test.each([
      [`${client} shop -e 'DELETE FROM notes'`],
      [`${client} shop -e 'TRUNCATE notes'`],
      [`${client} shop -e 'DROP TABLE parts, orders, users'`],
      [`${client} shop -e 'DROP TABLE other.things; DROP VIEW named'`],
      [`${client} shop -e 'UPDATE users SET name = 1, kind = NULL, raw = NULL'`],
      [`${client} -e 'DROP DATABASE shop'`],
    ])('%s', async script => {
      const before = state();
      const snapshot = await undo.save(script, '/');
      expect(state()).toBe(before);
      runs(script);
      expect(undo.giveBack(snapshot, { all: true })).toEqual([]);
      expect(state()).toBe(before);
      expect(undo.store.steps(snapshot, undo.env).filter(step => !/^leave database/.test(step.text))).toEqual(
        [],
      );
    });

    test('rows that came since stay, rows that were changed since wait for a yes, and so do triggers', async () => {
      const snapshot = await undo.save(`${client} shop -e 'DELETE FROM users'`, '/');
      server.run(
        "USE shop; DELETE FROM users WHERE id > 2; UPDATE users SET name = 'USER 1' WHERE id = 1; DELETE FROM parts WHERE order_id = 2",
      );
      server.run("USE shop; INSERT INTO users (id, name) VALUES (100, 'later'), (4, 'in its place')");
      expect(undo.store.steps(snapshot, undo.env).map(step => [step.text, step.differs])).toEqual([
        ['put 4 rows back into users', undefined],
        ['set 2 rows of users back to what they were', 'they were changed since'],
        ['put 1 row back into parts', 'its own triggers run for rows that come back'],
      ]);
      undo.giveBack(snapshot);
      const names = () => server.run('SELECT name FROM shop.users WHERE id IN (1, 4, 100) ORDER BY id');
      expect(names()).toBe('USER 1\nin its place\nlater');
      const newer = undo.store.steps(snapshot, undo.env).find(step => step.changes)?.changes;
      expect(newer).toMatchObject({ kind: 'mysql', with: { tables: ['shop.users'] } });
      undo.giveBack(snapshot, { all: true });
      expect(names()).toBe('user 1\nuser 4\nlater');
    });

    test('megabytes of rows come back, and no more than the cap is saved', async () => {
      server.run(
        "USE shop; CREATE TABLE many (id int PRIMARY KEY, t text); INSERT INTO many SELECT seq, repeat(concat('line\\n);', seq), 20) FROM seq_1_to_30000",
      );
      const before = server.run('CHECKSUM TABLE shop.many');
      const script = `${client} shop -e 'TRUNCATE many'`;
      const { items } = undo.plan(await undo.verdict(script, '/'), '/');
      const small = { ...retentionOf({}), one: { ...retentionOf({}).one, cap: 1_000_000 } };
      const taken = () => undo.store.take(items, { command: script, cwd: '/', rules: [] }, small, undo.env);
      expect(taken).toThrow(/more than 1(\.0)? MB/);
      const snapshot = await undo.save(script, '/');
      server.run('DELETE FROM shop.many WHERE id > 100');
      expect(undo.giveBack(snapshot)).toEqual([]);
      expect(server.run('CHECKSUM TABLE shop.many')).toBe(before);
    });

    test('a table that lost a column is left, and no password is kept', async () => {
      const snapshot = await undo.save(`${client} shop -e 'TRUNCATE notes'`, '/');
      server.run('USE shop; ALTER TABLE notes DROP COLUMN n');
      expect(undo.store.steps(snapshot, undo.env).map(step => [step.text, step.differs])).toEqual([
        ['leave notes', 'it has no column n now'],
      ]);
      const { items } = undo.plan(await undo.verdict(`${client} shop -e 'TRUNCATE notes'`, '/'), '/');
      expect(items.map(item => JSON.stringify([item.what, item.place, item.with])).join()).not.toContain(
        'correct-horse',
      );
    });
  });
});
