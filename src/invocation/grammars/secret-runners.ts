/** Secret managers that run a command with secrets in its environment: `doppler run -- cmd`. May not judge. */

import type { Word } from '../../shell/command.js';
import { type Grammar, type Inner, type Style, styles } from '../grammar.js';
import { type Invocation, lastValue } from '../invocation.js';

const ending: Style = { ...styles.cobra, permute: false };

/** The subcommand that runs what stands after `--` (or after `taken` operands), or the script of `--command`. */
function runner(tool: string, source: string, verb: string, command: string, options: string): Grammar {
  return {
    tool,
    source,
    style: styles.cobra,
    options,
    subcommands: { [verb]: { options: command, style: ending } },
    unwrap(invocation) {
      return { inner: invocation.subcommand[0] === verb ? innerOf(invocation, `${tool} ${verb}`) : [] };
    },
  };
}

/** What stands after `--`, or after the profile of `aws-vault exec`, or the script of `--command`. */
function innerOf(invocation: Invocation, via: string): readonly Inner[] {
  const script = lastValue(invocation, '--command');
  if (script) return [{ via, script }];
  const { operands, tool } = invocation;
  const dashes = operands.findIndex(word => word.text === '--' && word.certain);
  const words: readonly Word[] = operands.slice(dashes >= 0 ? dashes + 1 : tool === 'aws-vault' ? 1 : 0);
  const profile = tool === 'aws-vault' && dashes !== 0 ? operands[0] : undefined;
  // The variable that it sets for its command (aws-vault USAGE.md).
  const environment = profile ? [{ name: 'AWS_VAULT', value: profile }] : [];
  return words.length === 0 ? [] : [{ via, words, environment }];
}

const DOPPLER = `
-p, --project <project>
-c, --config <config>
-t, --token <secret>
    --api-host <url>
    --scope <directory>
    --configuration <file>
    --json
    --silent
    --debug
-h, --help
`;

export const secretRunners: readonly Grammar[] = [
  runner(
    'doppler',
    'docs.doppler.com/docs/cli',
    'run',
    '--command <script>\n--fallback <file>\n--mount <file>\n--name-transformer <name>\n--preserve-env[=<names>]',
    DOPPLER,
  ),
  runner(
    'op',
    'developer.1password.com/docs/cli/reference/commands/run',
    'run',
    '--env-file <file>\n--environment <id>\n--no-masking',
    '--account <account>\n--cache\n--config <directory>\n--format <format>\n--session <secret>\n--vault <vault>\n-h, --help',
  ),
  runner(
    'infisical',
    'infisical.com/docs/cli/commands/run',
    'run',
    '-c, --command <script>\n-e, --env <environment>\n--projectId <id>\n--path <path>\n--token <secret>\n--tags <tags>\n--watch\n--recursive\n--expand[=<on>]',
    '--domain <url>\n--silent\n-l, --log-level <level>\n-h, --help',
  ),
  runner(
    'aws-vault',
    'github.com/99designs/aws-vault USAGE.md',
    'exec',
    '-d, --duration <duration>\n-n, --no-session\n--region <region>\n-t, --mfa-token <secret>\n-j, --json\n-s, --server\n--ec2-server\n--ecs-server\n--lazy\n--stdout\n-h, --help',
    '--backend <backend>\n--prompt <driver>\n--debug\n--keychain <name>',
  ),
  runner(
    'aws-sso',
    'synfinatic.github.io/aws-sso-cli/commands',
    'exec',
    '-a, --arn <arn>\n-A, --account <id>\n-R, --role <name>\n-p, --profile <profile>\n-n, --no-region\n--sts-refresh\n-h, --help',
    '-b, --browser <path>\n--config <file>\n-L, --level <level>\n--lines\n-S, --sso <name>\n-u, --url-action <action>',
  ),
  runner(
    'chamber',
    'github.com/segmentio/chamber README.md',
    'exec',
    '--pristine\n--strict\n--strict-value <value>',
    '-b, --backend <backend>\n--backend-s3-bucket <bucket>\n-r, --retries <n>\n-v, --verbose',
  ),
];
