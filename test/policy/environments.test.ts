/** Where a command works: by its hosts, options, variables and links; what cannot be seen is never development. */

import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import type { Environments } from '../../src/policy/environments.js';
import type { Policy } from '../../src/policy/rule.js';
import { builtinPolicy } from '../support/policy.js';
import { fakeWorld } from '../support/world.js';

const kubeconfig = (current: string) => `apiVersion: v1
clusters:
- cluster:
    server: https://k8s.prod.example.com:6443
  name: eu
- cluster:
    server: https://127.0.0.1:6443
  name: kind-dev
contexts:
- context:
    cluster: eu
    namespace: shop
    user: me
  name: work
- context:
    cluster: kind-dev
    user: me
  name: kind-dev
current-context: ${current}
`;

const pulumi = {
  files: {
    '/work/app/Pulumi.yaml': 'name: shop\nruntime: nodejs\n',
    [`/home/me/.pulumi/workspaces/shop-${'0a'.repeat(20)}-workspace.json`]: '{"stack": "acme/shop/prod"}',
    [`/home/me/.pulumi/workspaces/shop-eu-${'0b'.repeat(20)}-workspace.json`]:
      '{"stack": "acme/shop-eu/dev"}',
  },
};

const awsConfig = {
  files: {
    '/home/me/.aws/config': `[default]
region = eu-west-1
[profile ls]
endpoint_url = http://localhost:4566
[profile st]
services = local
[services local]
s3 =
  endpoint_url = http://127.0.0.1:9000
`,
  },
};

const knexfile = {
  files: {
    '/work/app/knexfile.js': `module.exports = {
  development: { client: 'pg', connection: 'postgres://localhost/app' },
  production: { client: 'pg', connection: { host: 'db.prod.example.com', database: 'app' } },
};
`,
  },
};

interface Around {
  readonly env?: Record<string, string>;
  readonly files?: Record<string, string>;
  readonly cwd?: string;
  readonly environments?: Environments;
  readonly protect?: readonly string[];
}

/** A policy is indexed when it is first judged by: the same words give the same policy. */
const policies = new Map<string, Policy>();

function policyWith(environments: Environments = {}, protect: readonly string[] = []): Policy {
  const key = JSON.stringify([environments, protect]);
  const policy = policies.get(key) ?? { ...builtinPolicy(), environments, protect };
  policies.set(key, policy);
  return policy;
}

async function judge(script: string, { environments, protect, ...world }: Around = {}) {
  const policy = policyWith(environments, protect);
  const verdict = await decide({ script }, policy, fakeWorld(world));
  const [match] = verdict.matches;
  const one = verdict.understood[0]!;
  const environment =
    match?.environment ?? one.environmentOf(one.effects.find(({ action }) => action !== 'read'));
  return { decision: verdict.decision, environment };
}

const link = (path: string, value: object) => ({ [path]: JSON.stringify(value) });

describe('told by what is visible', () => {
  const rows: [script: string, environment: string, around?: Around][] = [
    ["psql -h db.prod.example.com -c 'DROP TABLE users'", 'production'],
    ["psql -h db.example.com -d app_staging -c 'DROP TABLE users'", 'staging'],
    ["psql postgres://u:p@db.example.com/app_production -c 'DROP TABLE users'", 'production'],
    ["psql -c 'DROP TABLE users'", 'production', { env: { PGHOST: 'db.prod.example.com' } }],
    ["psql -h db.example.com -c 'DROP TABLE users'", ''],
    ["psql -c 'DROP TABLE users'", ''],
    ["ssh prod-1 'rm -rf /srv/app'", 'production'],
    ['curl -X DELETE https://api.production.example.com/v1/users/1', 'production'],
    ['curl -X DELETE https://api.example.com/v1/users/1', ''],
    ['kubectl --context eks-prod delete pvc data', 'production'],
    ['kubectl -n prod delete pvc data', 'production'],
    ['kubectl delete pvc data', 'production', { files: { '/home/me/.kube/config': kubeconfig('work') } }],
    [
      'kubectl delete pvc data',
      'production',
      { env: { KUBECONFIG: '/k' }, files: { '/k': kubeconfig('work') } },
    ],
    [
      'kubectl delete pvc data',
      'development',
      { files: { '/home/me/.kube/config': kubeconfig('kind-dev') } },
    ],
    ['kubectl delete pvc data', ''],
    ['kubectl -n prod --context kind-dev delete pvc data', 'development'],
    ['aws --profile prod rds delete-db-instance --db-instance-identifier a', 'production'],
    ['AWS_PROFILE=acme-prod aws s3 rb s3://b', 'production'],
    ['aws s3 rb s3://b --force', 'production', { env: { AWS_PROFILE: 'prod' } }],
    ['aws --profile dev s3 rb s3://b --force', '', { env: { AWS_PROFILE: 'prod' } }],
    // An emulator is one whatever the profile is called, and a real endpoint none whatever the variable says.
    ['aws --profile prod --endpoint-url http://localhost:4566 s3 rb s3://b', 'development'],
    ['AWS_ENDPOINT_URL=http://localhost:4566 aws s3 rb s3://b --endpoint-url https://s3.amazonaws.com', ''],
    ['AWS_ENDPOINT_URL_S3=http://minio:9000 aws s3 rb s3://b', 'development'],
    ['AWS_ENDPOINT_URL_DYNAMODB=http://localhost:8000 aws s3 rb s3://b', ''],
    ['AWS_ENDPOINT_URL_S3=http://minio:9000 aws s3api delete-bucket --bucket b', 'development'],
    ['AWS_PROFILE=ls aws s3 rb s3://b', 'development', awsConfig],
    ['AWS_PROFILE=st aws s3 rb s3://b', 'development', awsConfig],
    ['AWS_PROFILE=st aws dynamodb delete-table --table-name t', '', awsConfig],
    ['aws s3 rb s3://b', '', awsConfig],
    ['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true AWS_PROFILE=ls aws s3 rb s3://b', '', awsConfig],
    ['gcloud sql instances delete main --project acme-prod', 'production'],
    [
      'gcloud sql instances delete main',
      'production',
      { files: { '/home/me/.config/gcloud/configurations/config_default': '[core]\nproject = acme-prod\n' } },
    ],
    ['az group delete -n shop --subscription Production', 'production'],
    [
      'az group delete -n shop',
      'production',
      {
        files: link('/home/me/.azure/azureProfile.json', {
          subscriptions: [{ isDefault: true, name: 'Prod', id: 'x' }],
        }),
      },
    ],
    ['terraform destroy', 'production', { env: { TF_WORKSPACE: 'prod' } }],
    ['terraform destroy -var-file=prod.tfvars', 'production'],
    ['terraform destroy', 'production', { cwd: '/work/infra/environments/prod' }],
    ['terraform destroy', 'production', { files: { '/work/app/.terraform/environment': 'production' } }],
    ['terraform destroy', ''],
    ...[
      ['url: process.env.DATABASE_URL!', 'development'],
      ['url: process.env["DATABASE_URL"] as string', 'development'],
      // What the variable of that name says is no evidence where another is read.
      ['url: process.env.LIVE_URL!', ''],
      ["url: env.OTHER ?? 'postgres://localhost/app'", 'development'],
      ["host: 'localhost', port: 5432, database: 'app'", 'development'],
      ["host: 'db.prod.example.com', database: 'app'", 'production'],
      ['url: readSecret("x")', ''],
    ].map(([credentials, environment]): [string, string, Around] => [
      'drizzle-kit push',
      environment!,
      {
        files: {
          '/work/app/.env':
            'DATABASE_URL=postgres://u:p@localhost/app\nLIVE_URL=postgres://u:p@db.example.com/app\n',
          '/work/app/drizzle.config.ts': `export default { dbCredentials: { ${credentials} } } satisfies Config;\n`,
        },
      },
    ]),
    ['knex migrate:rollback', 'development', knexfile],
    ['NODE_ENV=production knex migrate:rollback', 'production', knexfile],
    ['RAILS_ENV=production rails db:drop', 'production'],
    ['rails db:drop', 'production', { env: { DATABASE_URL: 'postgres://u:p@db.prod.example.com/app' } }],
    ['rails db:drop', ''],
    [
      'npx prisma migrate reset --force',
      'production',
      { files: { '/work/app/.env': 'DATABASE_URL="postgres://u:p@x.prod.example.com:5432/app"\n' } },
    ],
    [
      'npx prisma migrate reset --force',
      'development',
      { env: { DATABASE_URL: 'postgres://u:p@localhost:5432/app' } },
    ],
    ['DJANGO_SETTINGS_MODULE=shop.settings.production python manage.py flush --no-input', 'production'],
    ['vercel --prod', 'production'],
    [
      'vercel remove shop --yes',
      'production',
      { files: link('/work/app/.vercel/project.json', { projectName: 'shop-prod', projectId: 'prj_1' }) },
    ],
    [
      'fly apps destroy -y',
      'production',
      { files: { '/work/app/fly.toml': "app = 'shop-prod'\n[build]\n" } },
    ],
    ['heroku api DELETE /apps/shop-production', 'production'],
    ['pulumi stack rm acme/shop/prod', 'production'],
    ['pulumi destroy -s dev', '', pulumi],
    ['pulumi destroy', 'production', pulumi],
    [
      'render services delete srv-1',
      'production',
      { files: { '/home/me/.render/cli.yaml': 'workspace_name: Prod\n' } },
    ],
    ['heroku pg:reset DATABASE_URL --app shop-production --confirm shop-production', 'production'],
    [
      'railway volume delete -y',
      'production',
      {
        files: link('/home/me/.railway/config.json', {
          projects: { '/work/app': { project: 'p-1', environmentName: 'production' } },
        }),
      },
    ],
    ['railway volume delete -y -e staging', 'staging'],
    [
      'firebase firestore:delete --all-collections -f',
      'production',
      { files: link('/work/app/.firebaserc', { projects: { default: 'shop-prod' } }) },
    ],
    ['wrangler delete --env production', 'production'],
    ['kafka-topics --bootstrap-server kafka.prod.example.com:9092 --delete --topic t', 'production'],
    ['kafka-topics.sh --bootstrap-server localhost:9092,localhost:9093 --delete --topic t', 'development'],
    [
      'kafka-topics --bootstrap-server localhost:9092 --delete --topic t',
      'production',
      { environments: { production: { hosts: ['localhost:9092'] } } },
    ],
    ['kafka-delete-records.sh --bootstrap-server localhost:9092 --offset-json-file o.json', 'development'],
    ['rpk topic delete t -X brokers=127.0.0.1:9092', 'development'],
    ['nats stream purge ORDERS -f', 'development', { env: { NATS_URL: 'nats://localhost:4222' } }],
    ['vault kv delete secret/app', 'production', { env: { VAULT_ADDR: 'https://vault.prod.example.com' } }],
    ['docker push localhost:5000/app:latest', 'development'],
    ['docker push registry.prod.example.com/app:latest', 'production'],
    ['crane delete localhost:5000/app@sha256:ab', 'development'],
    ['az storage container delete -n c --account-name devstoreaccount1', 'development'],
    [
      "az storage container delete -n c --connection-string 'BlobEndpoint=http://127.0.0.1:10000/a;AccountName=a'",
      'development',
    ],
    ['git push --force origin main', 'production'],
    ['git push --force origin feature/x', ''],
  ];
  test.each(rows)('%s → %s', async (script, environment, around) => {
    expect((await judge(script, around)).environment).toBe(environment);
  });
});

describe('this machine is development, unless policy says otherwise', () => {
  const tunnel: Around = { environments: { production: { hosts: ['localhost:5433', 'localhost:8443'] } } };
  const compose = {
    files: { '/work/app/compose.yaml': 'services:\n  api:\n    image: x\n  search:\n    image: y\n' },
  };
  const rows: [script: string, decision: string, environment: string, around?: Around][] = [
    ['curl -X DELETE http://localhost:3000/items/1', 'allow', 'development'],
    ['curl -X DELETE http://127.8.0.1/items/1', 'allow', 'development'],
    ['curl -X DELETE http://[::1]:3000/items/1', 'allow', 'development'],
    ['curl -X DELETE http://shop.test/items/1', 'allow', 'development'],
    ['curl -X DELETE http://printer.local/jobs/1', 'allow', 'development'],
    ['curl -X DELETE https://localhost:8443/items/1', 'confirm', 'production', tunnel],
    ['curl -X DELETE http://localhost:3000/items/1', 'allow', 'development', tunnel],
    ['curl -X DELETE http://api/items/1', 'confirm', ''],
    ['curl -X DELETE http://api/items/1', 'allow', 'development', compose],
    ['curl -X DELETE http://other/items/1', 'confirm', '', compose],
    ["ssh box 'curl -X DELETE http://api/items/1'", 'confirm', '', compose],
    ["ssh box 'curl -X DELETE http://localhost:3000/items/1'", 'confirm', ''],
    ['kubectl --context minikube delete pvc data', 'allow', 'development'],
    [
      'kubectl --context minikube delete pvc data',
      'confirm',
      'production',
      { environments: { production: { kube: ['minikube'] } } },
    ],
    [
      'kubectl --context sandbox delete pvc data',
      'allow',
      'development',
      { environments: { development: { kube: ['sandbox'] } } },
    ],
    [
      'curl -X DELETE https://api.internal/x',
      'allow',
      'development',
      { environments: { development: { hosts: ['*.internal'] } } },
    ],
    // The same database name stands on other servers too.
    [
      'curl -X DELETE https://api.prod.internal/x',
      'allow',
      'development',
      { environments: { development: { hosts: ['*.internal'] } } },
    ],
    [
      "psql -h db.prod.example.com app -c 'DROP TABLE t'",
      'confirm',
      'production',
      { environments: { development: { databases: ['app'] } } },
    ],
    [
      "psql -h db.example.com app -c 'DROP TABLE t'",
      'confirm',
      'development',
      { environments: { development: { databases: ['app'] } } },
    ],
    [
      'psql -h "$H" app -c \'DROP TABLE t\'',
      'confirm',
      '',
      { environments: { development: { databases: ['app'] } } },
    ],
    // What is protected is no playground.
    ['curl -X DELETE http://localhost:3000/items/vol-1', 'deny', '', { protect: ['vol-1'] }],
  ];
  test.each(rows)('%s → %s, %s', async (script, decision, environment, around) => {
    expect(await judge(script, around)).toEqual({ decision, environment });
  });
});

describe('rules may demand it', () => {
  const rule = {
    id: 'u.x',
    pack: 'u',
    decision: 'deny',
    reason: 'r',
    instead: 'i',
    unless: [],
    examples: { match: [], not_match: [] },
  } as const;
  const by = async (script: string, when: object, unless: object[] = []) => {
    const policy: Policy = { ...builtinPolicy(), rules: [{ ...rule, when: [when], unless }] };
    return (await decide({ script }, policy, fakeWorld())).decision;
  };
  const rows: [script: string, when: object, decision: string, unless?: object[]][] = [
    ['rails db:migrate', { command: 'rails db:migrate', environment: 'production' }, 'allow'],
    [
      'RAILS_ENV=production rails db:migrate',
      { command: 'rails db:migrate', environment: 'production' },
      'deny',
    ],
    [
      'psql -h db.prod.example.com -c "INSERT INTO t VALUES (1)"',
      { action: 'create', environment: 'production' },
      'allow',
    ],
    [
      'psql -h db.prod.example.com -c "DELETE FROM t WHERE id = 1"',
      { action: 'delete', environment: 'prod*' },
      'deny',
    ],
    [
      'psql -h db.example.com -c "DELETE FROM t WHERE id = 1"',
      { action: 'delete', environment: 'prod*' },
      'allow',
    ],
    ['psql -h localhost -c "DELETE FROM t"', { action: 'delete' }, 'allow', [{ environment: 'development' }]],
    [
      'psql -h db.example.com -c "DELETE FROM t"',
      { action: 'delete' },
      'deny',
      [{ environment: 'development' }],
    ],
    ['vercel --prod', { command: 'vercel' }, 'deny', [{ environment: 'development' }]],
  ];
  test.each(rows)('%s by %j → %s', async (script, when, decision, unless) => {
    expect(await by(script, when, unless)).toBe(decision);
  });
});
