/** Protected ids: what a rule stops becomes forbidden where it touches one; harmless commands stay harmless. */

import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import type { Policy } from '../../src/policy/rule.js';
import { builtinPolicy } from '../support/policy.js';
import { fakeWorld } from '../support/world.js';

const protect = [
  '3d2c42fb-1d5c',
  'db.prod.example.com',
  '/srv/data',
  'main',
  'acme-shop',
  'acme-tfstate',
  'eks-acme',
  'orders_live',
  '6b1f0c52-0000-4000-8000-000000000000',
];
const files = {
  '/srv/data/current.json': '{}',
  '/home/me/.railway/config.json': JSON.stringify({
    projects: {
      '/work/app': { project: '6b1f0c52-0000-4000-8000-000000000000', environmentName: 'production' },
    },
  }),
  '/home/me/.kube/config':
    'contexts:\n- context:\n    cluster: c\n  name: eks-acme\ncurrent-context: eks-acme\n',
  '/work/app/fly.toml': 'app = "acme-shop"\n',
  '/work/app/in.json': '{"InstanceIds":["acme-shop"]}',
  '/work/app/in.yaml': 'InstanceIds:\n- acme-shop\n',
  '/work/app/flags.yaml': '--project: acme-shop\n',
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
    // The thing itself, though no rule stops the form.
    'rm -rf /srv/data/app/node_modules',
    "psql -h db.prod.example.com -c 'DELETE FROM t WHERE id = 1'",
    'echo x > /srv/data/current.json',
    // By what the directory is linked to, the current context, and the environment.
    'railway down -y',
    'fly apps destroy -y',
    'fly apps destroy acme-shop -y',
    'FLY_APP=acme-shop fly volumes destroy vol_1 -y',
    'kubectl delete deployment web',
    'kubectl --context eks-acme delete deployment web',
    "PGDATABASE=orders_live psql -h db.example.com -c 'DROP TABLE t'",
    'DATABASE_URL=postgres://u:p@h.example.com/orders_live npx prisma migrate reset --force',
    // Cloud commands, in whichever option or operand.
    'aws s3 rb s3://acme-tfstate --force',
    'aws s3 rm s3://acme-tfstate/prod.tfstate',
    'aws s3api delete-bucket --bucket acme-tfstate',
    'aws s3api delete-objects --bucket=acme-tfstate --delete file://keys.json',
    'aws rds delete-db-instance --db-instance-identifier acme-shop',
    'aws ec2 terminate-instances --cli-input-json file://in.json',
    'aws ec2 terminate-instances --cli-input-yaml=file:///work/app/in.yaml',
    'gcloud sql instances delete x --flags-file flags.yaml',
    'az rest --method delete --url https://management.azure.com/x --body @in.json',
    'gcloud storage rm -r gs://acme-tfstate',
    'gcloud sql instances delete acme-shop -q',
    'gcloud projects delete acme-shop',
    'az storage account delete --name acme-tfstate -y',
    'heroku apps:destroy acme-shop --confirm acme-shop',
    'docker volume rm acme-shop',
    'terraform state rm aws_s3_bucket.acme-tfstate',
    'curl -X DELETE https://api.heroku.com/apps/acme-shop',
    `curl https://api.example.com/graphql -d '{"query":"mutation { deleteProject(id: \\"acme-shop\\") { id } }"}'`,
  ])('%s', async script => {
    expect(await decisionOn(script)).toEqual({ decision: 'deny', forbidden: true });
  });
});

describe('not forbidden', () => {
  test.each([
    ["psql -h db.prod.example.com -c 'SELECT 1'", 'allow'],
    ['ls /srv/data', 'allow'],
    ['railway status', 'allow'],
    ['fly status', 'allow'],
    ['fly apps destroy other -a acme-shop2 -y', 'confirm'],
    ['kubectl get pods', 'allow'],
    ['aws s3 ls s3://acme-tfstate', 'allow'],
    ['aws s3 rb s3://acme-tfstate-2', 'confirm'],
    ['rm -rf /work/app/node_modules', 'allow'],
    ["psql -h db.prod.example.com -c 'UPDATE t SET a = 1 WHERE id = 1'", 'allow'],
    ['git push origin main', 'allow'],
    ['echo 3d2c42fb-1d5c', 'allow'],
    ['railway volume delete -v 3d2c42fb-1d5c9 --project other -y', 'confirm'],
    ['git push --force origin maintenance', 'confirm'],
  ])('%s', async (script, decision) => {
    expect(await decisionOn(script)).toEqual({ decision, forbidden: false });
  });
});
