/** `guard approve`, `guard reject`: the human's answer to a refused command. */

import type { Command } from 'commander';
import type { ApprovalRequest } from '../../approvals/request.js';
import { SystemGrants } from '../../approvals/system.js';
import { GuardError } from '../../errors.js';
import { answer, describe, recordAnswer, withStore } from '../approval.js';
import type { Context } from '../context.js';
import { runWithSudo } from '../elevation.js';
import { Naming } from '../offers.js';
import { watch } from '../watch.js';

interface Options {
  readonly show?: true;
  readonly watch?: true;
}

export function registerApprove(program: Command, context: Context): void {
  program
    .command('approve')
    .description('let one refused command run, once, when it is tried again within a minute')
    .addArgument(new Naming('[id]', 'the number that the refusal named', 'pending'))
    .option('--show', 'only show what would be approved')
    .option('--watch', 'wait for refused commands, and ask about each as it comes')
    .addHelpText(
      'after',
      '\nExamples:\n  guard approve 7F3K\n  guard approve --show 7F3K\n  guard approve --watch',
    )
    .action((id: string | undefined, options: Options) => approve(id, options, context));
  program
    .command('reject')
    .alias('revoke')
    .description('refuse a waiting command for good, or take back an approval that was not used yet')
    .addArgument(new Naming('<id>', 'the number that the refusal named', 'answerable'))
    .addHelpText('after', '\nExample:\n  guard reject 7F3K')
    .action((id: string) => reject(id, context));
}

async function approve(id: string | undefined, options: Options, context: Context): Promise<void> {
  if (options.watch) return watch(context);
  if (id === undefined) {
    throw new GuardError('usage', 'which request?', {
      hint: 'See `guard pending`, then: guard approve <id>',
    });
  }
  const request: ApprovalRequest = withStore(context, store => store.find(id));
  if (options.show) context.print(describe(request).join('\n'));
  else await answer(request, context);
}

function reject(id: string, context: Context): void {
  const { system } = context.elevation;
  const wanted = id.toUpperCase();
  if (system && new SystemGrants(system.grants).isApproved(wanted)) {
    takeBack(wanted, system.grants, context);
    return;
  }
  const { request, revoked } = withStore(context, store => store.reject(wanted));
  recordAnswer('rejected', request, context);
  context.print(revoked ? `Took back the approval of ${request.id}.` : `Rejected ${request.id}.`);
}

/** What root approved, only root takes back. */
function takeBack(id: string, grants: string, context: Context): void {
  if (!context.elevation.caller) {
    if (!runWithSudo(['reject', id])) throw new GuardError('no-presence', 'not done: sudo did not do it');
    return;
  }
  if (new SystemGrants(grants).revoke(id)) context.print(`Took back the approval of ${id}.`);
}
