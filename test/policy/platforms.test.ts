/** Where the command lines of platforms, clouds and clusters work, by what each is told or remembers. */

import { expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { builtinPolicy } from '../support/policy.js';
import { fakeWorld } from '../support/world.js';

interface Around {
  readonly env?: Record<string, string>;
  readonly files?: Record<string, string>;
}

const rows: [script: string, environment: string, around?: Around][] = [
  ['railway down -y', 'production', { env: { RAILWAY_ENVIRONMENT: 'production' } }],
  ['fly scale count 0 -y -c fly.prod.toml', 'production'],
  [
    'wrangler delete',
    'production',
    { files: { '/work/app/wrangler.jsonc': '{\n // c\n "name": "shop-prod",\n}' } },
  ],
  [
    'firebase firestore:delete --all-collections -f -P x',
    'production',
    { files: { '/work/app/.firebaserc': '{"projects":{"default":"shop-dev","x":"acme-prod"}}' } },
  ],
  [
    'firebase firestore:delete --all-collections -f',
    'production',
    {
      files: {
        '/work/app/.firebaserc': '{"projects":{"default":"shop","p":"acme-prod"}}',
        '/home/me/.config/configstore/firebase-tools.json': '{"activeProjects":{"/work/app":"p"}}',
      },
    },
  ],
  [
    'neonctl branches delete main',
    'production',
    { files: { '/work/app/.neon': '{"projectId":"acme-prod"}' } },
  ],
  ['pscale branch delete shop-prod dev --force', 'production'],
  ['turso db destroy shop-prod --yes', 'production'],
  [
    'npx convex import --replace-all d.zip -y',
    'production',
    { files: { '/work/app/.env.local': 'CONVEX_DEPLOYMENT=prod:happy-1\n' } },
  ],
  ['aws-vault exec prod -- aws s3 rb s3://x --force', 'production'],
  ['sam delete --no-prompts --config-env prod', 'production'],
  ['cdk destroy ProdStack --force', 'production'],
  ['sls remove -s prod', 'production'],
  ['eksctl delete cluster --name c --profile prod', 'production'],
  ['gsutil rm -r gs://acme-prod', 'production'],
  [
    'gcloud sql instances delete x -q --configuration=c1',
    'production',
    { files: { '/home/me/.config/gcloud/configurations/config_c1': '[core]\nproject = acme-prod\n' } },
  ],
  ['az group delete -n rg-prod -y', 'production'],
  ['terraform -chdir=envs/prod destroy', 'production'],
  ['helmfile -e production destroy', 'production'],
  ['velero backup delete b --confirm --kubecontext prod', 'production'],
  ['flux uninstall -s', 'production', { files: { '/home/me/.kube/config': 'current-context: prod\n' } }],
  [
    'argocd app delete shop -y',
    'production',
    {
      files: {
        '/home/me/.config/argocd/config':
          'contexts:\n- name: eu\n  server: argocd.prod.example.com\n  user: me\ncurrent-context: eu\n',
      },
    },
  ],
  [
    'hcloud server delete web',
    'production',
    { files: { '/home/me/.config/hcloud/cli.toml': 'active_context = "prod"\n' } },
  ],
  [
    'hcloud server delete web',
    '',
    { files: { '/home/me/.config/hcloud/cli.toml': 'active_context = "eu"\n' } },
  ],
  [
    'doctl compute droplet delete 1 -f',
    'production',
    { files: { '/home/me/.config/doctl/config.yaml': 'context: prod\n' } },
  ],
  [
    'cf delete shop -f',
    'production',
    { files: { '/home/me/.cf/config.json': '{"SpaceFields":{"Name":"prod"}}' } },
  ],
  ['mc rb --force prod/backups', 'production'],
  ['rclone purge prod:backups', 'production'],
  ['stripe customers delete cus_1 --live', 'production'],
  ['databricks clusters permanent-delete --cluster-id c -p prod', 'production'],
  ['wp @production db reset --yes', 'production'],
];

test.each(rows)('%s → %s', async (script, environment, around = {}) => {
  const { matches } = await decide({ script }, builtinPolicy(), fakeWorld(around));
  expect(matches[0]?.environment).toBe(environment);
});
