/** `guard approve`, `guard reject`: the human's answer to a refused command. */

import type { Command } from 'commander';
import type { ApprovalRequest } from '../../approvals/request.js';
import { GuardError } from '../../errors.js';
import { answer, describe, recordAnswer, storeOf } from '../approval.js';
import type { Context } from '../context.js';
import { watch } from '../watch.js';

interface Options {
  readonly show?: true;
  readonly watch?: true;
}

export function registerApprove(program: Command, context: Context): void {
  program
    .command('approve')
    .description('let one refused command run, once, when it is tried again within a minute')
    .argument('[id]', 'the number that the refusal named')
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
    .argument('<id>', 'the number that the refusal named')
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
  const request: ApprovalRequest = storeOf(context).find(id);
  if (options.show) context.print(describe(request).join('\n'));
  else await answer(request, context);
}

function reject(id: string, context: Context): void {
  const { request, revoked } = storeOf(context).reject(id);
  recordAnswer('rejected', request, context);
  context.print(revoked ? `Took back the approval of ${request.id}.` : `Rejected ${request.id}.`);
}
