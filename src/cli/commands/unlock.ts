/** `guard unlock`: a person has looked at a deed that an agent tried in too many forms; it may be asked for again. */

import type { Command } from 'commander';
import { GuardError } from '../../errors.js';
import { visible } from '../../text.js';
import { breakerOf } from '../approval.js';
import type { Context } from '../context.js';
import { Naming } from '../offers.js';

export function registerUnlock(program: Command, context: Context): void {
  program
    .command('unlock')
    .description('let a deed be asked for again that was tried in too many forms (a person must confirm)')
    .addArgument(new Naming('<id>', 'as `guard pending` shows it', 'locked'))
    .addHelpText('after', '\nExample:\n  guard unlock 3FA901BC')
    .action((id: string) => unlock(id, context));
}

async function unlock(id: string, context: Context): Promise<void> {
  const breaker = breakerOf(context);
  const wanted = id.toUpperCase();
  const locked = breaker.locked().find(one => one.id === wanted);
  if (!locked) {
    throw new GuardError('usage', `nothing is locked under ${visible(wanted)}`, {
      hint: 'See `guard pending`.',
    });
  }
  const forms = locked.commands.map(command => `  - ${command}`);
  await context.requirePresence(`let ${locked.agent} ask again for: ${locked.deed}`, forms);
  breaker.reset(wanted);
  context.record({ kind: 'unlocked', command: `guard unlock ${wanted}`, reason: locked.deed });
  context.print('It may be asked for again; it still needs your approval.');
}
