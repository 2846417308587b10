/** Protected ids: what a rule stops becomes forbidden where it touches one; harmless commands stay harmless. */

import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import type { Policy } from '../../src/policy/rule.js';
import { builtinPolicy } from '../support/policy.js';
import { fakeWorld } from '../support/world.js';

const protect = ['3d2c42fb-1d5c', 'db.prod.example.com', '/srv/data', 'main'];
const files = {
  '/work/app/body.json': '{"query":"mutation { volumeDelete(volumeId: \\"3d2c42fb-1d5c\\") }"}',
};
const decisionOn = async (script: string) => {
  const policy: Policy = { ...builtinPolicy(), protect };
  const { decision, matches } = await decide({ script }, policy, fakeWorld({ files }));
  return { decision, forbidden: matches.some(({ rule }) => rule.id === 'protect.listed') };
};

describe('forbidden', () => {
  test.each([
    `curl https://backboard.railway.com/graphql/v2 -d '{"query":"mutation { volumeDelete(volumeId: \\"3d2c42fb-1d5c\\") }"}'`,
    'curl https://backboard.railway.com/graphql/v2 -d @body.json',
    'railway volume delete -v 3d2c42fb-1d5c -y',
    "psql -h db.prod.example.com -c 'DROP TABLE users'",
    "psql postgres://u:p@db.prod.example.com/app -c 'DROP TABLE users'",
    'rm -rf /srv/data/2024',
    'rm -rf /srv',
    'git push --force origin main',
  ])('%s', async script => {
    expect(await decisionOn(script)).toEqual({ decision: 'deny', forbidden: true });
  });
});

describe('not forbidden', () => {
  test.each([
    ["psql -h db.prod.example.com -c 'SELECT 1'", 'allow'],
    ['ls /srv/data', 'allow'],
    ['git push origin main', 'allow'],
    ['echo 3d2c42fb-1d5c', 'allow'],
    ['railway volume delete -v 3d2c42fb-1d5c9 -y', 'confirm'],
    ['git push --force origin maintenance', 'confirm'],
  ])('%s', async (script, decision) => {
    expect(await decisionOn(script)).toEqual({ decision, forbidden: false });
  });
});
