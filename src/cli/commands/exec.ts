/**
 * `guard exec`: described here for `--help` alone. `bin/guard` runs it before Node is asked, because only a shell can
 * exec the real program with nothing of guard's left around it. What it cannot read as a command comes here.
 */

import type { Command } from 'commander';
import { GuardError } from '../../errors.js';

export function registerExec(program: Command): void {
  program
    .command('exec')
    .description('run one command, or one script, through the gate')
    .argument('[words...]', 'the command')
    .option('-c <script>', 'run a script with bash, or with sh where there is none')
    .addHelpText(
      'after',
      `
Exit status: the command's own; 125 guard itself failed, 126 refused, 127 not found.

Examples:
  guard exec -- git push --force origin main
  guard exec -c 'make clean && make'`,
    )
    .action((words: readonly string[], { c: script }: { c?: string }) => {
      if (words.length === 0 && script === undefined)
        throw new GuardError('usage', 'say what to run: either -c SCRIPT or -- COMMAND ARGS…', {
          hint: 'See `guard exec --help`.',
        });
      throw new GuardError('usage', 'guard exec was started without its launcher', {
        hint: 'Run it as `guard exec -- COMMAND`, through bin/guard.',
      });
    });
}
