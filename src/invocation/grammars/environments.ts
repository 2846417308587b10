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

function commandOf(invocation: Invocation, via: string, skip: number, world: World) {
  const script = lastValue(invocation, '--command', '--run');
  if (script) return codeInWord(script, { via, openEnded: false }, world);
  const { operands, argv } = invocation;
  const dashes = argv.findIndex(word => word.text === '--' && word.certain);
  const first = operands[skip] ? argv.indexOf(operands[skip]) : -1;
  // `mise exec node@20 -- CMD`; dashes behind the command are its own.
  const isTool = first >= 0 && /@/.test(argv[first]!.text);
  const words =
    dashes > 0 && (isTool || dashes < first || first < 0) ? argv.slice(dashes + 1) : operands.slice(skip);
  const [only] = words;
  // `lerna exec 'rm -rf lib'`
  if (only && words.length === 1 && /\s/.test(only.text))
    return codeInWord(only, { via, openEnded: false }, world);
  return { inner: words.length === 0 ? [] : [{ via, words }] };
}

const NIX_SHELL: OptionTable =
  '--run <script>\n--command <script>\n-p, --packages\n-i <interpreter>\n-I <path>\n-A, --attr <attr>\n-E, --expr\n--arg <name>\n--argstr <name>\n--keep <name>\n--option <name>\n--pure';

const nixShell: Grammar = {
  tool: 'nix-shell',
  source: 'nix-shell(1), 2.18: --run and --command take a script',
  shim: false,
  style: { ...styles.clap, bundle: false },
  options: NIX_SHELL,
  unwrap(invocation, world) {
    const script = lastValue(invocation, '--run', '--command');
    return script ? codeInWord(script, { via: 'nix-shell --run', openEnded: false }, world) : { inner: [] };
  },
};

/** `nix develop -c CMD…` takes all that follows; `nix run PKG -- ARGS` runs the package's program, named like it. */
const nix: Grammar = {
  tool: 'nix',
  source: 'nix.dev/manual/nix/2.18: nix3-develop, nix3-shell, nix3-run',
  shim: false,
  style: { ...styles.clap, bundle: false },
  unwrap({ argv }) {
    const verb = argv[1]?.text;
    if (verb === 'develop' || verb === 'shell' || verb === 'env') {
      const at = argv.findIndex(word => /^(-c|--command)$/.test(word.text));
      return {
        inner: at > 0 && argv.length > at + 1 ? [{ via: `nix ${verb}`, words: argv.slice(at + 1) }] : [],
      };
    }
    const dashes = argv.findIndex(word => word.text === '--');
    const name = /#([\w.-]*\.)?([\w-]+)$/.exec(argv[2]?.text ?? '')?.[2];
    if (verb !== 'run' || dashes < 0 || name === undefined) return { inner: [] };
    return { inner: [{ via: 'nix run', words: [certain(name), ...argv.slice(dashes + 1)] }] };
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
  options: '-f, --file <path>\n-e, --environments <names>\n-r, --rc-file <path>',
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
    '-c, --command <script>\n-j, --jobs <n>\n--raw\n-C, --cd <dir>\n-y, --yes',
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
  ]),
  environment(
    'conda',
    'docs.conda.io/projects/conda/en/stable/commands/run.html, 24.9',
    ['run'],
    '-n, --name <env>\n-p, --prefix <path>\n--cwd <dir>\n-v, --verbose\n--dev\n--no-capture-output\n--live-stream',
    0,
    ['mamba', 'micromamba'],
  ),
  environment(
    'devbox',
    'jetify.com/docs/devbox/cli_reference/devbox_run',
    ['run'],
    '-c, --config <path>\n-e, --env <assignment>\n--env-file <path>\n--environment <name>\n-q, --quiet',
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
