/** What guard says of tables in a SQLite file, against what is then lost; and what comes back of them. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { patientLoss } from '../support/loss.js';
import { scratchDirectory } from '../support/scratch.js';
import { Undo } from '../support/snapshots.js';

let app: string;
let undo: Undo;
const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', HOME: '/nonexistent' };

function sqlite(sql: string, file = 'shop.db'): string {
  return execFileSync('sqlite3', ['-init', '/dev/null', file, sql], {
    cwd: app,
    encoding: 'utf8',
    env,
  }).trim();
}

beforeEach(() => {
  // A name with a dot: what lies plainly in /tmp is scratch to guard.
  app = join(scratchDirectory(), '.scratch/my shop');
  mkdirSync(app, { recursive: true });
  undo = new Undo(env);
  sqlite(`CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, raw BLOB);
    INSERT INTO users VALUES (1, 'ann ''x''', x'00ff'), (2, NULL, 1.5), (7, 'bob', NULL);
    CREATE TABLE notes (line TEXT); INSERT INTO notes VALUES ('a'), ('a'), ('b');
    CREATE INDEX by_name ON users (name);
    CREATE TRIGGER stamp AFTER INSERT ON users BEGIN UPDATE users SET name = 'stamped' WHERE id = NEW.id; END;
    CREATE VIEW named AS SELECT name FROM users`);
});

const state = () => sqlite('.dump');
const runs = (script: string) => execFileSync('sh', ['-c', script], { cwd: app, env, stdio: 'pipe' });
const sorted = (dump: string) => dump.split('\n').toSorted().join('\n');

describe('what is said is what is then lost, and comes back', () => {
  test.each([
    ["sqlite3 shop.db 'DROP TABLE users'", 3],
    ["sqlite3 shop.db 'DELETE FROM users'", 3],
    ["sqlite3 shop.db 'DROP TABLE notes; DELETE FROM users'", 6],
    ["echo 'DELETE FROM notes;' | sqlite3 ./shop.db", 3],
    ["sqlite3 shop.db 'DROP VIEW named'", 0],
  ])('%s', async (script, many) => {
    const before = state();
    const { loss } = await patientLoss(script, { cwd: app, env }, {});
    const said = [...loss.matchAll(/has (\d+) rows?/g)].reduce((sum, [, count]) => sum + Number(count), 0);
    expect(said, loss).toBe(many);
    const snapshot = await undo.save(script, app);
    expect([state(), existsSync(join(app, 'shop.db-wal'))]).toEqual([before, false]);
    runs(script);
    expect(state()).not.toBe(before);
    expect(undo.giveBack(snapshot)).toEqual([]);
    expect(sorted(state())).toBe(sorted(before));
    expect(undo.store.steps(snapshot, undo.env)).toEqual([]);
  });
});

test('what lies in the log alone is saved too', async () => {
  // A connection that stays open keeps the log from being taken over.
  sqlite('PRAGMA journal_mode = wal');
  const script = `printf "INSERT INTO notes VALUES ('fresh');\\n.shell cp shop.db shop.db-wal kept/\\n" | sqlite3 -init /dev/null shop.db`;
  runs(`mkdir kept && ${script} && rm -f shop.db-shm && mv kept/* .`);
  expect(statSync(join(app, 'shop.db-wal')).size).toBeGreaterThan(0);
  const snapshot = await undo.save("sqlite3 shop.db 'DELETE FROM notes'", app);
  runs("sqlite3 shop.db 'DELETE FROM notes'");
  undo.giveBack(snapshot);
  expect(sqlite('SELECT line FROM notes ORDER BY 1')).toBe('a\na\nb\nfresh');
});

test('newer rows stay, changed ones wait for a yes, and other tables are left alone', async () => {
  const snapshot = await undo.save("sqlite3 shop.db 'DELETE FROM users'", app);
  sqlite(`DELETE FROM users WHERE id = 7; UPDATE users SET name = 'newer' WHERE id = 1;
    DROP TRIGGER stamp; INSERT INTO users VALUES (8, 'later', NULL); DELETE FROM notes`);
  expect(undo.giveBack(snapshot).map(step => step.differs)).toEqual(['it was changed since']);
  expect(sqlite('SELECT id, name FROM users ORDER BY id')).toBe('1|newer\n2|\n7|bob\n8|later');
  undo.giveBack(snapshot, { all: true });
  expect(sqlite('SELECT id, name FROM users ORDER BY id')).toBe("1|ann 'x'\n2|\n7|bob\n8|later");
  expect(sqlite('SELECT count(*) FROM notes')).toBe('0');
});

test('a whole file that is gone', async () => {
  const snapshot = await undo.save("sqlite3 shop.db 'DROP TABLE notes'", app);
  const before = state();
  rmSync(join(app, 'shop.db'));
  undo.giveBack(snapshot);
  expect(state()).toBe(before);
});

test('a start-up file that somebody planted does not run', async () => {
  const home = join(app, 'home');
  runs(`mkdir home && echo '.shell touch ran' > home/.sqliterc`);
  const own = new Undo({ ...env, HOME: home });
  const snapshot = await own.save("sqlite3 shop.db 'DROP TABLE notes'", app);
  own.giveBack(snapshot);
  expect(existsSync(join(app, 'ran'))).toBe(false);
  expect(readFileSync(join(home, '.sqliterc'), 'utf8')).toContain('ran');
});
