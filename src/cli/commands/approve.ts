/** `guard pending`, `guard approve`, `guard reject`: the human's side of a refused command. */

import type { Command } from 'commander';
import { type ApprovalRequest, requestDigest } from '../../approvals/request.js';
import { PENDING_MS, RequestStore } from '../../approvals/store.js';
import { questionLines } from '../../question.js';
import type { Context } from '../context.js';
import { tableOf } from '../table.js';

export function registerApprovals(program: Command, context: Context): void {
  program
    .command('pending')
    .description('list the refused commands that wait for a human')
    .option('--json', 'print them as JSON')
    .addHelpText('after', '\nExample:\n  guard pending')
    .action((options: { json?: true }) => pending(options, context));
  program
    .command('approve')
    .description('let one refused command run, once, when it is tried again within a minute')
    .argument('<id>', 'the number that the refusal named')
    .option('--show', 'only show what would be approved')
    .addHelpText('after', '\nExamples:\n  guard approve 7F3K\n  guard approve --show 7F3K')
    .action((id: string, options: { show?: true }) => approve(id, options, context));
  program
    .command('reject')
    .description('refuse a waiting command for good')
    .argument('<id>', 'the number that the refusal named')
    .addHelpText('after', '\nExample:\n  guard reject 7F3K')
    .action((id: string) => reject(id, context));
}

function pending(options: { json?: true }, context: Context): void {
  const requests = store(context).list('pending');
  if (options.json) {
    const shown = requests.map(({ subject: _subject, nonce: _nonce, ...request }) => request);
    context.print(JSON.stringify(shown, null, 2));
    return;
  }
  if (requests.length === 0) {
    context.print('No command waits for approval.');
    return;
  }
  const head = ['id', 'expires', 'agent', 'where', 'command', 'would be lost'];
  context.print(tableOf(head, requests.map(row), [7, 9, 10, 26, 44, 44]));
  context.print('Approve with `guard approve <id>`, refuse with `guard reject <id>`.');
}

function row(request: ApprovalRequest): string[] {
  const seconds = Math.max(0, Math.round((request.createdAt + PENDING_MS - Date.now()) / 1000));
  return [
    request.id,
    `${Math.floor(seconds / 60)}m ${seconds % 60}s`,
    request.agent ?? '-',
    request.cwd,
    request.command,
    request.loss.join('\n') || request.reason,
  ];
}

async function approve(id: string, options: { show?: true }, context: Context): Promise<void> {
  const requests = store(context);
  const request = requests.find(id);
  const lines = [
    ...questionLines(request),
    `  in ${request.cwd}${request.agent ? `, asked for by ${request.agent}` : ''}`,
  ];
  if (options.show) {
    context.print(lines.join('\n'));
    return;
  }
  await context.requirePresence(`approve request ${request.id}`, lines, request.target);
  requests.approve(request.id);
  recordAnswer('approved', request, context);
  context.print(`Approved. The command may now run once, if it is tried again within 60 seconds.`);
}

function reject(id: string, context: Context): void {
  const request = store(context).reject(id);
  recordAnswer('rejected', request, context);
  context.print(`Rejected ${request.id}.`);
}

function recordAnswer(kind: 'approved' | 'rejected', request: ApprovalRequest, context: Context): void {
  context.record({
    kind,
    command: request.command,
    cwd: request.cwd,
    rules: request.rules,
    request: request.id,
    reason: `request digest ${requestDigest(request).slice(0, 16)}`,
  });
}

function store(context: Context): RequestStore {
  return new RequestStore(context.places.requests);
}
