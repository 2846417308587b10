/** What must be typed to approve: the target's name, also of commands that rules know by their words alone. */

import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { headOf } from '../../src/question.js';
import { builtinPolicy } from '../support/policy.js';
import { fakeWorld } from '../support/world.js';

const files = {
  '/work/linked/fly.toml': "app = 'acme-shop'\n",
  '/work/linked/.terraform/environment': 'staging',
};

const ask = async (script: string, cwd = '/work/app') => {
  const verdict = await decide({ script }, builtinPolicy(), fakeWorld({ files, cwd }));
  expect(verdict.decision).toBe('confirm');
  return headOf(verdict, script).target;
};

describe('the name of what is lost', () => {
  test.each([
    ['aws s3 rb s3://backups --force', 's3://backups'],
    ['aws s3 sync ./dist s3://site --delete', 's3://site'],
    ['aws s3api delete-bucket --bucket backups', 'backups'],
    ['aws dynamodb delete-table --table-name orders', 'orders'],
    ['aws ec2 terminate-instances --region eu-west-1 --instance-ids i-0abc i-0def', 'i-0abc i-0def'],
    ['aws rds delete-db-instance --skip-final-snapshot --db-instance-identifier=main', 'main'],
    ['aws cloudformation delete-stack --stack-name web', 'web'],
    ['aws ecs update-service --cluster c --service web --desired-count 0', 'web'],
    ['aws iam delete-policy --policy-arn arn:aws:iam::1:policy/p', 'arn:aws:iam::1:policy/p'],
    ['aws kms schedule-key-deletion --pending-window-in-days 7 --key-id k-1', 'k-1'],
    ['gcloud sql instances delete main --quiet', 'main'],
    ['gcloud compute disks delete d1 d2 --zone us-central1-a', 'd1 d2'],
    ['gcloud storage rm -r gs://backups', 'gs://backups'],
    ['az group delete --name shop --yes', 'shop'],
    ['az sql db delete -g rg -s srv -n orders --yes', 'orders'],
    ['az group delete -g shop', 'shop'],
    ['fly apps destroy acme-shop --yes', 'acme-shop'],
    ['doctl databases delete 9cc1 --force', '9cc1'],
    ['heroku apps:destroy acme --confirm acme', 'acme'],
    ['docker volume rm pgdata', 'pgdata'],
    ['helm uninstall web', 'web'],
    ['kafka-topics.sh --bootstrap-server b:9092 --delete --topic orders', 'orders'],
    ['gh repo delete acme/app --yes', 'acme/app'],
    ['wrangler d1 delete shop', 'shop'],
  ])('%s → %s', async (script, target) => {
    expect(await ask(script)).toBe(target);
  });

  test('is that of the link where the command names none', async () => {
    expect(await ask('fly apps destroy --yes', '/work/linked')).toBe('acme-shop');
    expect(await ask('terraform destroy', '/work/linked')).toBe('staging');
  });

  test('never shows a secret, and is `yes` where nothing has a name', async () => {
    expect(await ask('aws s3 rb s3://AKIAIOSFODNN7EXAMPLE')).not.toContain('AKIAIOSFODNN7EXAMPLE');
    expect(await ask('docker system prune --volumes')).toBe('yes');
  });
});
