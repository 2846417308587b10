/** What the commands about approval requests share: the store, a request shown whole, and a person's answer to it. */

import { join } from 'node:path';
import { Breaker } from '../approvals/breaker.js';
import { type ApprovalRequest, requestDigest } from '../approvals/request.js';
import { RequestStore } from '../approvals/store.js';
import { isAlive } from '../presence/process.js';
import { questionLines } from '../question.js';
import { visible } from '../text.js';
import type { Context } from './context.js';

export function storeOf(context: Context): RequestStore {
  return new RequestStore(context.places.requests, { isAlive });
}

/** The deeds that were tried in too many forms. */
export function breakerOf(context: Context): Breaker {
  return new Breaker(join(context.places.requests, 'deeds'));
}

/** All that an approval would cover, as lines. */
export function describe(request: ApprovalRequest): readonly string[] {
  const { command, cwd, rules, reason, target, environment, files } = request.covers;
  const { instead, loss, agent } = request;
  const named = typeof files === 'object' && files !== null ? Object.keys(files) : [];
  return [
    ...questionLines({
      command,
      rules,
      reason,
      target,
      loss,
      ...(instead !== undefined && { instead }),
      ...(environment !== undefined && { environment }),
    }),
    `  in ${visible(cwd)}${agent === undefined ? '' : `, asked for by ${visible(agent)}`}`,
    ...(named.length > 0 ? [`  with the files as they are now: ${named.map(visible).join(', ')}`] : []),
  ];
}

/** Puts the request to the person here; what is approved is what was shown. Throws where the person does not approve. */
export async function answer(
  request: ApprovalRequest,
  context: Context,
  moot?: () => string | undefined,
): Promise<void> {
  await context.requirePresence(
    `approve request ${request.id}`,
    describe(request),
    request.covers.target,
    moot,
  );
  storeOf(context).approve(request);
  recordAnswer('approved', request, context);
  context.print('Approved. The command may now run once, if it is tried again within 60 seconds.');
}

export function recordAnswer(
  kind: 'approved' | 'rejected',
  request: ApprovalRequest,
  context: Context,
): void {
  const { command, cwd, rules } = request.covers;
  context.record({
    kind,
    command,
    cwd: visible(cwd),
    rules,
    request: request.id,
    reason: `request digest ${requestDigest(request).slice(0, 16)}`,
  });
}
