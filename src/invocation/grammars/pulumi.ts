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

export const pulumi: Grammar = {
  tool: 'pulumi',
  source: 'pulumi.com/docs/iac/cli/commands (3.200)',
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
      options: '  -s, --stack <name>\n',
      subcommands: {
        rm: { aliases: ['remove'], options: managing },
        import: { options: managing },
        ls: {},
        output: { options: managing },
        export: { options: managing },
      },
    },
    state: {
      subcommands: {
        delete: { aliases: ['remove', 'rm'], options: managing },
        move: { options: managing },
        repair: { options: managing },
        unprotect: { options: managing },
      },
    },
    config: {
      options:
        '  -s, --stack <name>\n      --config-file <file>\n      --path\n      --show-secrets\n  -j, --json\n',
      subcommands: { rm: {}, 'rm-all': {}, set: {}, get: {} },
    },
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
