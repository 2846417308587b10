/**
 * The single path from a verdict to an outcome: decide → approve → record → run. Its doors are parameters; it knows no
 * tool, no rule and no agent. What cannot be recorded and is flagged does not run.
 */

import { GuardError } from './errors.js';
import type { Verdict } from './policy/rule.js';
import { demandedPresence } from './presence/level.js';

/** What the gate needs of the world, for one command. */
export interface GateDoors {
  decide(): Promise<Verdict>;
  /** Writes one record. Throws `GuardError` where it could not be written. */
  record(kind: 'intent' | 'refused', verdict: Verdict, more: { reason?: string; request?: string }): void;
  /** Notes that the record of a harmless command was lost, with one warning. */
  recordLost(fault: GuardError): void;
  /** Takes what a human allowed for exactly this command, by itself or inside another, if anything; says what it was. */
  takeGrant(verdict: Verdict): Grant | undefined;
  /** Lets the flagged commands inside an approved one run without a second question. */
  passOn(verdict: Verdict): void;
  /** Asks the person here, or says why there is nobody to ask. */
  ask(verdict: Verdict): Promise<Answer>;
  /** Leaves a request that a human may approve elsewhere; returns its id. */
  leaveRequest(verdict: Verdict): string;
}

/** The words for the record; `request` is the approval request's id. */
export interface Grant {
  readonly reason: string;
  readonly request?: string;
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
  const level = demandedPresence(verdict);
  // An answer typed here is H0. No request is left either, for nothing can yet answer it as the rule demands.
  if (level !== 'H0') return refuse(verdict, doors, beyond(level));
  const grant = doors.takeGrant(verdict);
  if (grant !== undefined) return start(verdict, doors, grant);
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

function beyond(level: string): string {
  return `its rule demands presence ${level}, and this guard can only prove H0, a name typed at a terminal`;
}

/** A flagged command runs only once its record is written. */
function start(verdict: Verdict, doors: GateDoors, grant: Grant): Outcome {
  doors.record('intent', verdict, { ...grant });
  doors.passOn(verdict);
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
