/** The tools that carry somebody else's command, with the options in front of it. Only tables; may not judge. */

import type { Carrier } from './carrier.js';
import { secretCarriers } from './secrets.js';

const BORG = `
      --lock-wait <seconds>
      --umask <mode>
      --remote-path <path>
      --remote-ratelimit <rate>
      --upload-ratelimit <rate>
      --remote-buffer <size>
      --upload-buffer <size>
      --debug-topic <topic>
      --debug-profile <file>
      --rsh <command>
`;
const CONSUL_HTTP = `
      --http-addr <address>
      --token <secret>
      --token-file <file>
      --ca-file <file>
      --ca-path <path>
      --client-cert <file>
      --client-key <file>
      --tls-server-name <name>
      --datacenter <name>
`;
const NOMAD_EXEC = `
      --address <address>
      --region <region>
      --namespace <name>
      --token <secret>
      --ca-cert <file>
      --ca-path <path>
      --client-cert <file>
      --client-key <file>
      --task <task>
      --i
      --t
      --job
  -e <character>
`;
const JUJU = `
  -m, --model <model>
  -B, --no-browser-login
      --unit <units>
  -u <units>
      --application, --app <applications>
  -a <applications>
      --machine <machines>
      --all
      --format <format>
  -o, --output <file>
      --timeout <duration>
      --wait <duration>
      --execution-group <group>
      --container <name>
`;
const TERRAGRUNT_VALUES =
  'auth-provider-cmd config download-dir engine-cache-path engine-log-level feature filter filters-file iam-assume-role iam-assume-role-duration iam-assume-role-session-name iam-assume-role-web-identity-token log-custom-format log-format log-level parallelism provider-cache-dir provider-cache-hostname provider-cache-port provider-cache-registry-names provider-cache-token queue-exclude-dir queue-excludes-file queue-include-dir queue-include-units-reading report-file report-format report-schema-file source source-map tf-path units-that-include working-dir terragrunt-config terragrunt-download-dir terragrunt-exclude-dir terragrunt-iam-assume-role-duration terragrunt-iam-role terragrunt-include-dir terragrunt-log-level terragrunt-modules-that-include terragrunt-parallelism terragrunt-source terragrunt-source-map terragrunt-tfpath terragrunt-working-dir';
const TERRAGRUNT = `--all\n--graph\n--non-interactive\n--no-color\n-h, --help\n-v, --version\n${TERRAGRUNT_VALUES.replace(/(\S+) ?/g, '--$1 <value>\n')}`;

export const carriers: readonly Carrier[] = [
  ...secretCarriers,
  {
    tool: 'borg',
    source: 'borg with-lock --help, borg 1.2.4',
    carries: [{ verb: 'with-lock', options: BORG, skip: 1 }],
  },
  {
    tool: 'consul',
    source: 'developer.hashicorp.com/consul/commands/lock and …/exec',
    singleDash: true,
    carries: [
      {
        verb: 'lock',
        options: `${CONSUL_HTTP}--n <n>\n--name <name>\n--timeout <duration>\n--monitor-retry <n>\n`,
        skip: 1,
      },
      {
        verb: 'exec',
        options: `${CONSUL_HTTP}--node <regexp>\n--service <regexp>\n--tag <regexp>\n--prefix <key>\n--wait <duration>\n--wait-repl <duration>\n`,
        there: true,
      },
    ],
  },
  {
    tool: 'nomad',
    source: 'developer.hashicorp.com/nomad/commands/alloc/exec',
    singleDash: true,
    carries: [
      { verb: 'alloc exec', options: NOMAD_EXEC, skip: 1, there: true },
      { verb: 'exec', options: NOMAD_EXEC, skip: 1, there: true },
    ],
  },
  {
    tool: 'juju',
    source: 'documentation.ubuntu.com/juju: juju exec, juju ssh; `juju run` of 2.9',
    carries: [
      { verb: 'exec', options: JUJU, there: true },
      { verb: 'run', options: JUJU, there: true },
      { verb: 'ssh', options: JUJU, skip: 1, there: true },
    ],
  },
  {
    tool: 'knife',
    source: 'docs.chef.io/workstation/knife_ssh',
    carries: [
      {
        verb: 'ssh',
        options:
          '-a, --attribute <name>\n-C, --concurrency <n>\n-c, --config <file>\n-E, --environment <name>\n-i, --ssh-identity-file <file>\n-P, --ssh-password <secret>\n-p, --ssh-port <port>\n-x, --ssh-user <user>\n-u, --user <user>\n-k, --key <file>\n-m, --manual-list\n-G, --ssh-gateway <host>\n',
        skip: 1,
        there: true,
      },
    ],
  },
  {
    tool: 'bosh',
    source: 'bosh.io/docs/cli-v2/#ssh',
    carries: [
      {
        verb: 'ssh',
        options:
          '-c, --command <line>\n-d, --deployment <name>\n-e, --environment <name>\n--opts <options>\n--gw-host <host>\n--gw-user <user>\n--gw-private-key <file>\n',
        option: '--command',
        there: true,
      },
    ],
  },
  {
    tool: 'nixops',
    source: 'nixops manual: nixops ssh MACHINE COMMAND, nixops ssh-for-each COMMAND',
    carries: [
      { verb: 'ssh', options: '-d, --deployment <name>\n-s, --state <file>\n', skip: 1, there: true },
      { verb: 'ssh-for-each', options: '-d, --deployment <name>\n-s, --state <file>\n', there: true },
    ],
  },
  {
    tool: 'buildah',
    source: 'buildah-unshare(1), buildah-run(1), 1.28',
    carries: [
      { verb: 'unshare', options: '-m, --mount <spec>\n' },
      {
        verb: 'run',
        options:
          '-v, --volume <spec>\n--mount <spec>\n-u, --user <user>\n--workingdir <path>\n-e, --env <pair>\n--network <mode>\n--runtime <path>\n--cap-add <name>\n--cap-drop <name>\n--hostname <name>\n--isolation <kind>\n',
        skip: 1,
        there: true,
      },
    ],
  },
  {
    tool: 'terragrunt',
    source:
      'terragrunt.gruntwork.io/docs/reference/cli (commands/exec, commands/run); the flags before 0.73, as specified by fig',
    options: TERRAGRUNT,
    carries: [
      {
        verb: 'exec',
        options: '--working-dir <path>\n--config <file>\n--download-dir <path>\n--log-level <level>\n',
      },
    ],
  },
  ...['restic', 'rclone'].map(
    (tool): Carrier => ({
      tool,
      source: `${tool} --help: the password is what --password-command prints`,
      carries: [{ verb: '', options: '--password-command <command>\n', option: '--password-command' }],
    }),
  ),
];
