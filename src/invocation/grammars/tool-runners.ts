/**
 * Runners that fetch a tool, choose its version or set its environment, and run it: `uvx`, `pipx run`, `go run`,
 * `mise exec`, `nix develop -c`, `cross-env`. What they run is read as if it stood alone. May not judge.
 */

import { certain, type Word } from '../../shell/command.js';
import { type Grammar, type Inner, type OptionTable, type Style, styles } from '../grammar.js';
import { type Invocation, isOn, lastValue } from '../invocation.js';
import { leadingAssignments } from '../prefix.js';
import { uvxOptions } from './uv/options.js';

/** Options end where the inner command begins. */
const ending: Style = { ...styles.clap, permute: false };

/** What distinguishes one of them from the next. */
interface Runner {
  readonly tool: string;
  readonly names?: readonly string[];
  readonly source: string;
  /** The subcommands that run a command; absent where the tool itself does. */
  readonly verbs?: readonly string[];
  readonly options: OptionTable;
  /** The words of the inner command, out of the operands. */
  readonly words?: (operands: readonly Word[], beforeDashes: number) => readonly Word[];
}

/** `alembic@1.13`, `npm:prisma@5`, `github.com/pressly/goose/v3/cmd/goose@latest` → the program's name. */
function programOf(spec: string): string {
  const name = spec.replace(/^(npm|jsr|pypi):/, '').replace(/(.)[@=<>~!].*$/s, '$1');
  const parts = name.split('/').filter(part => !/^v\d+$/.test(part));
  return parts.at(-1) ?? name;
}

const fetched = ([spec, ...rest]: readonly Word[]): readonly Word[] =>
  spec ? [spec.certain ? certain(programOf(spec.text)) : spec, ...rest] : [];
/** `mise exec node@20 -- npm test`: what stands in front are tools and their versions. */
const behindDashes = (operands: readonly Word[], beforeDashes: number): readonly Word[] => {
  const at = operands.findIndex(word => word.text === '--');
  return operands.slice(at < 0 ? beforeDashes : at + 1);
};
const behindName = (operands: readonly Word[]): readonly Word[] => operands.slice(1);

const CONDA = `
  -n, --name <environment>
  -p, --prefix <path>
      --cwd <dir>
      --no-capture-output
      --live-stream
      --attach <streams>
  -e, --env <assignment>
  -v, --verbose
  -h, --help
`;
const GO_RUN = `
      --a
      --n
      --race
      --v
      --x
      --work
      --exec <program>
      --C <dir>
      --ldflags <flags>
      --gcflags <flags>
      --mod <mode>
      --modfile <file>
      --tags <tags>
      --trimpath
`;

const runners: readonly Runner[] = [
  { tool: 'uvx', source: 'uvx --help, uv 0.13', options: uvxOptions, words: fetched },
  {
    tool: 'pipx',
    source: 'pipx run --help, 1.7',
    verbs: ['run'],
    options:
      '--no-cache\n--path\n--pypackages\n--spec <package>\n--python <python>\n--pip-args <args>\n--with <package>\n-i, --index-url <url>\n--verbose\n-q, --quiet\n-h, --help',
    words: fetched,
  },
  {
    tool: 'go',
    source: 'go help run, go help tool',
    verbs: ['run', 'tool'],
    options: GO_RUN,
    words: fetched,
  },
  {
    tool: 'conda',
    names: ['mamba', 'micromamba'],
    source: 'docs.conda.io: conda run',
    verbs: ['run'],
    options: CONDA,
  },
  {
    tool: 'mise',
    names: ['rtx'],
    source: 'mise.jdx.dev/cli/exec.html',
    verbs: ['exec', 'x'],
    options:
      '-C, --cd <dir>\n-c, --command <script>\n-j, --jobs <n>\n--raw\n-q, --quiet\n-v, --verbose\n-E, --env <name>\n-h, --help',
    words: behindDashes,
  },
  { tool: 'asdf', source: 'asdf-vm.com/manage/core.html', verbs: ['exec'], options: '-h, --help' },
  {
    tool: 'rbenv',
    names: ['pyenv', 'nodenv', 'jenv', 'goenv', 'tfenv'],
    source: 'github.com/rbenv/rbenv README, rbenv exec',
    verbs: ['exec'],
    options: '-h, --help',
  },
  {
    tool: 'volta',
    source: 'docs.volta.sh/reference/run',
    verbs: ['run'],
    options:
      '--node <version>\n--npm <version>\n--yarn <version>\n--no-yarn\n--bundled-npm\n--env <assignment>\n-h, --help',
  },
  { tool: 'direnv', source: 'direnv(1), exec', verbs: ['exec'], options: '', words: behindName },
  {
    tool: 'nix',
    source: 'nix3-run(1), nix3-develop(1), nix3-shell(1)',
    verbs: ['run', 'develop', 'shell'],
    options:
      '-c, --command <program>\n--impure\n--offline\n--refresh\n--expr <expr>\n-f, --file <file>\n--accept-flake-config\n-i, --ignore-environment\n-k, --keep <name>\n--help',
  },
  {
    tool: 'nix-shell',
    source: 'nix-shell(1)',
    options:
      '--run <script>\n--command <script>\n-p, --packages\n--pure\n-A, --attr <path>\n-I <path>\n--arg <name>\n-i <interpreter>\n--help',
    words: () => [],
  },
  {
    tool: 'devbox',
    source: 'jetify.com/docs/devbox/cli_reference/devbox_run',
    verbs: ['run'],
    options:
      '-c, --config <path>\n-e, --env <assignment>\n--env-file <file>\n--pure\n-q, --quiet\n-h, --help',
  },
  {
    tool: 'saml2aws',
    source: 'github.com/Versent/saml2aws README, exec',
    verbs: ['exec'],
    options:
      '-a, --idp-account <name>\n-p, --profile <profile>\n--exec-profile <profile>\n--role <role>\n--skip-prompt',
  },
  {
    tool: 'aws-okta',
    source: 'github.com/segmentio/aws-okta README',
    verbs: ['exec'],
    options: '-d, --debug\n-a, --assume-role-ttl <duration>\n-t, --session-ttl <duration>',
    words: behindName,
  },
  { tool: 'cross-env', source: 'github.com/kentcdodds/cross-env README', options: '' },
  {
    tool: 'env-cmd',
    source: 'github.com/toddbluhm/env-cmd README',
    options:
      '-f, --file <path>\n-e, --environments <names>\n-r, --rc-file <path>\n-x, --expand-envs\n--fallback\n--no-override\n--silent\n--use-shell\n--verbose\n-h, --help\n-v, --version',
  },
];

export const toolRunners: readonly Grammar[] = runners.map(runner => {
  const { tool, names, source, verbs, options } = runner;
  // Go's flags take one dash.
  const style =
    tool === 'go' ? { ...styles.goflag, permute: false } : tool === 'nix-shell' ? styles.clap : ending;
  return {
    tool,
    ...(names && { names }),
    source,
    style: verbs ? styles.clap : style,
    options: verbs ? '' : options,
    ...(verbs && { subcommands: Object.fromEntries(verbs.map(verb => [verb, { options, style }])) }),
    // Builds call it all the time.
    ...(tool === 'go' && {
      plain:
        'build, clean, doc, env, fmt, get, install, list, mod, test, version, vet : -exec*, -toolexec*, -vettool*',
    }),
    unwrap: invocation => ({ inner: innerOf(invocation, runner) }),
  } satisfies Grammar;
});

function innerOf(invocation: Invocation, runner: Runner): readonly Inner[] {
  const verb = invocation.subcommand[0];
  if ((runner.verbs && !verb) || isOn(invocation, '--help')) return [];
  const via = verb ? `${runner.tool} ${verb}` : runner.tool;
  if (runner.tool === 'nix') return nixInner(invocation, via);
  const script = lastValue(invocation, '--command', '--run');
  if (script) return [{ via, script }];
  const words = runner.words?.(invocation.operands, invocation.operandsBeforeDashes) ?? invocation.operands;
  const { assignments, rest } = leadingAssignments(words[0]?.text === '--' ? words.slice(1) : words);
  return rest.length === 0 ? [] : [{ via, words: rest, environment: assignments }];
}

/** `nix run nixpkgs#terraform -- destroy`; `nix develop [installable] -c cmd args`. */
function nixInner({ argv, subcommand, operands }: Invocation, via: string): readonly Inner[] {
  if (subcommand[0] !== 'run') {
    const at = argv.findIndex(word => word.text === '-c' || word.text === '--command');
    return at < 0 || at === argv.length - 1 ? [] : [{ via, words: argv.slice(at + 1) }];
  }
  const [flake, ...rest] = operands;
  const name = flake?.certain ? flake.text.split('#')[1]?.split('.').at(-1) : undefined;
  const words = rest[0]?.text === '--' ? rest.slice(1) : rest;
  return name ? [{ via, words: [certain(name), ...words] }] : [];
}
