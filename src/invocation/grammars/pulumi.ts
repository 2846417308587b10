/** Pulumi's commands and options. May not judge. */

import { type Grammar, styles } from '../grammar.js';
import { localCommand } from './hosted/inner.js';

const running = `
      --config-file <file>
  -c, --config <assignment>
      --config-path
      --continue-on-error
  -d, --debug
      --diff
  -x, --exclude <urn>
      --exclude-dependents
      --exclude-protected
      --expect-no-changes
  -j, --json
  -m, --message <text>
      --neo
  -p, --parallel <n>
      --policy-pack <path>
      --policy-pack-config <file>
      --preview-only
  -r, --refresh[=<when>]
      --remove
      --replace <urn>
      --run-program
      --show-config
      --show-full-output
      --show-reads
      --show-replacement-steps
      --show-sames
      --show-secrets
  -f, --skip-preview
  -s, --stack <name>
      --suppress-outputs
      --suppress-permalink[=<when>]
      --suppress-progress
  -t, --target <urn>
      --target-dependents
      --target-replace <urn>
  -y, --yes
      --plan <file>
`;

const managing = `
      --all
      --force
      --preserve-config
      --remove-backups
  -s, --stack <name>
      --target-dependents
  -y, --yes
      --file <file>
`;

const ON_STACK = '  -s, --stack <name>\n';

const REMOVING = ['remove', 'delete'];

export const pulumi: Grammar = {
  tool: 'pulumi',
  source: 'pulumi.com/docs/iac/cli/commands (3.200); pulumi/pulumi pkg/cmd/pulumi (3.276)',
  style: styles.cobra,
  options: `
      --color <when>
  -C, --cwd <directory>
      --disable-integrity-checking
  -e, --emoji
  -Q, --fully-qualify-stack-names
      --logflow
      --logtostderr
      --memprofilerate <n>
      --non-interactive
      --profiling <file>
      --tracing <endpoint>
  -v, --verbose <n>
  -h, --help
`,
  subcommands: {
    destroy: { aliases: ['down', 'dn'], options: running },
    up: { aliases: ['update'], options: running },
    preview: { aliases: ['pre'], options: running },
    refresh: { options: running },
    cancel: { options: managing },
    stack: {
      options: ON_STACK,
      subcommands: {
        rm: { aliases: REMOVING, options: managing },
        import: { options: managing },
        schedule: { options: ON_STACK, subcommands: { rm: { aliases: REMOVING } } },
        webhook: { options: ON_STACK, subcommands: { rm: { aliases: REMOVING } } },
        ls: {},
        output: { options: managing },
        export: { options: managing },
      },
    },
    state: {
      subcommands: {
        delete: { aliases: ['remove', 'rm'], options: managing },
        edit: { options: managing },
        move: { aliases: ['mv'], options: `${managing}      --source <name>\n      --dest <name>\n` },
        rename: { options: managing },
        taint: { options: managing },
        repair: { options: managing },
        unprotect: { options: managing },
      },
    },
    config: {
      options:
        '  -s, --stack <name>\n      --config-file <file>\n      --path\n      --show-secrets\n  -j, --json\n',
      subcommands: {
        rm: { aliases: REMOVING },
        'rm-all': { aliases: ['remove-all', 'delete-all'] },
        set: {},
        get: {},
        env: { options: ON_STACK, subcommands: { rm: { aliases: REMOVING, options: managing } } },
      },
    },
    deployment: {
      options: ON_STACK,
      subcommands: { settings: { subcommands: { destroy: { aliases: ['down', 'dn', 'clear'] } } }, run: {} },
    },
    policy: {
      subcommands: {
        rm: { aliases: REMOVING },
        disable: { options: '      --policy-group <name>\n      --version <version>\n' },
      },
    },
    api: {
      options: `
  -X, --method <method>
  -F, --field <field>
  -f, --raw-field <field>
  -H, --header <header>
      --input <file>
      --body <text>
      --output <format>
      --dry-run
`,
    },
    do: { options: '      --dry-run\n      --stateless\n      --show-secrets\n      --output <format>\n' },
    env: {
      subcommands: {
        rm: { aliases: ['remove'], options: managing },
        run: {
          options: '  -i, --interactive\n  -f, --file <file>\n',
          style: { ...styles.cobra, permute: false },
        },
      },
    },
  }, // `pulumi env run ENVIRONMENT [--] COMMAND`
  unwrap({ subcommand, operands }) {
    const isRun = subcommand.join(' ') === 'env run';
    const rest = operands.slice(operands[1]?.text === '--' ? 2 : 1);
    return { inner: isRun ? localCommand(rest, 'pulumi env run') : [] };
  },
};
