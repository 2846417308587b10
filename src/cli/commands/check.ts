/** `guard check`: judges a command without running it, one or a stream of them. */

import type { Command } from 'commander';
import { askingWith } from '../../clients/index.js';
import type { Request } from '../../decide.js';
import { ExitStatus, GuardError } from '../../errors.js';
import type { Verdict } from '../../policy/rule.js';
import { lossOf } from '../../question.js';
import { explain, toJson } from '../../report.js';
import { certain } from '../../shell/command.js';
import { loadSubprocess } from '../../subprocess.js';
import { visible } from '../../text.js';
import { checkBatch } from '../batch.js';
import type { Context } from '../context.js';
import { judgeWithInput } from '../given-input.js';

interface Options {
  readonly command?: string;
  readonly json?: true;
  readonly explain?: true;
  readonly batch?: true;
}

export function registerCheck(program: Command, context: Context): void {
  program
    .command('check')
    .description('judge a command without running it')
    .argument('[words...]', 'the command, after --')
    .option('-c, --command <script>', 'judge a script, as sh -c takes it')
    .option('--json', 'print the verdict as JSON')
    .option('--explain', 'print how it was understood: words, invocation, effects, rules')
    .option('--batch', 'judge JSON lines {id, command, cwd?, env?} from stdin, one line out for each')
    .addHelpText(
      'after',
      `
Exit status: 0 allow, 10 confirm, 11 deny, 2 wrong command line, 125 fault.

Examples:
  guard check -- git push --force origin main
  guard check --explain -c 'cd /srv && rm -rf "$OLD"'
  guard check -- psql app < migration.sql
  printf '%s\\n' '{"id":1,"command":"git status"}' | guard check --batch

What stands on standard input is judged where the command would read it; of a pipe up to 64 MB, and nothing
where nothing comes within two seconds. --batch reads its lines there instead.

In --batch, a line without "cwd" is judged by its text alone, as in a project that
guard knows nothing of: neither its files nor git are evidence there.`,
    )
    .action(async (words: string[], options: Options) => {
      process.exitCode = options.batch ? await checkBatch(context) : await checkOne(words, options, context);
    });
}

async function checkOne(words: readonly string[], options: Options, context: Context): Promise<number> {
  const request = requestOf(words, options.command);
  const policy = await context.policy();
  for (const fault of policy.faults)
    process.stderr.write(`guard: ${visible(fault.at)}: ${visible(fault.message)}\n`);
  const { verdict, world } = await judgeWithInput(request, policy, { cwd: context.cwd, env: context.env });
  if (options.json) {
    await loadSubprocess();
    const loss = verdict.decision === 'allow' ? [] : lossOf(verdict, world, askingWith(policy.safety, world));
    context.print(JSON.stringify({ ...toJson(verdict), loss }, null, 2));
  } else if (options.explain) context.print(explain(verdict));
  else context.print(summary(verdict, context));
  return statusOf(verdict);
}

function requestOf(words: readonly string[], script: string | undefined): Request {
  if (script !== undefined && words.length === 0) return { script };
  if (script === undefined && words.length > 0) return { argv: words.map(certain) };
  throw new GuardError('usage', 'say what to judge: either -c SCRIPT or -- COMMAND ARGS…', {
    hint: 'See `guard check --help`.',
  });
}

function statusOf(verdict: Verdict): number {
  return { allow: ExitStatus.allowed, confirm: ExitStatus.confirm, deny: ExitStatus.deny }[verdict.decision];
}

function summary(verdict: Verdict, context: Context): string {
  const colour = { allow: context.style.green, confirm: context.style.yellow, deny: context.style.red }[
    verdict.decision
  ];
  const lines = new Set(verdict.matches.map(({ rule }) => `  ${rule.id}: ${rule.reason}`));
  const instead = new Set(
    verdict.matches.flatMap(({ rule }) => (rule.instead ? [`  instead: ${rule.instead}`] : [])),
  );
  return [colour(verdict.decision), ...lines, ...instead].join('\n');
}
