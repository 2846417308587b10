/** What the commands about approval requests share: the store, a request shown whole, and a person's answer to it. */

import { join } from 'node:path';
import { Breaker } from '../approvals/breaker.js';
import { type ApprovalRequest, requestDigest } from '../approvals/request.js';
import { RequestStore } from '../approvals/store.js';
import { SystemGrants } from '../approvals/system.js';
import { GuardError } from '../errors.js';
import { isAlive } from '../presence/process.js';
import { questionLines } from '../question.js';
import { visible } from '../text.js';
import type { Context } from './context.js';
import { runWithSudo } from './elevation.js';
import { asCaller } from './system/account.js';

const MAX_FILES = 8;

/** Does something with the user's requests: below sudo with that user's rights, for the files are theirs to write. */
export function withStore<T>({ places, elevation }: Context, action: (store: RequestStore) => T): T {
  const act = () => action(new RequestStore(places.requests, { isAlive }));
  return elevation.caller ? asCaller(elevation.caller, act) : act();
}

/** The deeds that were tried in too many forms. */
export function breakerOf(context: Context): Breaker {
  return new Breaker(join(context.places.requests, 'deeds'));
}

/** All that an approval would cover, as lines. */
export function describe(request: ApprovalRequest): readonly string[] {
  const { command, parts, cwd, rules, reason, target, environment, files } = request.covers;
  const { instead, loss, undo, agent } = request;
  const named = typeof files === 'object' && files !== null ? Object.keys(files) : [];
  const texts = [
    ...questionLines({
      command,
      rules,
      reason,
      target,
      loss,
      ...(parts && { parts }),
      ...(undo && { undo }),
      ...(instead !== undefined && { instead }),
      ...(environment !== undefined && { environment }),
    }),
    `  in ${cwd}${agent === undefined ? '' : `, asked for by ${agent}`}`,
    ...(named.length > 0 ? [`  with the files as they are now: ${listed(named)}`] : []),
  ];
  // The file is the agent's to write: what it holds must not draw on the terminal.
  return texts.map(visible);
}

function listed(names: readonly string[]): string {
  const more = names.length - MAX_FILES;
  return more > 0 ? `${names.slice(0, MAX_FILES).join(', ')} and ${more} more` : names.join(', ');
}

/**
 * Puts the request to the person here; what is approved is what was shown. Where H1 is set up, root's guard asks. Throws
 * where the person does not approve.
 */
export async function answer(
  request: ApprovalRequest,
  context: Context,
  moot?: () => string | undefined,
): Promise<void> {
  const { system, caller } = context.elevation;
  if (system && !caller) {
    if (runWithSudo(['approve', request.id])) return;
    throw new GuardError('declined', 'not done: it was not approved with sudo');
  }
  const what = `approve request ${request.id}`;
  await context.requirePresence(what, describe(request), visible(request.covers.target), moot);
  if (system) new SystemGrants(system.grants).give(withStore(context, store => store.handOn(request)));
  else withStore(context, store => store.approve(request));
  recordAnswer('approved', request, context);
  context.print('Approved. The command may now run once, if it is tried again within 60 seconds.');
}

/** Records a person's answer, or that a grant was used, with the digest of the request. */
export function recordAnswer(
  kind: 'approved' | 'rejected' | 'intent',
  request: ApprovalRequest,
  context: Context,
): void {
  const { command, cwd, rules } = request.covers;
  context.record({
    kind,
    command: visible(command),
    cwd: visible(cwd),
    rules,
    request: request.id,
    reason: `request digest ${requestDigest(request).slice(0, 16)}`,
  });
}
