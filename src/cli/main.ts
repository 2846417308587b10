/** The commander program: every command of `guard`, one file each. Parses words; judges nothing. */

import { Command } from 'commander';
import { registerApprovals } from './commands/approve.js';
import { registerCheck } from './commands/check.js';
import { registerExec } from './commands/exec.js';
import { registerLog } from './commands/log.js';
import { type Context, versionOf } from './context.js';

/** Runs one command line. Rejects with `GuardError`; the exit status is in `process.exitCode`. */
export async function run(words: readonly string[], context: Context): Promise<void> {
  const program = new Command('guard')
    .description("Stops an AI coding agent's destructive command before it runs, and asks a person.")
    .version(versionOf(context.dist))
    .showSuggestionAfterError()
    .showHelpAfterError('See `guard --help`.')
    .addHelpText(
      'after',
      `
A refused command says its number. To let it run once, in your own terminal:
  guard pending
  guard approve <id>

Start with:
  guard init                         put guard first on PATH for your shells
  guard check -- git push --force    see what guard would say
  guard log                          see what it said`,
    );
  registerExec(program);
  registerCheck(program, context);
  registerApprovals(program, context);
  registerLog(program, context);
  await program.parseAsync([...words], { from: 'user' });
}
