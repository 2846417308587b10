/** `guard uninstall`: takes away all that guard wrote, once a person has agreed. */

import type { Command } from 'commander';
import { GuardError } from '../../errors.js';
import { counted } from '../../text.js';
import { SnapshotStore } from '../../undo/store.js';
import type { Context } from '../context.js';
import { planUnhooking, removeHooks, showHooks } from '../hooks/setup.js';
import { leave, type SetupDoors } from '../setup/doors.js';
import { showRemoval } from '../setup/show.js';
import { applyRemoval, planRemoval } from '../setup/undo.js';
import { uninstallSystem } from '../system/commands.js';

interface Options {
  readonly yes?: true;
  readonly keepLog?: true;
  readonly system?: true;
}

export function registerUninstall(program: Command, context: Context, doors: SetupDoors): void {
  program
    .command('uninstall')
    .description('put your files back as they were and remove everything of guard')
    .option('--yes', 'do not ask y or n (a person must still confirm)')
    .option('--keep-log', 'keep the audit log')
    .option('--system', 'with sudo: take away what `sudo guard init --system` set up')
    .addHelpText('after', '\nExamples:\n  guard uninstall --keep-log\n  sudo guard uninstall --system')
    .action((options: Options) => uninstall(options, context, doors));
}

async function uninstall(options: Options, context: Context, doors: SetupDoors): Promise<void> {
  if (options.system) return uninstallSystem(options.keepLog === true, context);
  const plan = planRemoval(context.env, context.places);
  const hooks = await planUnhooking(context);
  if (hooks.faults.length > 0) {
    // The program that the hook calls would be gone, and the agent could do nothing any more.
    throw new GuardError('bad-settings', `an agent's settings cannot be read: ${hooks.faults.join('; ')}`, {
      hint: 'Correct the file, and run guard uninstall again.',
    });
  }
  if (plan.trees.length === 0 && plan.startup.length === 0 && hooks.changes.length === 0) {
    context.print('There is nothing of guard to remove.');
    return;
  }
  const keep = options.keepLog === true;
  const { home } = context.places;
  const lines = [...showHooks(hooks, home), ...showRemoval(plan, home, keep)];
  context.print(`guard uninstall will:\n\n${lines.join('\n')}\n`);
  const saved = new SnapshotStore(context.places.undo).list().length;
  if (saved > 0)
    context.print(`${counted(saved, 'snapshot')} will be gone, too. To give one back first: guard undo\n`);
  if (!(await leave('Go on?', options.yes === true, 'guard uninstall', doors))) {
    context.print('Nothing was removed.');
    return;
  }
  // Without guard nothing stops an agent: that is a person's to decide.
  await context.requirePresence('remove guard');
  const keepLog =
    keep || (plan.log !== undefined && !options.yes && !(await doors.confirm('Delete the audit log too?')));
  removeHooks(hooks, context);
  applyRemoval(plan, context.places, keepLog);
  context.print(
    'guard is gone from your files. This shell may still look for programs where the shims were: run `exec $SHELL -l`, then remove the program with `npm uninstall --global guard-shell`.',
  );
}
