/** The commander program: every command of `guard`, one file each. Parses words; judges nothing. */

import { Command } from 'commander';
import { ExitStatus, GuardError } from '../errors.js';
import { isPuppet } from '../presence/holder.js';
import { terminalHolder } from '../presence/presence.js';
import { isStale } from '../shims/fresh.js';
import { refreshShims } from '../shims/install.js';
import { printable } from '../text.js';
import { registerApprove } from './commands/approve.js';
import { registerBelowSudo } from './commands/below-sudo.js';
import { registerCheck } from './commands/check.js';
import { registerCompletion } from './commands/completion.js';
import { registerDoctor } from './commands/doctor.js';
import { registerExec } from './commands/exec.js';
import { registerHook } from './commands/hook.js';
import { registerInit } from './commands/init.js';
import { registerLog } from './commands/log.js';
import { registerPending } from './commands/pending.js';
import { registerProtect } from './commands/protect.js';
import { registerRule } from './commands/rule.js';
import { registerScan } from './commands/scan.js';
import { registerShim } from './commands/shim.js';
import { registerUndo } from './commands/undo.js';
import { registerUninstall } from './commands/uninstall.js';
import { registerUnlock } from './commands/unlock.js';
import { type Context, versionOf } from './context.js';
import { refreshFront } from './hooks/front-file.js';
import { OFFER, registerOffer } from './offers.js';
import type { SetupDoors } from './setup/doors.js';
import { terminalDoors } from './setup/terminal.js';

/** Runs one command line. Rejects with `GuardError`; the exit status is in `process.exitCode`. */
export async function run(words: readonly string[], context: Context): Promise<void> {
  const program = new Command('guard')
    .description("Stops an AI coding agent's destructive command before it runs, and asks a person.")
    .version(versionOf(context.dist))
    .showSuggestionAfterError()
    // An option belongs to the command that it follows: `guard log stats --json`.
    .enablePositionalOptions()
    .configureHelp({ minWidthToWrap: 20 })
    .configureOutput({ outputError: (text, write) => write(printable(asGuardSays(text))) })
    // Not commander's 1, which is an answer: of `guard scan`, `doctor` and `log verify`.
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : ExitStatus.usage))
    .addHelpText(
      'after',
      `
A refused command says its number. To let it run once, in your own terminal:
  guard pending
  guard approve <id>

Start with:
  guard init                         put guard first on PATH for your shells
  guard check -- git push --force    see what guard would say
  guard log                          see what it said

Exit status: 2 where the command line is wrong or names what is not there, 125 where guard itself failed, 126 where
a person did not confirm; others are said by each command.`,
    );
  const doors = terminalDoors(context, () => unknownHolder(context));
  registerHook(program, context, doors);
  registerInit(program, context, doors);
  registerDoctor(program, context, doors);
  registerExec(program);
  registerCheck(program, context);
  registerPending(program, context);
  registerApprove(program, context);
  registerUnlock(program, context);
  registerLog(program, context);
  registerProtect(program, context);
  registerRule(program, context, doors);
  registerScan(program, context);
  registerShim(program, context, doors);
  registerUndo(program, context);
  registerUninstall(program, context, doors);
  registerCompletion(program, context);
  registerBelowSudo(program, context);
  registerOffer(program, context);
  pointToHelp(program, 'guard');
  // Commander's own `help` goes one command deep.
  const asked = words[0] === 'help' && words.length > 2 ? [...words.slice(1), '--help'] : words;
  await program.parseAsync([...asked], { from: 'user' });
  if (words[0] !== OFFER) await bringShimsUpToDate(context, doors);
}

/** A wrong command line is told of its own command's help. */
function pointToHelp(command: Command, path: string): void {
  command.showHelpAfterError(`  See \`${path} --help\`.`);
  for (const inner of command.commands) pointToHelp(inner, `${path} ${inner.name()}`);
}

/** Commander's message in the form of guard's own: what is wrong, then the next step in lines that are indented. */
function asGuardSays(text: string): string {
  return text.replace(/^error: /, 'guard: ').replace(/^\(Did you mean (.*)\?\)$/m, '  Did you mean $1?');
}

/** Whatever command or editor changed the policy: until the shims know, they ask the judge about everything. */
async function bringShimsUpToDate(context: Context, doors: SetupDoors): Promise<void> {
  try {
    if (isStale(context.places)) refreshShims(await doors.shimKit());
    await refreshFront(context.places, doors.shimKit);
  } catch (fault) {
    // A full or read-only disk: the command itself is done, and the shims are only slower.
    if (!(fault instanceof GuardError)) throw fault;
  }
}

/** The holder of this terminal that guard would refuse, for the person to name at `guard init`. */
async function unknownHolder(context: Context): Promise<string | undefined> {
  const { terminals } = await context.policy();
  const holder = terminalHolder(context.env, terminals);
  return holder && !holder.known && !isPuppet(holder) ? holder.name : undefined;
}
