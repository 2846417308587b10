/** `guard scan`: what guard would stop in the scripts, workflows and recipes of a project. */

import type { Command } from 'commander';
import { GuardError } from '../../errors.js';
import { filesUnder } from '../../scan/files.js';
import { sarifOf } from '../../scan/sarif.js';
import type { Finding } from '../../scan/scan.js';
import { counted, visible } from '../../text.js';
import { type Context, versionOf } from '../context.js';
import { tableOf } from '../table.js';

/** Exit status where something was found, as linters give it. */
const FOUND = 1;
const MAX_COMMAND = 120;

interface Options {
  readonly json?: true;
  readonly sarif?: true;
}

export function registerScan(program: Command, context: Context): void {
  program
    .command('scan')
    .description('judge the scripts, workflows, recipes and SQL files of a project without running them')
    .argument('<paths...>', 'files and folders')
    .option('--json', 'print findings as JSON')
    .option('--sarif', 'print findings as SARIF 2.1.0')
    .addHelpText(
      'after',
      `
Reads shell scripts, Dockerfiles, CI workflows (steps in PowerShell, cmd, Python and JavaScript too), Makefiles, justfiles,
crontabs, the scripts of package.json, and SQL files: those that a migration runs, not those that undo one (*.down.sql, the
Down part of goose and dbmate). A file that cannot be read as what its name says is named, and the rest is read.
Exit status: 0 nothing found, 1 findings, 2 wrong command line, 125 fault.

Examples:
  guard scan .
  guard scan scripts/ .github/workflows --sarif > guard.sarif
  git diff --cached --name-only --diff-filter=d -z | xargs -0 -r guard scan   # in a pre-commit hook`,
    )
    .action((paths: string[], options: Options) => scanPaths(paths, options, context));
}

async function scanPaths(paths: readonly string[], options: Options, context: Context): Promise<void> {
  if (options.json && options.sarif) throw new GuardError('usage', 'choose --json or --sarif, not both');
  // Loaded here: the YAML reader in it is for scanning alone.
  const { scan } = await import('../../scan/scan.js');
  const files = filesUnder(paths);
  const result = await scan(files, await context.policy(), context.env, progress(files.length));
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  for (const { file, message } of result.faults)
    process.stderr.write(`guard: ${visible(file)}: not read: ${visible(message)}\n`);
  if (options.sarif)
    context.print(JSON.stringify(sarifOf(result.findings, versionOf(context.dist)), null, 2));
  else if (options.json)
    context.print(
      JSON.stringify(
        { scanned: result.scanned, findings: result.findings.map(plain), notRead: result.faults },
        null,
        2,
      ),
    );
  else if (result.findings.length > 0) context.print(table(result.findings, context));
  if (!options.json && !options.sarif) {
    const unread = result.faults.length > 0 ? `; ${result.faults.length} could not be read` : '';
    const found = counted(result.findings.length, 'finding');
    context.print(`${found} in ${counted(result.scanned, 'file')} with shell text or SQL${unread}.`);
  }
  if (result.findings.length > 0) process.exitCode = FOUND;
}

/** A counter on a terminal once the scan has taken a second. */
function progress(total: number): (file: string) => void {
  const start = Date.now();
  let shown = 0;
  let count = 0;
  return () => {
    count += 1;
    const now = Date.now();
    if (process.stderr.isTTY !== true || now - start < 1000 || now - shown < 100) return;
    shown = now;
    process.stderr.write(`\r${count} of ${total} files`);
  };
}

function plain({ file, line, kind, part, match, command }: Finding): object {
  return {
    file,
    line,
    kind,
    part,
    rule: match.rule.id,
    decision: match.rule.decision,
    reason: match.rule.reason,
    instead: match.rule.instead,
    command: short(command),
  };
}

function table(findings: readonly Finding[], context: Context): string {
  const rows = findings.map(finding => [
    `${visible(finding.file)}:${finding.line}`,
    finding.match.rule.decision === 'deny' ? context.style.red(finding.match.rule.id) : finding.match.rule.id,
    short(finding.command),
  ]);
  return tableOf(['where', 'rule', 'command'], rows);
}

function short(command: string): string {
  const text = visible(command);
  return text.length <= MAX_COMMAND ? text : `${text.slice(0, MAX_COMMAND)}…`;
}
