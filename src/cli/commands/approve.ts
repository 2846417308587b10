/** `guard approve`, `guard reject`: the human's answer to a refused command. */

import type { Command } from 'commander';
import type { ApprovalRequest } from '../../approvals/request.js';
import { answer, describe, recordAnswer, storeOf } from '../approval.js';
import type { Context } from '../context.js';

export function registerApprove(program: Command, context: Context): void {
  program
    .command('approve')
    .description('let one refused command run, once, when it is tried again within a minute')
    .argument('<id>', 'the number that the refusal named')
    .option('--show', 'only show what would be approved')
    .addHelpText('after', '\nExamples:\n  guard approve 7F3K\n  guard approve --show 7F3K')
    .action((id: string, options: { show?: true }) => approve(id, options, context));
  program
    .command('reject')
    .alias('revoke')
    .description('refuse a waiting command for good, or take back an approval that was not used yet')
    .argument('<id>', 'the number that the refusal named')
    .addHelpText('after', '\nExample:\n  guard reject 7F3K')
    .action((id: string) => reject(id, context));
}

async function approve(id: string, options: { show?: true }, context: Context): Promise<void> {
  const request: ApprovalRequest = storeOf(context).find(id);
  if (options.show) context.print(describe(request).join('\n'));
  else await answer(request, context);
}

function reject(id: string, context: Context): void {
  const { request, revoked } = storeOf(context).reject(id);
  recordAnswer('rejected', request, context);
  context.print(revoked ? `Took back the approval of ${request.id}.` : `Rejected ${request.id}.`);
}
