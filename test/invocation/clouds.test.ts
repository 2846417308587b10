import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import type { Invocation } from '../../src/invocation/invocation.js';
import { policyOf } from '../../src/rulecheck.js';
import { fakeWorld } from '../support/world.js';

const files = {
  '/home/me/.aws/cli/alias':
    '[toplevel]\nwipe = s3 rm --recursive\nnuke =\n  !f() {\n    rm -rf "$1"\n  }; f\n\n[command ec2]\nx = y\n',
};
const world = fakeWorld({ files });

async function understand(script: string): Promise<readonly Invocation[]> {
  const { understood } = await decide({ script }, policyOf([]), world);
  return understood.map(({ invocation }) => invocation);
}

/** The tool's words in the order read: subcommands, then operands. */
async function wordsOf(command: string): Promise<string> {
  const [invocation] = await understand(command);
  return [...invocation!.subcommand, ...invocation!.operands.map(word => word.text)].join(' ');
}

/** Every command inside, as the words of its argv. */
async function inside(command: string): Promise<readonly string[]> {
  return (await understand(command))
    .slice(1)
    .map(invocation => invocation.argv.map(word => word.text).join(' '));
}

describe('options before the service do not hide it', () => {
  test.each([
    ['aws --profile p --region r ec2 describe-vpcs', 'ec2 describe-vpcs'],
    ['aws --prof p ec2 --output json describe-vpcs', 'ec2 describe-vpcs'],
    ['aws --no-cli-pager --endpoint-url=http://localhost:4566 s3 rm s3://b', 's3 rm s3://b'],
    ['gcloud -q --project p compute instances delete vm', 'compute instances delete vm'],
    ['gcloud beta run services delete --region r web', 'beta run services delete web'],
    ['bq --project_id p --location=EU rm -r -f ds', 'rm ds'],
    ['bq -project_id p rm ds', 'rm ds'],
    ['az --subscription s group delete -n rg --yes', 'group delete'],
    ['az account list --out table', 'account list'],
    ['kafka-topics.sh --bootstrap-server b:1 --delete --topic t', ''],
  ])('%s', async (command, words) => {
    expect(await wordsOf(command)).toBe(words);
  });
});

describe('what runs elsewhere is read too', () => {
  test.each<[command: string, inner: readonly string[]]>([
    ["aws ssm send-command --parameters commands='rm -rf /data'", ['rm -rf /data']],
    [`aws ssm send-command --parameters 'commands=["df -h","rm x"]'`, ['df -h', 'rm x']],
    [`aws ssm send-command --parameters '{"commands":["rm x"]}'`, ['rm x']],
    ['aws ssm send-command --parameters file://p.json', []],
    ['aws ecs execute-command --command "rm x" --interactive', ['rm x']],
    ['aws --endpoint-url http://localhost:4566 ecs execute-command --command "rm x"', []],
    [
      'aws athena start-query-execution --query-string "DROP TABLE t"',
      ['trino --server athena.amazonaws.com --execute DROP TABLE t'],
    ],
    [
      'aws dynamodb execute-statement --statement="SELECT 1"',
      ['trino --server dynamodb.amazonaws.com --execute SELECT 1'],
    ],
    ['gcloud compute ssh vm --zone z --command "rm x"', ['rm x']],
    [
      'gcloud spanner databases execute-sql d --instance i --sql "SELECT 1"',
      ['trino --server spanner.googleapis.com --execute SELECT 1'],
    ],
    [
      "bq query 'SELECT * FROM `p.d.t`'",
      ['trino --server bigquery.googleapis.com --execute SELECT * FROM `p.d.t`'],
    ],
    ['bq query --nouse_legacy_sql SELECT 1', ['trino --server bigquery.googleapis.com --execute SELECT 1']],
    ["bq query --dry_run 'DROP TABLE t'", []],
    [
      'az vm run-command invoke -n v --command-id RunShellScript --scripts "df -h" "rm x" -g rg',
      ['df -h', 'rm x'],
    ],
    ['az vm run-command invoke -n v --scripts @s.sh', []],
    ['doppler run -p a -c b -- rm x', ['rm x']],
    ['doppler run --command "rm x && ls"', ['rm x', 'ls']],
    ['op run --env-file=.env -- rm x', ['rm x']],
    ['infisical run --env=dev -- rm x', ['rm x']],
    ['aws-vault exec prod -- rm x', ['rm x']],
    ['aws-vault exec -d 1h prod rm x', ['rm x']],
    ['chamber exec a b -- rm x', ['rm x']],
    ['aws wipe s3://b', ['aws s3 rm --recursive s3://b']],
  ])('%s', async (command, inner) => {
    expect(await inside(command)).toEqual(inner);
  });

  test('an alias of aws that is a line for the shell', async () => {
    expect(await inside('aws nuke /data')).toContain('rm -rf /data');
  });

  test('a command of the same name as no alias is left alone', async () => {
    expect(await inside('aws ec2 describe-vpcs')).toEqual([]);
  });
});
