/** `guard protect`, through the shipped program. */

import { beforeAll, expect, test } from 'vitest';
import { type Installed, install } from '../support/installed.js';

let guard: Installed;

beforeAll(() => {
  guard = install();
});

test('what is protected is forbidden at once, and only a person takes it off the list', async () => {
  const check = () => guard.guard('check', '--', 'psql', '-h', 'db.example.com', '-c', 'DROP TABLE users');
  expect((await check()).status).toBe(10);

  expect((await guard.guard('protect', 'add', 'db.example.com')).status).toBe(0);
  expect((await guard.guard('protect', 'list')).stdout).toBe('db.example.com\n');
  const forbidden = await check();
  expect(forbidden.status).toBe(11);
  expect(forbidden.stdout).toContain('db.example.com');

  const removal = await guard.guard('protect', 'remove', 'db.example.com');
  expect(removal.status).toBe(125);
  expect(removal.stderr).toContain('a person must confirm');
  expect((await check()).status).toBe(11);
});

test('an id that would match everything is refused', async () => {
  expect((await guard.guard('protect', 'add', 'a')).status).toBe(2);
});
