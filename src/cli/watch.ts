/** `guard approve --watch`: waits for requests and puts each to the person as it comes, until Ctrl-C. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { ApprovalRequest } from '../approvals/request.js';
import { GuardError } from '../errors.js';
import { answer, recordAnswer, withStore } from './approval.js';
import type { Context } from './context.js';
import { notify } from './notify.js';

const LOOK_MS = 400;
/** Faults of a question after which no other is put: Ctrl-C, and where nobody can be asked at all. */
const ENDS = new Set(['interrupted', 'no-presence']);

/** Never returns by itself: Ctrl-C while nothing is asked ends the process, in a question it throws. */
export async function watch(context: Context): Promise<never> {
  const seen = new Set<string>();
  context.print('Waiting for refused commands. Each is asked about as it comes; Ctrl-C ends this.');
  for (;;) {
    const next = withStore(context, store => store.list('pending')).find(({ id }) => !seen.has(id));
    if (next) {
      seen.add(next.id);
      notify('guard: a command waits for you', next.covers.command, context.env);
      await put(next, context);
    } else await sleep(LOOK_MS);
  }
}

/** What is not approved is rejected, so that whoever waits need not; a request that ended meanwhile is passed over. */
async function put(request: ApprovalRequest, context: Context): Promise<void> {
  const moot = () => {
    const state = withStore(context, store => store.stateOf(request.id));
    return state === 'pending' ? undefined : `request ${request.id} is ${state ?? 'gone'}`;
  };
  try {
    await answer(request, context, moot);
  } catch (fault) {
    if (!(fault instanceof GuardError) || ENDS.has(fault.code)) throw fault;
    context.print(`${fault.message}.`);
    if (moot() !== undefined) return;
    withStore(context, store => store.reject(request.id));
    recordAnswer('rejected', request, context);
    context.print(`Rejected ${request.id}.`);
  }
}
