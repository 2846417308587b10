/**
 * The single path from a verdict to an outcome: decide → approve → record → run. Its doors are parameters; it knows no
 * tool, no rule and no agent. What cannot be recorded and is flagged does not run.
 */

import { GuardError } from './errors.js';
import type { Verdict } from './policy/rule.js';

/** What the gate needs of the world, for one command. */
export interface GateDoors {
  decide(): Promise<Verdict>;
  /** Writes one record. Throws `GuardError` where it could not be written. */
  record(kind: 'intent' | 'refused', verdict: Verdict, more: { reason?: string; request?: string }): void;
  /** Notes that the record of a harmless command was lost, with one warning. */
  recordLost(fault: GuardError): void;
  /** Takes the grant that a human gave for exactly this command, if there is one; returns its request's id. */
  takeGrant(verdict: Verdict): string | undefined;
  /** Asks the person here, or says why there is nobody to ask. */
  ask(verdict: Verdict): Promise<Answer>;
  /** Leaves a request that a human may approve elsewhere; returns its id. */
  leaveRequest(verdict: Verdict): string;
}

export type Answer =
  | { readonly kind: 'approved' }
  /** A person was asked and did not approve. */
  | { readonly kind: 'rejected'; readonly why: string }
  /** Nobody could be asked. */
  | { readonly kind: 'absent'; readonly why: string };

export type Outcome =
  | { readonly run: true; readonly verdict: Verdict }
  | { readonly run: false; readonly verdict: Verdict; readonly why: string; readonly request?: string };

/** Takes one command through the gate. Rejects only where guard itself failed. */
export async function gate(doors: GateDoors): Promise<Outcome> {
  const verdict = await doors.decide();
  switch (verdict.decision) {
    case 'allow':
      return allow(verdict, doors);
    case 'deny':
      return refuse(verdict, doors, 'policy forbids it');
    case 'confirm':
      return confirm(verdict, doors);
  }
}

function allow(verdict: Verdict, doors: GateDoors): Outcome {
  try {
    doors.record('intent', verdict, {});
  } catch (fault) {
    if (!(fault instanceof GuardError)) throw fault;
    doors.recordLost(fault);
  }
  return { run: true, verdict };
}

async function confirm(verdict: Verdict, doors: GateDoors): Promise<Outcome> {
  const grant = doors.takeGrant(verdict);
  if (grant !== undefined) return start(verdict, doors, { reason: 'approved', request: grant });
  const answer = await doors.ask(verdict);
  switch (answer.kind) {
    case 'approved':
      return start(verdict, doors, { reason: 'approved on the terminal' });
    case 'rejected':
      return refuse(verdict, doors, answer.why);
    case 'absent':
      return refuse(verdict, doors, answer.why, doors.leaveRequest(verdict));
  }
}

/** A flagged command runs only once its record is written. */
function start(verdict: Verdict, doors: GateDoors, more: { reason: string; request?: string }): Outcome {
  doors.record('intent', verdict, more);
  return { run: true, verdict };
}

function refuse(verdict: Verdict, doors: GateDoors, why: string, request?: string): Outcome {
  const more = request === undefined ? {} : { request };
  try {
    doors.record('refused', verdict, { reason: why, ...more });
  } catch (fault) {
    // It is refused either way; only the record is lost.
    if (!(fault instanceof GuardError)) throw fault;
    doors.recordLost(fault);
  }
  return { run: false, verdict, why, ...more };
}
