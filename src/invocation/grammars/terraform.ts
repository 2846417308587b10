/** Terraform's and OpenTofu's commands and options. May not judge. */

import { type Grammar, styles } from '../grammar.js';

const planning = `
      --destroy
      --refresh-only
      --refresh
      --replace <address>
      --target <address>
      --target-file <file>
      --exclude <address>
      --var <assignment>
      --var-file <file>
`;

const state = `
      --backup <file>
      --backup-out <file>
      --ignore-remote-version
      --lock
      --lock-timeout <duration>
      --state <file>
      --state-out <file>
`;

const running = `${state}
      --auto-approve
      --compact-warnings
      --concise
      --deprecation <level>
      --detailed-exitcode
      --generate-config-out <file>
      --input
      --json
      --no-color
      --out <file>
      --parallelism <n>
      --show-sensitive
`;

const run = { options: `${planning}${running}` };
const stateful = {
  options: `${state}      --dry-run\n      --force\n      --allow-missing\n      --auto-approve\n`,
};

export const terraform: Grammar = {
  tool: 'terraform',
  names: ['tofu', 'opentofu', 'tf'],
  source: 'terraform 1.11 -help of each command; opentofu.org/docs/cli/commands (1.10)',
  style: styles.goflag,
  options: '      --chdir <directory>\n      --help\n      --h\n      --version\n      --v\n',
  subcommands: {
    apply: run,
    destroy: run,
    plan: run,
    refresh: run,
    import: {
      options: `${running}      --config <directory>\n      --var <assignment>\n      --var-file <file>\n`,
    },
    init: {
      options: `${running}
      --backend
      --backend-config <file>
      --force-copy
      --from-module <source>
      --get
      --lockfile <mode>
      --migrate-state
      --plugin-dir <directory>
      --reconfigure
      --test-directory <directory>
      --upgrade
`,
    },
    taint: stateful,
    untaint: stateful,
    'force-unlock': stateful,
    state: {
      subcommands: {
        rm: { ...stateful, aliases: ['remove'] },
        mv: { ...stateful, aliases: ['move'] },
        push: stateful,
        pull: {},
        list: { options: '      --id <id>\n      --state <file>\n' },
        show: { options: '      --state <file>\n' },
        'replace-provider': stateful,
      },
    },
    workspace: {
      aliases: ['env'],
      subcommands: { delete: stateful, list: {}, new: {}, select: {}, show: {} },
    },
  },
};
