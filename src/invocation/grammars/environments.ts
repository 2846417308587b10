/**
 * Version managers and environments that run a command with their settings: `mise exec --`, `pyenv exec`, `conda run`,
 * `direnv exec`, `nix-shell --run`. They have no shims: what they run by name has its own. May not judge.
 */

import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { codeInWord } from '../code.js';
import { type CommandGrammar, type Grammar, type OptionTable, type Style, styles } from '../grammar.js';
import { type Invocation, lastValue } from '../invocation.js';
import { leadingAssignments, prefixRunner } from '../prefix.js';
import { combine } from './shells.js';

const ending: Style = { ...styles.clap, permute: false };

/** A tool whose subcommands run the words after `skip` operands, or after `--`, or the script of `--command`. */
function environment(
  tool: string,
  source: string,
  verbs: readonly string[],
  options: OptionTable,
  skip = 0,
  names: readonly string[] = [],
): Grammar {
  const verb: CommandGrammar = { style: ending, options };
  return {
    tool,
    names,
    source,
    shim: false,
    style: styles.clap,
    subcommands: Object.fromEntries(verbs.map(name => [name, verb])),
    unwrap(invocation, world) {
      const via = `${tool} ${invocation.subcommand[0] ?? ''}`;
      if (!verbs.includes(invocation.subcommand[0] ?? '')) return { inner: [] };
      return commandOf(invocation, via, skip, world);
    },
  };
}

/** `mise exec node@20 -c 'npm test'`: behind tools, options are still mise's own. */
const COMMAND = /^(-c|--command)$/;

function commandOf(invocation: Invocation, via: string, skip: number, world: World) {
  const script = lastValue(invocation, '--command', '--run');
  if (script) return codeInWord(script, { via, openEnded: false }, world);
  const { operands, argv } = invocation;
  const dashes = argv.findIndex(word => word.text === '--' && word.certain);
  const first = operands[skip] ? argv.indexOf(operands[skip]) : -1;
  // `mise exec node@20 -- CMD`; dashes behind the command are its own.
  const isTool = first >= 0 && /@/.test(argv[first]!.text);
  const scriptAt =
    isTool && dashes < 0 ? argv.findIndex(({ text }, at) => at > first && COMMAND.test(text)) : -1;
  const behind = scriptAt < 0 ? undefined : argv[scriptAt + 1];
  if (behind) return codeInWord(behind, { via, openEnded: false }, world);
  const words =
    dashes > 0 && (isTool || dashes < first || first < 0) ? argv.slice(dashes + 1) : operands.slice(skip);
  const [only] = words;
  // `lerna exec 'rm -rf lib'`
  if (only && words.length === 1 && /\s/.test(only.text))
    return codeInWord(only, { via, openEnded: false }, world);
  return { inner: words.length === 0 ? [] : [{ via, words }] };
}

const nixShell: Grammar = {
  tool: 'nix-shell',
  source: 'nix-shell(1), 2.18: --run and --command take a script',
  shim: false,
  style: { ...styles.clap, bundle: false },
  options: `
      --run <script>
      --command <script>
  -p, --packages
  -i <interpreter>
  -I <path>
  -A, --attr <attr>
  -E, --expr
      --arg <name>
      --argstr <name>
      --keep <name>
      --option <name>
      --pure
`,
  unwrap(invocation, world) {
    const script = lastValue(invocation, '--run', '--command');
    return script ? codeInWord(script, { via: 'nix-shell --run', openEnded: false }, world) : { inner: [] };
  },
};

/** Of the options with two values the second is read as an operand; only an installable has a `#`. */
const NIX = `
      --extra-experimental-features <names>
      --experimental-features <names>
      --option <name>
      --arg <name>
      --argstr <name>
      --inputs-from <flake>
      --override-input <path>
      --override-flake <flake>
      --update-input <path>
      --expr <expression>
  -f, --file <file>
  -I, --include <path>
  -k, --keep-env-var <name>
      --keep <name>
  -s, --set-env-var <name>
  -u, --unset-env-var <name>
      --unset <name>
      --profile <path>
      --phase <name>
      --redirect <installable>
  -j, --max-jobs <n>
      --log-format <format>
      --impure
      --offline
      --refresh
`;
const nixVerb: CommandGrammar = { style: { ...ending, bundle: false }, options: NIX };

/** `nix develop -c CMD…` takes all that follows; `nix run PKG ARGS…` runs the package's program, named like it. */
const nix: Grammar = {
  tool: 'nix',
  source: 'nix.dev/manual/nix/2.28: nix3-develop, nix3-env-shell, nix3-run, nix3-shell',
  shim: false,
  style: { ...styles.clap, bundle: false },
  options: NIX,
  subcommands: {
    run: nixVerb,
    develop: nixVerb,
    shell: nixVerb,
    env: { subcommands: { shell: nixVerb } },
  },
  unwrap({ argv, subcommand, operands }) {
    const [verb] = subcommand;
    if (verb === undefined) return { inner: [] };
    const via = `nix ${verb}`;
    if (verb !== 'run') {
      const words = argv.slice(argv.findIndex(word => /^(-c|--command)$/.test(word.text)) + 1);
      return { inner: words.length === 0 || words.length === argv.length ? [] : [{ via, words }] };
    }
    const at = operands.findIndex(word => word.text.includes('#'));
    const name = operands[at]?.text.replace(/\^.*$/, '').split(/[#.]/).at(-1);
    const rest = operands.slice(at + 1);
    const words = rest[0]?.text === '--' ? rest.slice(1) : rest;
    return { inner: name ? [{ via, words: [certain(name), ...words] }] : [] };
  },
};

/** Every operand is a command line of its own. */
const concurrently: Grammar = {
  tool: 'concurrently',
  source: 'github.com/open-cli-tools/concurrently README, 9.1',
  shim: false,
  style: styles.yargs,
  options:
    '-n, --names <names>\n-c, --prefix-colors <colors>\n-p, --prefix <prefix>\n-l, --prefix-length <n>\n-t, --timestamp-format <format>\n-m, --max-processes <n>\n-s, --success <condition>\n--restart-tries <n>\n--restart-after <ms>\n--hide <names>\n--default-input-target <name>\n--name-separator <text>\n-k, --kill-others\n-r, --raw\n-i, --handle-input\n-P, --passthrough-arguments',
  unwrap(invocation, world) {
    return combine(
      invocation.operands.map(word => codeInWord(word, { via: 'concurrently', openEnded: false }, world)),
    );
  },
};

const assigned = (words: readonly Word[], via: string) => {
  const { assignments, rest } = leadingAssignments(words);
  return { inner: rest.length === 0 ? [] : [{ via, words: rest, environment: assignments }] };
};

const crossEnv: Grammar = {
  tool: 'cross-env',
  names: ['cross-env-shell', 'env-cmd'],
  source: 'github.com/kentcdodds/cross-env README, 7.0; github.com/toddbluhm/env-cmd README, 10.1',
  shim: false,
  style: ending,
  options: `
  -f, --file <path>
  -e, --environments <names>
  -r, --rc-file <path>
  -x, --expand-envs
      --fallback
      --no-override
      --silent
      --use-shell
      --recursive
      --verbose
`,
  unwrap: invocation => assigned(invocation.operands, invocation.tool),
};

export const environments: readonly Grammar[] = [
  nixShell,
  nix,
  concurrently,
  crossEnv,
  environment('direnv', 'direnv help, 2.32.1: exec DIR COMMAND [...ARGS]', ['exec'], '', 1),
  environment(
    'mise',
    'mise.jdx.dev/cli/exec.html',
    ['exec', 'x'],
    '-c, --command <script>\n-j, --jobs <n>\n--raw\n-C, --cd <dir>\n-E, --env <name>\n-q, --quiet\n-v, --verbose\n-y, --yes',
    0,
    ['rtx'],
  ),
  environment('asdf', 'asdf-vm.com/manage/commands.html', ['exec'], ''),
  environment('pyenv', 'github.com/pyenv/pyenv COMMANDS.md', ['exec'], '', 0, [
    'rbenv',
    'nodenv',
    'goenv',
    'jenv',
    'plenv',
    'phpenv',
    'tfenv',
  ]),
  environment(
    'conda',
    'docs.conda.io/projects/conda/en/stable/commands/run.html, 24.9',
    ['run'],
    '-n, --name <env>\n-p, --prefix <path>\n--cwd <dir>\n-e, --env <assignment>\n-a, --attach <streams>\n-v, --verbose\n--dev\n--no-capture-output\n--live-stream',
    0,
    ['mamba', 'micromamba'],
  ),
  environment(
    'devbox',
    'jetify.com/docs/devbox/cli_reference/devbox_run',
    ['run'],
    '-c, --config <path>\n-e, --env <assignment>\n--env-file <path>\n--environment <name>\n--pure\n-q, --quiet',
  ),
  environment(
    'lerna',
    'lerna.js.org/docs/api-reference/commands: exec',
    ['exec'],
    '--scope <glob>\n--ignore <glob>\n--concurrency <n>\n--since <ref>\n--stream\n--parallel\n--no-bail',
  ),
  environment(
    'nx',
    'nx.dev/nx-api/nx/documents/exec',
    ['exec'],
    '-p, --projects <names>\n-t, --targets <names>',
  ),
  environment(
    'foreman',
    'ddollar.github.io/foreman: run',
    ['run'],
    '-e, --env <file>\n-d, --root <dir>\n-f, --procfile <file>',
  ),
  prefixRunner({ tool: 'envchain', source: 'github.com/sorah/envchain README', skip: 1, shim: false }),
];
