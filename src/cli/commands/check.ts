/** `guard check`: judges a command without running it, one or a stream of them. */

import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { decide, type Request } from '../../decide.js';
import { ExitStatus, GuardError } from '../../errors.js';
import type { Policy, Verdict } from '../../policy/rule.js';
import type { World } from '../../port.js';
import { lossOf } from '../../question.js';
import { loadGit } from '../../quiet-git.js';
import { explain, toJson } from '../../report.js';
import { certain } from '../../shell/command.js';
import { realWorld } from '../../world.js';
import type { Context } from '../context.js';

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
Exit status: 0 allow, 10 confirm, 11 deny, 125 fault.

Examples:
  guard check -- git push --force origin main
  guard check --explain -c 'cd /srv && rm -rf "$OLD"'
  printf '%s\\n' '{"id":1,"command":"git status"}' | guard check --batch

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
  for (const fault of policy.faults) process.stderr.write(`guard: ${fault.at}: ${fault.message}\n`);
  const world = realWorld({ cwd: context.cwd, env: context.env });
  const verdict = await decide(request, policy, world);
  if (options.json) {
    await loadGit();
    const loss = verdict.decision === 'allow' ? [] : lossOf(verdict, world);
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

/** One verdict line for each line of stdin, in order. Status 125 where any line could not be judged. */
async function checkBatch(given: Context): Promise<number> {
  // process.env is read anew at every access; a copy of it is not.
  const context = { ...given, env: { ...given.env } };
  const policy = await context.policy();
  for (const fault of policy.faults) process.stderr.write(`guard: ${fault.at}: ${fault.message}\n`);
  const input = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  let status: number = ExitStatus.allowed;
  let number = 0;
  for await (const line of input) {
    number += 1;
    if (line.trim() === '') continue;
    const answer = await judgeLine(line, number, policy, context);
    if ('error' in answer) status = ExitStatus.fault;
    // Wait where the reader is slower, so that memory stays bounded.
    if (!process.stdout.write(`${JSON.stringify(answer)}\n`)) {
      await new Promise(resolve => process.stdout.once('drain', resolve));
    }
  }
  return status;
}

interface BatchLine {
  readonly id: unknown;
  readonly command: string;
  readonly cwd: string | undefined;
  readonly env: Readonly<Record<string, string>>;
}

async function judgeLine(line: string, number: number, policy: Policy, context: Context) {
  const read = readLine(line, number);
  // What cannot be judged is refused, like everywhere; `error` says that it was not judged.
  if ('error' in read) return { ...read, decision: 'deny', rules: [], reason: read.error };
  const verdict = await decide({ script: read.command }, policy, batchWorld(read, context));
  const rules = [...new Set(verdict.matches.map(match => match.rule.id))];
  const reason = [...new Set(verdict.matches.map(match => match.rule.reason))].join(' ');
  return { id: read.id, decision: verdict.decision, rules, reason };
}

function readLine(line: string, number: number): BatchLine | { id: unknown; error: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (fault) {
    if (!(fault instanceof SyntaxError)) throw fault;
    return { id: null, error: `line ${number} is not JSON` };
  }
  if (typeof value !== 'object' || value === null)
    return { id: null, error: `line ${number} is not a JSON object` };
  const get = (name: string): unknown => Reflect.get(value, name);
  const id = get('id') ?? null;
  const [command, cwd, env] = [get('command'), get('cwd'), get('env') ?? {}];
  if (typeof command !== 'string') return { id, error: `line ${number} has no "command" that is a string` };
  if (cwd !== undefined && typeof cwd !== 'string')
    return { id, error: `line ${number}: "cwd" is not a string` };
  if (!isEnvironment(env)) return { id, error: `line ${number}: "env" is not an object of strings` };
  return { id, command, cwd, env };
}

function isEnvironment(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' && value !== null && Object.values(value).every(one => typeof one === 'string')
  );
}

function batchWorld(line: BatchLine, context: Context): World {
  const own = Object.keys(line.env).length > 0;
  const env = own ? { ...context.env, ...line.env } : context.env;
  if (line.cwd !== undefined) return realWorld({ cwd: line.cwd, env });
  // A project that nobody knows anything of: where this process happens to stand (in /tmp, say) is no evidence.
  const world = realWorld({ cwd: join(env['HOME'] ?? '/', 'some-project'), env });
  return { ...world, git: () => ({ status: -1, stdout: '' }) };
}
