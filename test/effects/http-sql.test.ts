/** SQL in requests to the endpoints that run it. */

import { expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { exemplaryWorld, policyOf } from '../../src/rulecheck.js';

const SUPABASE = 'https://api.supabase.com/v1/projects/abc/database/query';

async function found(script: string): Promise<readonly string[]> {
  const { understood } = await decide({ script }, policyOf([]), exemplaryWorld);
  return understood.flatMap(({ effects }) =>
    effects
      .filter(one => one.resource.startsWith('sql.'))
      .map(one => `${one.action} ${one.resource} ${one.target} on ${one.host}`),
  );
}

test.each([
  [`curl ${SUPABASE} --json '{"query":"drop table users"}'`, 'delete sql.table users on api.supabase.com'],
  [
    `curl https://api.cloudflare.com/client/v4/accounts/a/d1/database/d/query --json '{"sql":"DROP TABLE users"}'`,
    'delete sql.table users on api.cloudflare.com',
  ],
  [
    `curl https://api.cloudflare.com/client/v4/accounts/a/d1/database/d/raw --json '{"batch":[{"sql":"select 1"},{"sql":"DROP TABLE users"}]}'`,
    'delete sql.table users on api.cloudflare.com',
  ],
  [
    `curl https://ep-x.aws.neon.tech/sql --json '{"query":"DROP TABLE users"}'`,
    'delete sql.table users on ep-x.aws.neon.tech',
  ],
  [
    `curl https://db.turso.io/v2/pipeline --json '{"requests":[{"type":"execute","stmt":{"sql":"DROP TABLE users"}}]}'`,
    'delete sql.table users on db.turso.io',
  ],
  [
    `curl https://hasura.example.com/v2/query --json '{"type":"run_sql","args":{"sql":"DROP TABLE users"}}'`,
    'delete sql.table users on hasura.example.com',
  ],
  [
    `curl 'http://ch.example.com:8123/?query=DROP%20TABLE%20users'`,
    'delete sql.table users on ch.example.com',
  ],
  [`curl ${SUPABASE} -d @q.json`, 'unknown sql.statement  on api.supabase.com'],
])('%s', async (script, expected) => {
  expect(await found(script)).toEqual([expected]);
});

test.each([
  `curl ${SUPABASE} --json '{"query":"select * from users"}'`,
  `curl ${SUPABASE}/read-only --json '{"query":"select 1"}'`,
  `curl https://api.supabase.com/v1/projects --json '{"query":"drop table users"}'`,
  `curl https://api.example.com/v1/query -d @q.json`,
  `curl https://api.example.com/search --json '{"query":"drop table users"}'`,
  `curl 'http://ch.example.com:8123/?query=INSERT+INTO+t+FORMAT+CSV' --data-binary @rows.csv`,
])('%s holds nothing that is lost', async script => {
  expect(await found(script)).toEqual([]);
});
