/**
 * `guard exec`: described here for `--help` alone. `bin/guard` runs it before Node is asked, because only a shell can
 * exec the real program with nothing of guard's left around it.
 */

import type { Command } from 'commander';
import { GuardError } from '../../errors.js';

export function registerExec(program: Command): void {
  program
    .command('exec')
    .description('run one command, or one script, through the gate')
    .argument('[words...]', 'the command')
    .option('-c <script>', 'run a script with sh')
    .addHelpText(
      'after',
      `\nExamples:\n  guard exec -- git push --force origin main\n  guard exec -c 'make clean && make'`,
    )
    .action(() => {
      throw new GuardError('usage', 'guard exec was started without its launcher', {
        hint: 'Run it as `guard exec -- COMMAND`, through bin/guard.',
      });
    });
}
