/** The tools that carry somebody else's command, with the options in front of it. Only tables; may not judge. */

import type { OptionTable } from '../../grammar.js';

/** One way in which a tool runs a command. */
export interface Carried {
  /** The subcommand, a word or more; empty where the tool itself runs it. */
  readonly verb: string;
  /** The verb's options; those of the tool that take a value, too. */
  readonly options?: OptionTable;
  /** Operands before the command: the host, the repository. */
  readonly skip?: number;
  /** The command is the value of this option instead. */
  readonly option?: string;
  /** It runs on another machine, of whose files nothing is known. */
  readonly there?: true;
}

export interface Carrier {
  readonly tool: string;
  readonly names?: readonly string[];
  readonly source: string;
  readonly singleDash?: true;
  readonly carries: readonly Carried[];
}

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
const SOPS = `
      --config <path>
      --user <user>
      --input-type <type>
      --output-type <type>
      --keyservice <address>
      --decryption-order <methods>
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
const NAMED_RUN =
  '--env <name>\n--app <name>\n--app-id <id>\n--path <path>\n--tags <tags>\n--config <file>\n-c <file>\n';

export const carriers: readonly Carrier[] = [
  {
    tool: 'borg',
    source: 'borg with-lock --help, borg 1.2.4',
    carries: [{ verb: 'with-lock', options: BORG, skip: 1 }],
  },
  {
    tool: 'sops',
    source:
      'github.com/getsops/sops cmd/sops/main.go, 3.11 (urfave/cli: one dash or two): exec-env and exec-file hand their last operand to sh -c',
    singleDash: true,
    carries: [
      { verb: 'exec-env', options: `${SOPS}--background\n--pristine\n--same-process\n`, skip: 1 },
      {
        verb: 'exec-file',
        options: `${SOPS}--filename <name>\n--background\n--no-fifo\n`,
        skip: 1,
      },
    ],
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
    tool: 'envconsul',
    source: 'github.com/hashicorp/envconsul cli.go',
    singleDash: true,
    carries: [
      {
        verb: '',
        options: `--config <path>\n--consul-addr <address>\n--consul-token <secret>\n--prefix <prefix>\n--secret <path>\n--vault-addr <address>\n--vault-token <secret>\n--log-level <level>\n--kill-signal <signal>\n--pid-file <file>\n--service-query <query>\n--wait <duration>\n`,
      },
      { verb: '', options: '--exec <command>\n', option: '--exec' },
    ],
  },
  {
    tool: 'summon',
    source: 'github.com/cyberark/summon README',
    carries: [
      {
        verb: '',
        options:
          '-p, --provider <name>\n-f <file>\n--yaml <text>\n-D <pair>\n-e, --environment <name>\n-i, --ignore <path>\n-I, --ignore-all\n--up\n',
      },
    ],
  },
  {
    tool: 'bws',
    source: 'bitwarden.com/help/secrets-manager-cli/#run',
    carries: [
      {
        verb: 'run',
        options:
          '--project-id <id>\n--shell <shell>\n-t, --access-token <secret>\n-f, --config-file <file>\n-p, --profile <name>\n-u, --server-url <url>\n',
      },
    ],
  },
  ...['berglas exec', 'esc run', 'phase run', 'teller run', 'secretspec run', 'fnox exec', 'varlock run'].map(
    (line): Carrier => {
      const [tool = '', verb = ''] = line.split(' ');
      const isNamed = tool === 'esc';
      return {
        tool,
        source: `the README of ${tool}: ${line} -- COMMAND`,
        carries: [{ verb, options: NAMED_RUN, ...(isNamed && { skip: 1 }) }],
      };
    },
  ),
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
    source: 'terragrunt.gruntwork.io/docs/reference/cli/commands/exec',
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
