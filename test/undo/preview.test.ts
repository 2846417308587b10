/** What guard says would be lost, against what the real command then takes from a real repository; and what is known of places elsewhere. */

import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { readPack } from '../../src/policy/load.js';
import { lossOf } from '../../src/question.js';
import { policyOf } from '../../src/rulecheck.js';
import { retentionOf } from '../../src/undo/plan.js';
import { realWorld } from '../../src/world.js';
import { Scratch } from '../support/git-scratch.js';
import { patientLoss } from '../support/loss.js';
import { builtinPolicy } from '../support/policy.js';
import { gitStateOf, treeOf, Undo } from '../support/snapshots.js';
import { fakeWorld } from '../support/world.js';

let scratch: Scratch;
beforeEach(() => {
  scratch = new Scratch();
  scratch.write('.gitignore', '*.secret\n');
  mkdirSync(join(scratch.app, 'lib'));
  for (const name of ['b.txt', 'lib/one.txt', 'lib/two.txt']) scratch.write(name, `${name}\n`);
  scratch.run('git add -A && git commit -q -m second && git push -q origin main');
});

const place = () => ({ cwd: scratch.app, env: scratch.env });

async function lossBefore(script: string): Promise<string> {
  const { verdict, loss } = await patientLoss(script, place(), {});
  expect(verdict.decision).toBe('confirm');
  return loss;
}

const count = (script: string, cwd = scratch.app) => Number(scratch.run(`${script} | wc -l`, cwd).trim());
const commits = (cwd?: string) => count('git rev-list --branches', cwd);
const files = () => count('find . -name .git -prune -o -type f -print -o -type l -print');
const dirty = () => count('git diff --name-only HEAD');

describe('what is said is what is then lost', () => {
  test.each<[script: string, before: string, said: RegExp, number: () => number]>([
    [
      'git reset --hard',
      'echo x >b.txt; echo y >lib/one.txt; git add b.txt',
      /Not committed: (\d+) file/,
      dirty,
    ],
    ['git checkout -- .', 'echo x >b.txt; echo y >lib/one.txt', /Not committed: (\d+) file/, dirty],
    [
      'git clean -fdx',
      'echo x >n.txt; echo y >k.secret; echo z >m.txt',
      /(\d+) untracked paths would/,
      files,
    ],
    [
      'git branch -D side',
      'git switch -qc side; git commit -q --allow-empty -m s1; git commit -q --allow-empty -m s2; git switch -q main',
      /(\d+) commits on no other ref/,
      commits,
    ],
    ['git stash drop', 'echo x >b.txt; git stash -q', /(\d+) stash would/, () => count('git stash list')],
    [
      'git push --force',
      'git reset -q --hard HEAD~1',
      /(\d+) commit of origin\/main/,
      () => commits(scratch.remote),
    ],
    ['rm -rf lib', 'echo x >lib/one.txt', /: (\d+) files, /, files],
    [
      'rm -rf new',
      'mkdir new; echo x >new/a.txt; echo y >new/b.txt; ln -s a.txt new/c',
      /: (\d+) files, /,
      files,
    ],
    ['rm -rf k', 'mkdir k; echo x >k/a.secret; echo y >k/b.secret', /(\d+) files ignored/, files],
    [
      '> shop.sqlite',
      'echo "twelve byte" >shop.sqlite',
      /shop\.sqlite: (\d+) B/,
      () => Number(scratch.run('wc -c <shop.sqlite')),
    ],
  ])('%s', async (script, before, said, number) => {
    scratch.run(before);
    const loss = await lossBefore(script);
    const was = number();
    execFileSync('sh', ['-c', script], { cwd: scratch.app, env: scratch.env, stdio: 'pipe' });
    expect(Number(said.exec(loss)?.[1]), loss).toBe(was - number());
  });
});

test('a rebase, where a person’s rule asks: the commits that are written anew, and the branch back', async () => {
  const pack = await readPack(
    `pack: own
about: Asks before history is written anew.
rules:
  - id: own.rebase
    decision: confirm
    when: { command: git rebase }
    reason: Others may have built on it.
    examples: { match: [git rebase main], not_match: [git merge main] }
`,
    'own.yaml',
  );
  scratch.run('git switch -qc topic; git commit -q --allow-empty -m t0');
  for (const name of ['t1', 't2']) scratch.commit(name, `${name}\n`);
  scratch.run('git switch -q main');
  scratch.commit('main.txt', 'main\n');
  scratch.run('git switch -q topic');
  scratch.write('b.txt', 'not committed\n');
  const undo = new Undo(scratch.env);
  const script = 'git rebase --autostash main';
  const verdict = await undo.verdict(script, scratch.app, policyOf([pack]));
  const loss = lossOf(verdict, { ...realWorld(place()), spent: () => 0 }).join('\n');
  chmodSync(join(scratch.app, 'b.txt'), 0o755);
  symlinkSync('b.txt', join(scratch.app, 'link'));
  const state = () => [treeOf(scratch.app), gitStateOf(scratch.app, scratch.env)];
  const before = state();
  const tip = scratch.run('git rev-parse topic').trim();
  const { items } = undo.plan(verdict, scratch.app);
  const snapshot = undo.store.take(
    items,
    { command: script, cwd: scratch.app, rules: [] },
    retentionOf({}),
    scratch.env,
  );
  scratch.run(script);
  const lost = count(`git rev-list ${tip} --not --branches`);
  expect(Number(/(\d+) commits would be written anew/.exec(loss)?.[1]), loss).toBe(lost);
  expect(undo.giveBack(snapshot).map(step => step.text)).toEqual([
    expect.stringContaining('refs/heads/topic'),
  ]);
  undo.giveBack(snapshot, { all: true });
  expect(state()).toEqual(before);
});

describe('elsewhere, as known here', () => {
  const link = JSON.stringify({
    projects: { '/work/app': { project: 'p-1', name: 'shop', environmentName: 'production' } },
  });
  const state = JSON.stringify({
    resources: [
      { mode: 'managed', type: 'aws_instance', instances: [{}, {}] },
      { mode: 'managed', type: 'aws_db_instance', instances: [{}] },
      { mode: 'data', type: 'aws_ami', instances: [{}] },
    ],
  });
  const lossOfScript = async (script: string, made: Readonly<Record<string, string>>) => {
    const world = fakeWorld({ files: made });
    return lossOf(await decide({ script }, builtinPolicy(), world), world);
  };

  test('a volume takes its backups with it, in the project that the directory is linked to', async () => {
    const loss = await lossOfScript('railway volume delete --volume data', {
      '/home/me/.railway/config.json': link,
    });
    expect(loss).toContain('Backups of this volume go with it; guard cannot undo this.');
    expect(loss.join('\n')).toMatch(/What it changes in project shop, project p-1, environment production\./);
    const query = '{"query":"mutation { volumeDelete(volumeId: \\"3d2c\\") }"}';
    const sent = await lossOfScript(`curl https://backboard.railway.app/graphql/v2 --json '${query}'`, {});
    expect(sent).toContain('Backups of this volume go with it; guard cannot undo this.');
  });

  test('terraform destroy: what the state in the directory holds, by kind', async () => {
    const loss = await lossOfScript('terraform destroy', { '/work/app/terraform.tfstate': state });
    expect(loss.slice(0, 3)).toEqual([
      'all of 3 resources in terraform.tfstate:',
      '  2 aws_instance',
      '  1 aws_db_instance',
    ]);
    const chosen = await lossOfScript('terraform -chdir=infra destroy -auto-approve', {
      '/work/app/infra/.terraform/environment': 'prod',
      '/work/app/infra/terraform.tfstate.d/prod/terraform.tfstate': state,
    });
    expect(chosen[0]).toBe('all of 3 resources in terraform.tfstate.d/prod/terraform.tfstate:');
    expect(chosen).toContain('Its workspace is prod.');
    const remote = await lossOfScript('terraform destroy', {
      '/work/app/.terraform/terraform.tfstate': '{"backend":{"type":"s3","config":{}}}',
    });
    expect(remote[0]).toBe('Its state is in a backend (s3), which guard does not ask.');
  });
});

describe('a saved plan of terraform', () => {
  // As terraform 1.11 writes it: `tfplan` holds the format, and for each resource its address and what is done to it.
  const field = (number: number, bytes: Buffer) =>
    Buffer.concat([
      Buffer.from([number * 8 + 2]),
      Buffer.from([(bytes.length % 128) | 128, bytes.length >> 7]),
      bytes,
    ]);
  const change = (address: string, action: number) =>
    field(
      3,
      Buffer.concat([
        field(9, Buffer.from(action === 0 ? [] : [8, action])),
        field(13, Buffer.from(address)),
      ]),
    );
  const plan = (version: number, ...changes: readonly Buffer[]) =>
    Buffer.concat([Buffer.from([8, version]), ...changes]);
  const zip = (bytes: Buffer) => {
    execFileSync(
      'python3',
      [
        '-c',
        'import sys,zipfile; zipfile.ZipFile("p.tfplan","w",zipfile.ZIP_DEFLATED).writestr("tfplan",sys.stdin.buffer.read())',
      ],
      {
        cwd: scratch.app,
        input: bytes,
      },
    );
  };
  test('what it destroys is counted and named, whatever it is called', async () => {
    zip(
      plan(
        3,
        change('aws_db_instance.main', 5),
        change('module.web.aws_instance.a[0]', 6),
        change('aws_instance.b', 7),
        change('aws_s3_bucket.logs', 3),
        change('aws_s3_bucket.new', 1),
        change('data.aws_ami.x', 2),
        change('aws_vpc.same', 0),
      ),
    );
    expect(await lossBefore('terraform apply -auto-approve p.tfplan')).toContain(
      'p.tfplan would destroy 3 resources of 5 that it touches:\n  1 destroyed\n    aws_db_instance.main\n' +
        '  2 destroyed and made again\n    module.web.aws_instance.a[0]\n    aws_instance.b\n  1 changed\n  1 created',
    );
    expect(await lossBefore('tofu -chdir="$SOMEWHERE" apply p.tfplan')).not.toContain('would destroy');
  });

  test('another format, a cut file and no file are said', async () => {
    zip(plan(4, change('aws_db_instance.main', 5)));
    expect(await lossBefore('terraform apply p.tfplan')).toContain(
      'p.tfplan is no plan that guard can read.',
    );
    zip(plan(3, change('aws_db_instance.main', 5)).subarray(0, 20));
    expect(await lossBefore('terraform apply p.tfplan')).toContain(
      'p.tfplan is no plan that guard can read.',
    );
    scratch.write('p.tfplan', 'PK');
    expect(await lossBefore('terraform apply p.tfplan')).toContain(
      'p.tfplan is no plan that guard can read.',
    );
    expect(await lossBefore('terraform apply q.tfplan')).toContain('There is no plan');
  });

  test.runIf(spawnSync('terraform', ['version']).status === 0)('as the real terraform says it', async () => {
    const run = (text: string, command: string) => {
      scratch.write('main.tf', text);
      scratch.run(command);
    };
    const three = (count: number) =>
      `resource "terraform_data" "a" {\n  count = ${count}\n  input = count.index\n}\n`;
    run(three(3), 'terraform init -input=false && terraform apply -input=false -auto-approve');
    run(three(1), 'terraform plan -input=false -out=p.tfplan');
    expect(await lossBefore('terraform apply p.tfplan')).toMatch(
      /would destroy 2 resources of 2 .*\n {2}2 destroyed/,
    );
  });
});
