/** `guard pending`: the refused commands that wait for a human, and the deeds that were tried in too many forms. */

import type { Command } from 'commander';
import type { ApprovalRequest } from '../../approvals/request.js';
import { PENDING_MS } from '../../approvals/store.js';
import { tilded, tildedIn } from '../../paths.js';
import { visible } from '../../text.js';
import { breakerOf, withStore } from '../approval.js';
import type { Context } from '../context.js';
import { tableOf } from '../table.js';

const MAX_FORMS = 10;

export function registerPending(program: Command, context: Context): void {
  program
    .command('pending')
    .description('list the refused commands that wait for a human')
    .option('--json', 'print them as JSON')
    .addHelpText('after', '\nExample:\n  guard pending')
    .action((options: { json?: true }) => pending(options, context));
}

function pending(options: { json?: true }, context: Context): void {
  const requests = withStore(context, store =>
    store.list('pending').map(request => ({ ...request, isHeld: store.isHeld(request.id) })),
  );
  const locked = breakerOf(context).locked();
  if (options.json) {
    const shown = requests.map(request => ({ ...asJson(request), waiting: request.isHeld }));
    context.print(JSON.stringify([...shown, ...locked.map(one => ({ ...one, locked: true }))], null, 2));
    return;
  }
  for (const { id, agent, deed, commands } of locked) {
    context.print(
      `Refused in every form, after ${visible(agent)} tried it in ${commands.length}: ${visible(deed)}`,
    );
    for (const command of commands.slice(0, MAX_FORMS)) context.print(`  - ${visible(command)}`);
    context.print(`  Once you have looked, let it be asked for again: guard unlock ${id}\n`);
  }
  if (requests.length === 0) {
    context.print('No command waits for approval.');
    return;
  }
  const head = ['id', 'age', 'agent', 'where', 'command', 'would be lost'];
  const rows = requests.map(request => rowOf(request, context.places.home));
  context.print(tableOf(head, rows, [7, 9, 10, 26, 44, 44]));
  context.print('Approve with `guard approve <id>`, refuse with `guard reject <id>`.');
}

function asJson(request: ApprovalRequest) {
  const { command, cwd, rules, reason, target, environment } = request.covers;
  return {
    id: request.id,
    created: new Date(request.created.wall).toISOString(),
    expires: new Date(request.created.wall + PENDING_MS).toISOString(),
    ...(request.agent !== undefined && { agent: request.agent }),
    cwd: visible(cwd),
    command,
    rules,
    reason,
    ...(request.instead !== undefined && { instead: request.instead }),
    target,
    ...(environment !== undefined && { environment }),
    loss: request.loss,
    undo: request.undo ?? [],
  };
}

function rowOf(request: ApprovalRequest, home: string): string[] {
  const { command, cwd, reason } = request.covers;
  const seconds = Math.max(0, Math.round((Date.now() - request.created.wall) / 1000));
  const age = `${Math.floor(seconds / 60)}m ${seconds % 60}s`;
  return [
    request.id,
    age,
    visible(request.agent ?? '-'),
    visible(tilded(cwd, home)),
    visible(command),
    tildedIn(
      [...(request.loss.length > 0 ? request.loss : [reason]), ...(request.undo ?? [])]
        .map(visible)
        .join('\n'),
      home,
    ),
  ];
}
