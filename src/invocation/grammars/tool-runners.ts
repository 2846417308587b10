/**
 * Runners that fetch a tool, or get it credentials, and run it: `uvx`, `pipx run`, `volta run`, `saml2aws exec`.
 * What they run is read as if it stood alone. May not judge.
 */

import { certain, type Word } from '../../shell/command.js';
import { type Grammar, type Inner, type OptionTable, type Style, styles } from '../grammar.js';
import { type Invocation, isOn } from '../invocation.js';
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
  readonly words?: (operands: readonly Word[]) => readonly Word[];
}

/** `alembic@1.13`, `npm:prisma@5`, `github.com/pressly/goose/v3/cmd/goose@latest` → the program's name. */
function programOf(spec: string): string {
  const name = spec.replace(/^(npm|jsr|pypi):/, '').replace(/(.)[@=<>~!].*$/s, '$1');
  const parts = name.split('/').filter(part => !/^v\d+$/.test(part));
  return parts.at(-1) ?? name;
}

/** The words of a tool that is fetched by its name. */
export const fetched = ([spec, ...rest]: readonly Word[]): readonly Word[] =>
  spec ? [spec.certain ? certain(programOf(spec.text)) : spec, ...rest] : [];
const behindName = (operands: readonly Word[]): readonly Word[] => operands.slice(1);

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
    tool: 'volta',
    source: 'docs.volta.sh/reference/run',
    verbs: ['run'],
    options:
      '--node <version>\n--npm <version>\n--yarn <version>\n--no-yarn\n--bundled-npm\n--env <assignment>\n-h, --help',
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
];

export const toolRunners: readonly Grammar[] = runners.map(runner => {
  const { tool, names, source, verbs, options } = runner;
  return {
    tool,
    ...(names && { names }),
    source,
    style: verbs ? styles.clap : ending,
    options: verbs ? '' : options,
    ...(verbs && { subcommands: Object.fromEntries(verbs.map(verb => [verb, { options, style: ending }])) }),
    unwrap: invocation => ({ inner: innerOf(invocation, runner) }),
  } satisfies Grammar;
});

function innerOf(invocation: Invocation, runner: Runner): readonly Inner[] {
  const verb = invocation.subcommand[0];
  if ((runner.verbs && !verb) || isOn(invocation, '--help')) return [];
  const via = verb ? `${runner.tool} ${verb}` : runner.tool;
  const words = runner.words?.(invocation.operands) ?? invocation.operands;
  const { assignments, rest } = leadingAssignments(words[0]?.text === '--' ? words.slice(1) : words);
  return rest.length === 0 ? [] : [{ via, words: rest, environment: assignments }];
}
