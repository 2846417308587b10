/** Configuration that changes what a command does: both sides of each, with the file and without. */

import { describe, expect, test } from 'vitest';
import type { World } from '../../src/port.js';
import { decisionOn } from '../support/rules.js';
import { fakeWorld } from '../support/world.js';

type Row = [script: string, decision: string, files?: Record<string, string>, env?: Record<string, string>];

const world = (files: Record<string, string> = {}, env: Record<string, string> = {}): World =>
  fakeWorld({ files, env });

const myCnf = { '/home/me/.my.cnf': '[client]\nhost = db\n[mysql]\ninit_command="DROP TABLE users"\n' };
const kuberc = {
  '/home/me/.kube/kuberc': `apiVersion: kubectl.config.k8s.io/v1beta1
kind: Preference
aliases:
- name: bye
  command: delete
  options:
  - name: wait
    default: "false"
  prependArgs:
  - namespace
- name: ls
  command: get
  prependArgs: 
  - pods
`,
};
const docker = (currentContext: string, host: string) => ({
  '/home/me/.docker/config.json': JSON.stringify({ currentContext }),
  '/home/me/.docker/contexts/meta/ab/meta.json': JSON.stringify({
    Name: currentContext,
    Endpoints: { docker: { Host: host } },
  }),
});

describe.each<[of: string, rows: Row[]]>([
  [
    'mysql option files',
    [
      ["mysql shop -e 'SELECT 1'", 'confirm', myCnf],
      ["mysql shop -e 'SELECT 1'", 'allow'],
      ["mysql --no-defaults shop -e 'SELECT 1'", 'allow', myCnf],
      ["mysql --init-command='SET NAMES utf8' shop -e 'SELECT 1'", 'allow', myCnf],
      [
        "mysql --defaults-file=/etc/quiet.cnf -e 'SELECT 1'",
        'allow',
        { ...myCnf, '/etc/quiet.cnf': '[client]\n' },
      ],
      [
        "mysql --defaults-extra-file=x.cnf -e 'SELECT 1'",
        'confirm',
        {
          '/work/app/x.cnf': '[client]\n!include /work/app/y.cnf\n',
          '/work/app/y.cnf': '[mysql]\ninit-command=DROP DATABASE shop\n',
        },
      ],
      ["mysql -e 'SELECT 1'", 'allow', { '/home/me/.my.cnf': '[mysqldump]\ninit-command=DROP TABLE t\n' }],
      [
        "mysql --defaults-group-suffix=_x -e 'SELECT 1'",
        'confirm',
        { '/home/me/.my.cnf': '[client_x]\ninit-command=DROP TABLE t\n' },
      ],
    ],
  ],
  [
    'kubectl aliases',
    [
      ['kubectl bye shop', 'confirm', kuberc],
      ['kubectl bye shop', 'allow'],
      ['kubectl bye shop --dry-run=client', 'allow', kuberc],
      ['kubectl --context kind-dev bye shop', 'allow', kuberc],
      ['kubectl ls', 'allow', kuberc],
      ['kubectl --kuberc=/k bye shop', 'allow', kuberc],
      ['kubectl bye shop', 'allow', kuberc, { KUBERC: 'off' }],
    ],
  ],
  [
    'docker contexts',
    [
      ['docker rm -f web', 'allow'],
      ['docker rm -f web', 'confirm', docker('web1', 'ssh://root@10.0.0.1')],
      ['docker compose down', 'confirm', docker('web1', 'ssh://root@10.0.0.1')],
      ['docker-compose down', 'confirm', docker('web1', 'ssh://root@10.0.0.1')],
      ['docker compose down --dry-run', 'allow', docker('web1', 'ssh://root@10.0.0.1')],
      ['docker ps', 'allow', docker('web1', 'ssh://root@10.0.0.1')],
      ['docker rm -f web', 'allow', docker('vm', 'unix:///home/me/.vm/docker.sock')],
      ['docker rm -f web', 'allow', docker('desktop-linux', 'unix:///x')],
      ['docker --context default rm -f web', 'allow', docker('web1', 'ssh://root@10.0.0.1')],
      [
        'DOCKER_HOST=unix:///run/docker.sock docker rm -f web',
        'allow',
        docker('web1', 'ssh://root@10.0.0.1'),
      ],
      ['docker rm -f web', 'confirm', {}, { DOCKER_HOST: 'tcp://10.0.0.4:2376' }],
      ['docker rm -f web', 'allow', {}, { DOCKER_HOST: 'tcp://127.0.0.1:2375' }],
      ['docker -H "$H" rm -f web', 'confirm'],
    ],
  ],
  [
    'curl and wget',
    [
      ['curl https://api.example.com/users/1', 'confirm', { '/home/me/.curlrc': 'request = "DELETE"\n' }],
      ['curl -q https://api.example.com/users/1', 'allow', { '/home/me/.curlrc': 'request = "DELETE"\n' }],
      [
        'curl https://api.example.com/users/1',
        'confirm',
        { '/c/.curlrc': '-X DELETE\n' },
        { CURL_HOME: '/c' },
      ],
      ['wget https://api.example.com/users/1', 'confirm', { '/home/me/.wgetrc': 'method = DELETE\n' }],
      [
        'wget --no-config https://api.example.com/users/1',
        'allow',
        { '/home/me/.wgetrc': 'method = DELETE\n' },
      ],
      ['wget https://api.example.com/users/1', 'confirm', { '/w': 'method = DELETE\n' }, { WGETRC: '/w' }],
    ],
  ],
  [
    'psql',
    [
      ["psql -c 'SELECT 1'", 'confirm', { '/home/me/.psqlrc': 'DROP TABLE users;\n' }],
      ["psql -X -c 'SELECT 1'", 'allow', { '/home/me/.psqlrc': 'DROP TABLE users;\n' }],
      ["psql -c 'SELECT 1'", 'confirm', { '/p': 'DROP TABLE users;\n' }, { PSQLRC: '/p' }],
      ['psql -f wipe.sql', 'confirm', { '/work/app/wipe.sql': 'DROP TABLE users;\n' }],
      ['psql -f look.sql', 'allow', { '/work/app/look.sql': 'SELECT 1;\n' }],
      ['psql -f gone.sql', 'confirm'],
    ],
  ],
  [
    'aliases of gh and aws',
    [
      [
        'gh zap o/r',
        'confirm',
        { '/home/me/.config/gh/config.yml': 'aliases:\n    zap: repo delete --yes\n' },
      ],
      ['gh zap o/r', 'allow', { '/home/me/.config/gh/config.yml': 'aliases:\n    zap: repo view\n' }],
      ['aws nuke s3://b', 'confirm', { '/home/me/.aws/cli/alias': '[toplevel]\nnuke = s3 rb --force\n' }],
      ['aws nuke s3://b', 'allow', { '/home/me/.aws/cli/alias': '[toplevel]\nnuke = s3 ls\n' }],
    ],
  ],
  [
    'environment variables',
    [
      ['terraform apply', 'confirm', {}, { TF_CLI_ARGS_apply: '-destroy -auto-approve' }],
      ['terraform plan', 'allow', {}, { TF_CLI_ARGS_plan: '-destroy' }],
      [
        'git x',
        'confirm',
        {},
        { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'alias.x', GIT_CONFIG_VALUE_0: 'push --force' },
      ],
      [
        'git x',
        'allow',
        {},
        { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'alias.x', GIT_CONFIG_VALUE_0: 'status' },
      ],
      ['git log', 'confirm', {}, { GIT_PAGER: 'rm -rf /srv/app' }],
      ['git log', 'allow', {}, { GIT_PAGER: 'less' }],
    ],
  ],
])('%s', (_of, rows) => {
  test.each(rows)('%s → %s %j %j', async (script, decision, files, env) => {
    expect(await decisionOn(script, world(files, env))).toBe(decision);
  });
});
