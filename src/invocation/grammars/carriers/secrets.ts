/** The carriers that put secrets into the environment of the command. Only tables; may not judge. */

import type { Carrier } from './carrier.js';

const SOPS = `
      --config <path>
      --user <user>
      --input-type <type>
      --output-type <type>
      --keyservice <address>
      --decryption-order <methods>
`;
const NAMED_RUN =
  '--env <name>\n--app <name>\n--app-id <id>\n--path <path>\n--tags <tags>\n--config <file>\n-c <file>\n';

export const secretCarriers: readonly Carrier[] = [
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
];
