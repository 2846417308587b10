/**
 * Runners of a project's own environment: `bundle exec`, `poetry run`, `uv run`, `dotenv --`. What they run is read as
 * if it stood alone; their other subcommands are read as their own. May not judge.
 */

import type { Word } from '../../shell/command.js';
import { certain } from '../../shell/command.js';
import { type CommandGrammar, type Grammar, type PlainRuns, type Style, styles } from '../grammar.js';
import type { Invocation } from '../invocation.js';
import { isOn, lastValue } from '../invocation.js';
import { leadingAssignments } from '../prefix.js';
import { PYTHON_PROGRAMS, RUBY_PROGRAMS } from './package-runners/frequent.js';
import { uvRunOptions, uvxOptions } from './uv/options.js';

const PYTHON: PlainRuns = { behind: ['run'], programs: PYTHON_PROGRAMS };

/** Options end where the inner command begins. */
const ending: Style = { ...styles.clap, permute: false };

/** A subcommand that runs the words after it, under the tools that have one. */
function runnerOf(
  tool: string,
  source: string,
  options: string,
  verbs: Readonly<Record<string, CommandGrammar>>,
  { names = [], ...plain }: Pick<Grammar, 'names' | 'plain' | 'plainRuns'>,
): Grammar {
  return {
    tool,
    names,
    ...plain,
    source,
    style: styles.clap,
    options,
    subcommands: verbs,
    unwrap(invocation) {
      const words = runWords(invocation);
      return {
        inner: words.length === 0 ? [] : [{ via: `${tool} ${invocation.subcommand.join(' ')}`, words }],
      };
    },
  };
}

/** The inner command: the operands, a module of `-m` in front where the runner takes one. */
function runWords(invocation: Invocation): readonly Word[] {
  if (invocation.subcommand.length === 0 || isOn(invocation, '--help')) return [];
  const { operands } = invocation;
  const last = invocation.subcommand.at(-1);
  if (last !== 'run' && last !== 'exec') return [];
  const module = lastValue(invocation, '--module');
  if (module) return [certain('python'), certain('-m'), module, ...operands];
  const first = operands[0];
  // `uv run -` reads the program from its input.
  const isPython =
    first?.certain && (/\.py$/.test(first.text) || (invocation.tool === 'uv' && first.text === '-'));
  if (isPython || isOn(invocation, '--script')) return [certain('python'), ...operands];
  return operands;
}

const bundle = runnerOf(
  'bundle',
  'bundler.io/man/bundle-exec.1.html',
  '-r, --retry <n>\n--no-color\n-V, --verbose\n-h, --help',
  { exec: { style: ending, options: '--keep-file-descriptors\n--gemfile <file>', aliases: ['e'] } },
  {
    names: ['bundler'],
    plain: 'add, check, clean, config, doctor, info, install, list, lock, outdated, show, update, version',
    plainRuns: { behind: ['exec'], programs: RUBY_PROGRAMS },
  },
);

const poetry = runnerOf(
  'poetry',
  'python-poetry.org/docs/cli: global options and run',
  '-h, --help\n-q, --quiet\n-V, --version\n--ansi\n--no-ansi\n-n, --no-interaction\n--no-plugins\n--no-cache\n-P, --project <dir>\n-C, --directory <dir>\n-v, --verbose',
  { run: { style: ending } },
  {
    plain:
      'add, build, check, config, env, export, init, install, lock, new, remove, search, show, sync, update, version',
    plainRuns: PYTHON,
  },
);

const uv = runnerOf(
  'uv',
  'uv --help and uv run --help, 0.13',
  '-q, --quiet\n-v, --verbose\n--directory <dir>\n--project <dir>\n--config-file <file>\n--no-config\n--no-cache\n--cache-dir <dir>\n--offline\n--color <when>\n-h, --help',
  {
    run: { style: ending, options: uvRunOptions },
    tool: { subcommands: { run: { style: ending, options: `${uvRunOptions}${uvxOptions}` } } },
  },
  {
    plain: 'add, build, cache, export, format, init, lock, pip, python, remove, sync, tree, venv, version',
    plainRuns: PYTHON,
  },
);

const pipenv = runnerOf(
  'pipenv',
  'pipenv.pypa.io/en/latest/commands.html',
  '-h, --help\n-q, --quiet\n-v, --verbose\n--python <python>\n--pypi-mirror <url>\n--clear',
  { run: { style: ending } },
  { plain: 'check, clean, graph, install, lock, sync, uninstall, update, verify', plainRuns: PYTHON },
);

const pdm = runnerOf(
  'pdm',
  'pdm-project.org/en/latest/reference/cli: run',
  '-h, --help\n-q, --quiet\n-v, --verbose\n-c, --config <file>\n-I, --ignore-python',
  {
    run: {
      style: ending,
      options:
        '-s, --site-packages\n-p, --project <dir>\n-g, --global\n-l, --list\n-j, --json\n--venv <name>\n--recreate',
    },
  },
  { plain: 'add, build, info, init, install, list, lock, remove, sync, update', plainRuns: PYTHON },
);

const hatch = runnerOf(
  'hatch',
  'hatch.pypa.io/latest/cli/reference: run',
  '-h, --help\n-e, --env <env>\n-p, --project <project>\n-v, --verbose\n-q, --quiet',
  { run: { style: ending } },
  { plain: 'build, new, version', plainRuns: PYTHON },
);

const rye = runnerOf(
  'rye',
  'rye.astral.sh/guide/commands/run',
  '-h, --help',
  { run: { style: ending, options: '--pyproject <file>' } },
  { plain: 'add, build, fetch, init, list, lock, pin, remove, show, sync, version', plainRuns: PYTHON },
);

/** `dotenv [-e file] [-v a=b] [--] command`: dotenv-cli of npm, and `dotenv -f file run -- command` of python-dotenv. */
const dotenv: Grammar = {
  tool: 'dotenv',
  names: ['dotenvx'],
  source:
    'github.com/entropitor/dotenv-cli README; github.com/theskumar/python-dotenv cli.py; dotenvx.com/docs',
  style: ending,
  options: `
  -e <path>
  -f, --file <path>
  -v <variable>
  -p <variable>
  -c[=<environment>]
  -o, --override
  -q, --quote <mode>
      --export
      --debug
      --version
  -h, --help
`,
  unwrap(invocation) {
    const runs = invocation.operands[0]?.text === 'run';
    const after = runs ? invocation.operands.slice(1) : invocation.operands;
    // `dotenvx run -f .env.prod -- npm start`: its own options may have values.
    const rest = after.slice(
      runs
        ? Math.max(
            0,
            after.findIndex(word => word.text === '--'),
          )
        : 0,
    );
    const start = rest.findIndex(word => !word.certain || !word.text.startsWith('-') || word.text === '--');
    const words = start < 0 ? [] : rest.slice(rest[start]?.text === '--' ? start + 1 : start);
    const { assignments, rest: command } = leadingAssignments(words);
    if (
      command.length === 0 ||
      ['get', 'set', 'list', 'unset', 'encrypt', 'decrypt'].includes(rest[0]?.text ?? '')
    ) {
      return { inner: [] };
    }
    return { inner: [{ via: 'dotenv', words: command, environment: assignments }] };
  },
};

export const projectRunners: readonly Grammar[] = [bundle, poetry, uv, pipenv, pdm, hatch, rye, dotenv];
