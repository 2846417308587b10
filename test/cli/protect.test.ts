/** `guard protect`, through the shipped program. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
  expect(removal.status).toBe(126);
  expect(removal.stderr).toContain('a person must confirm');
  expect((await check()).status).toBe(11);
});

test('an id that would match everything is refused', async () => {
  expect((await guard.guard('protect', 'add', 'a')).status).toBe(2);
});

test('what lies around is proposed, production first, and no secret with it', async () => {
  const put = (path: string, text: string) => {
    const file = join(guard.work, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  put(
    '.env.production',
    'DATABASE_URL="postgres://app:s3cret@db.prod.acme.io:5432/shop_live?x=1"\nTOKEN=abc\n',
  );
  put('.env', 'DATABASE_URL=postgres://app:dev@localhost:5432/shop_dev\n');
  put('fly.toml', "app = 'acme-shop'\n");
  put('main.tf', 'terraform {\n  backend "s3" {\n    bucket = "acme-tfstate"\n  }\n}\n');
  put(
    'old.tfstate',
    JSON.stringify({
      resources: [
        { type: 'aws_db_instance', instances: [{ attributes: { id: 'acme-main-db', password: 's3cret' } }] },
        { type: 'aws_instance', instances: [{ attributes: { id: 'i-0abcdef' } }] },
      ],
    }),
  );
  put('compose.yaml', 'name: shop\nservices:\n  db:\n    image: postgres\nvolumes:\n  pgdata:\n');
  const { stdout, status } = await guard.guard('protect', 'scan', '--json');
  expect(status).toBe(0);
  const found = JSON.parse(stdout) as { id: string; environment: string; from: string }[];
  expect(found.map(one => one.id)).toEqual([
    'db.prod.acme.io',
    'shop_live',
    'acme-main-db',
    'acme-shop',
    'acme-tfstate',
    'shop_pgdata',
  ]);
  expect(found[0]).toMatchObject({ environment: 'production', from: '.env.production' });
  expect(stdout).not.toMatch(/s3cret|TOKEN|abc$/m);

  const table = await guard.guard('protect', 'scan');
  expect(table.stdout).toMatch(/db\.prod\.acme\.io +database host +production +\.env\.production/);
  expect(table.stdout).toContain('guard protect add db.prod.acme.io shop_live');
  expect((await guard.guard('protect', 'add', 'acme-main-db', 'shop_pgdata')).status).toBe(0);
  expect((await guard.guard('check', '--', 'docker', 'volume', 'rm', 'shop_pgdata')).status).toBe(11);
  expect((await guard.guard('protect', 'scan')).stdout).not.toContain('acme-main-db');
});
