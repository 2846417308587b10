/**
 * Holding a command until a person has answered elsewhere. The request is bound to this process: Ctrl-C, a killed shim and
 * a killed judge cancel it. Decides nothing; asks nobody.
 */

import type { Owner } from '../approvals/nested.js';
import type { RequestStore } from '../approvals/store.js';
import type { Waited } from '../gate.js';
import { say } from './say.js';

const LOOK_MS = 250;

/** What became of the request within `wait` milliseconds. */
export async function waitForAnswer(
  request: string,
  store: RequestStore,
  self: Owner,
  wait: number,
): Promise<Waited> {
  let stopped = false;
  const stop = () => {
    stopped = true;
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
  for (const signal of signals) process.on(signal, stop);
  const parent = process.ppid;
  store.hold(request, self);
  say(`guard: waiting up to ${Math.round(wait / 1000)} s for a person to answer request ${request}`);
  try {
    for (const end = performance.now() + wait; performance.now() < end; ) {
      if (stopped || process.ppid !== parent) {
        store.cancel(request);
        return { kind: 'over', why: 'the waiting for an answer was interrupted' };
      }
      const state = store.stateOf(request);
      // Where root answered, its own store holds the grant, and this one is done with the request.
      if (state === 'approved' || state === 'used') return { kind: 'approved' };
      if (state !== 'pending' && state !== 'granting') {
        return {
          kind: 'over',
          why: state === 'denied' ? 'the user rejected it' : `its request is ${state ?? 'gone'}`,
        };
      }
      await new Promise(resolve => setTimeout(resolve, LOOK_MS));
    }
    return { kind: 'open' };
  } finally {
    store.release(request);
    for (const signal of signals) process.off(signal, stop);
  }
}
