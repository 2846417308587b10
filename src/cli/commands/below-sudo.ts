/**
 * The commands that guard itself has root's guard run (level H1): using up what was approved, and putting a question. Not
 * in `--help`: no person types them.
 */

import type { Command } from 'commander';
import { SystemGrants } from '../../approvals/system.js';
import { GuardError } from '../../errors.js';
import { visible } from '../../text.js';
import { recordAnswer } from '../approval.js';
import type { Context } from '../context.js';
import { NO_GRANT } from '../system/commands.js';

export function registerBelowSudo(program: Command, context: Context): void {
  program.command('use-grant <id>', { hidden: true }).action((id: string) => useGrant(id, context));
  program
    .command('confirm <what> [lines...]', { hidden: true })
    .action((what: string, lines: string[]) => confirm(what, lines, context));
}

/** Exit status 0 for the one caller whose grant it was. */
function useGrant(id: string, context: Context): void {
  const { system, caller } = context.elevation;
  if (!system || !caller) throw notBelowSudo();
  const grant = new SystemGrants(system.grants).take(id);
  if (grant) recordAnswer('intent', grant, context);
  else process.exitCode = NO_GRANT;
}

async function confirm(what: string, lines: readonly string[], context: Context): Promise<void> {
  if (!context.elevation.caller) throw notBelowSudo();
  await context.requirePresence(visible(what), lines.map(visible));
  context.record({ kind: 'approved', command: visible(what) });
}

function notBelowSudo(): GuardError {
  return new GuardError('usage', 'this is for guard itself, below sudo, where H1 is set up', {
    hint: 'See docs/threat-model.md, level H1.',
  });
}
