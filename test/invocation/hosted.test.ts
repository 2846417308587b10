/** Commands and SQL that hosting platforms carry elsewhere are read as what they are. */

import { expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { exemplaryWorld, policyOf } from '../../src/rulecheck.js';

/** The argv of what is run inside, with the wrappers it came through. */
async function inside(script: string): Promise<readonly string[]> {
  const { understood } = await decide({ script }, policyOf([]), exemplaryWorld);
  return understood
    .filter(({ invocation }) => invocation.via.length > 0)
    .map(({ invocation }) => invocation.argv.map(word => word.text).join(' '));
}

test.each([
  ['heroku run rails db:drop -a my-app', 'rails db:drop -a my-app'],
  ['heroku run -a my-app "rails db:drop"', 'rails db:drop'],
  ['heroku pg:psql -a my-app -c "select 1"', 'psql -h heroku.com -c select 1'],
  ['flyctl ssh console -a my-app -C "rm -rf /data"', 'rm -rf /data'],
  ['neon psql main -- -c "select 1"', 'psql -h neon.tech -c select 1'],
  ['supabase db query "select 1" --linked', 'psql -h supabase.co -c select 1'],
  ['wrangler d1 execute db --remote --command "select 1"', 'turso db shell db select 1'],
  ['pscale sql shop main --query "select 1"', 'mysql -h connect.psdb.cloud -e select 1'],
  ['render psql dpg-1 -c "select 1"', 'psql -h render.com -c select 1'],
  ['doctl compute ssh web --ssh-command uptime', 'uptime'],
  ['kamal app exec "bin/rails about"', 'bin/rails about'],
  ['vercel env run -e preview -- npm test', 'npm test'],
])('%s', async (script, inner) => {
  expect(await inside(script)).toContain(inner);
});

test.each([
  'wrangler d1 execute db --local --command "drop table users"',
  'wrangler d1 execute db --command "drop table users"',
  'heroku pg:psql -a my-app',
  'fly ssh console',
])('%s carries nothing that is seen', async script => {
  expect(await inside(script)).toEqual([]);
});
