/** `guard log …`: the words of the command line for the audit log; what they do is in cli/log. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../context.js';
import { type AllowedOptions, showAllowed } from '../log/allowed.js';
import { exportFormats, exportLog } from '../log/export.js';
import { readTime, withFilters } from '../log/filter.js';
import { type ListOptions, listLog } from '../log/list.js';
import { writeReport } from '../log/report.js';
import { type SessionOptions, showSession } from '../log/session.js';
import { showStats } from '../log/stats.js';
import { type VerifyOptions, verify } from '../log/verify.js';
import { repeatable } from '../options.js';

export function registerLog(program: Command, context: Context): void {
  const log = program
    .command('log')
    .description('read the audit log: what was asked, refused, approved and run');
  // A bare `guard log` shows; what follows a subcommand is that one's.
  showing(log.enablePositionalOptions(), context);
  showing(log.command('show').description('records as a table, the latest last'), context);
  withFilters(log.command('tail').description('the last records, and new ones as they come'))
    .option('--json', 'print records as JSON lines')
    .option('--limit <n>', 'begin with the last n records', readCount, 10)
    .addHelpText('after', '\nExample:\n  guard log tail --denied')
    .action((options: ListOptions) => listLog({ ...options, follow: true }, context));
  withFilters(
    log.command('stats').description('how often each rule allowed, asked and refused, and what to narrow'),
  )
    .option('--json', 'print them as JSON')
    .addHelpText('after', '\nExample:\n  guard log stats --since 7d')
    .action(options => showStats(options, context));
  log
    .command('allowed')
    .description('what shims let pass as harmless, without the judge: how often, and when last')
    .option('--since <when>', 'only what is younger: 30m, 2h, 7d, or a date', readTime)
    .option('--json', 'print each as a JSON line')
    .addHelpText('after', '\nExample:\n  guard log allowed --since 1h')
    .action((options: AllowedOptions) => showAllowed(options, context));
  log
    .command('session')
    .description(
      'one agent session as a story: each command, verdict, answer and result in order; without an id, the sessions',
    )
    .argument('[id]', 'the session, or the beginning of its name')
    .option('--agent <name>', 'only of this agent; `none` for what no agent started')
    .option('--repo <path>', 'only in this repository or directory: its path, or the last part of it')
    .option('--since <when>', 'only what is younger: 30m, 2h, 7d, or a date', readTime)
    .option('--until <when>', 'only what is older', readTime)
    .option('--limit <n>', 'at most the last n sessions of the list', readCount, 50)
    .option('--json', 'print the list as JSON, or the records of the session as JSON lines')
    .addHelpText(
      'after',
      '\nExamples:\n  guard log session --agent claude --since 7d\n  guard log session claude-4711',
    )
    .action((id: string | undefined, options: SessionOptions) => showSession(id, options, context));
  log
    .command('verify')
    .description('check that the log is what was written; exit status 1 where it is not')
    .option('--json', 'print the result as JSON')
    .addOption(repeatable('--anchors <file>', "a file with copies of checkpoints: a system's log"))
    .addHelpText(
      'after',
      '\nExamples:\n  guard log verify\n  guard log verify --anchors /var/log/auth.log --json',
    )
    .action((options: VerifyOptions) => verify(options, context));
  withFilters(log.command('report').description('one page of what happened, that opens offline'))
    .requiredOption('--html <file>', 'the file to write')
    .addHelpText('after', '\nExample:\n  guard log report --html guard.html --since 7d')
    .action(options => writeReport(options, context));
  withFilters(log.command('export').description("records in other systems' formats, to standard output"))
    .addOption(new Option('--format <format>', 'the format').choices(exportFormats).makeOptionMandatory())
    .addHelpText(
      'after',
      '\nExamples:\n  guard log export --format ocsf > guard.jsonl\n  guard log export --format cef --denied',
    )
    .action(options => exportLog(options, context));
}

function showing(command: Command, context: Context): void {
  withFilters(command)
    .option('--json', 'print records as JSON lines')
    .option('--limit <n>', 'at most the last n records', readCount, 50)
    .option('-f, --follow', 'wait for new records')
    .addHelpText('after', EXAMPLES)
    .action((options: ListOptions) => listLog(options, context));
}

const EXAMPLES = `
Examples:
  guard log --denied --since 2h
  guard log --agent claude --rule "git.*" --repo app
  guard log --follow --json`;

function readCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('Give a whole number from 1.');
  return count;
}
