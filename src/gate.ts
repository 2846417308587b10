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
  record(kind: 'intent' | 'refused' | 'locked', verdict: Verdict, more: Recorded): void;
  /** Notes that the record of a harmless command was lost, with one warning. */
  recordLost(fault: GuardError): void;
  /** Takes what a human allowed for exactly this command, by itself or inside another, if anything; says what it was. */
  takeGrant(verdict: Verdict): Grant | undefined;
  /** Lets the flagged commands inside an approved one run without a second question. */
  passOn(verdict: Verdict): void;
  /** Asks the person here, or says why there is nobody to ask. */
  ask(verdict: Verdict): Promise<Answer>;
  /** Why every form of this is refused until a person has looked; `undefined` where it is not. */
  lockedBy(verdict: Verdict): string | undefined;
  /** Counts a refusal in which nobody was asked; the deeds that this locks, in words. */
  countRefusal(verdict: Verdict): readonly string[];
  /** Leaves a request that a human may approve elsewhere; returns its id. */
  leaveRequest(verdict: Verdict): string;
  /** Waits for the answer to the request, where the policy says so. */
  awaitAnswer(request: string): Promise<Waited>;
  /** Does policy let it run without a question, once all that it takes is saved? */
  mayRunSaved(verdict: Verdict): boolean;
  /** Saves what the command is about to take, as far as that can be. What failed once, questions and requests say. */
  save(verdict: Verdict, quietly?: boolean): Saving;
}

interface Recorded {
  readonly reason?: string;
  readonly request?: string;
  readonly snapshot?: string;
}

/** `none`: there is nothing that could be saved. `why` is a clause. */
export type Saving =
  | { readonly kind: 'none' }
  | { readonly kind: 'saved'; readonly id: string }
  | { readonly kind: 'failed'; readonly why: string };

/** The words for the record; `request` is the approval request's id. */
export interface Grant {
  readonly reason: string;
  readonly request?: string;
  /** The person knew that nothing could be saved first. */
  readonly unsaved?: boolean;
  /** It was given for the command around this one, which said what is saved. */
  readonly inside?: boolean;
}

export type Answer =
  | { readonly kind: 'approved' }
  /** The agent's client puts `question` to its user next, and starts the command only after a yes. */
  | { readonly kind: 'client'; readonly question: string; readonly reason: string }
  /** A person was asked and did not approve. */
  | { readonly kind: 'rejected'; readonly why: string }
  /** Nobody could be asked. */
  | { readonly kind: 'absent'; readonly why: string }
  /** Nobody here or elsewhere can prove what the rule demands. */
  | { readonly kind: 'beyond'; readonly why: string };

export type Waited =
  | { readonly kind: 'approved' }
  /** Nobody answered yet: the request stays. */
  | { readonly kind: 'open' }
  | { readonly kind: 'over'; readonly why: string };

export type Outcome =
  /** `question`: the client is to ask it first. */
  | { readonly run: true; readonly verdict: Verdict; readonly question?: string }
  | { readonly run: false; readonly verdict: Verdict; readonly why: string; readonly request?: string };

/** Takes one command through the gate. Rejects only where guard itself failed. */
export async function gate(doors: GateDoors): Promise<Outcome> {
  const verdict = await doors.decide();
  switch (verdict.decision) {
    case 'allow':
      return allow(verdict, doors);
    case 'deny':
      noteRefusal(verdict, doors);
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
  if (grant !== undefined) return useGrant(verdict, doors, grant);
  if (doors.mayRunSaved(verdict)) {
    const saving = doors.save(verdict);
    if (saving.kind === 'saved') return start(verdict, doors, { reason: 'policy: saved first' }, saving.id);
    return question(verdict, doors, true);
  }
  return question(verdict, doors, false);
}

/** Asks; where saving then fails, asks again and says so, for the answer was given to something else. */
async function question(verdict: Verdict, doors: GateDoors, unsaved: boolean): Promise<Outcome> {
  const answer = await doors.ask(verdict);
  switch (answer.kind) {
    case 'approved': {
      const grant = { reason: 'approved on the terminal' };
      if (unsaved) return start(verdict, doors, grant);
      const saving = doors.save(verdict);
      return saving.kind === 'failed'
        ? question(verdict, doors, true)
        : start(verdict, doors, grant, idOf(saving));
    }
    case 'client': {
      const saving = unsaved ? undefined : doors.save(verdict);
      if (saving?.kind === 'failed') return question(verdict, doors, true);
      const left = start(verdict, doors, { reason: answer.reason }, saving && idOf(saving));
      return { ...left, question: answer.question };
    }
    case 'rejected':
      return refuse(verdict, doors, answer.why);
    case 'beyond':
      return refuse(verdict, doors, answer.why);
    case 'absent':
      return leave(verdict, doors, answer.why);
  }
}

/** An approval that was given for a command whose loss would be saved is no approval of one whose loss is not. */
function useGrant(verdict: Verdict, doors: GateDoors, grant: Grant): Outcome {
  const saving = doors.save(verdict, grant.inside);
  if (saving.kind !== 'failed' || grant.unsaved === true) return start(verdict, doors, grant, idOf(saving));
  const why = `what it takes could not be saved first (${saving.why}), which the approval did not know`;
  return refuse(verdict, doors, why, doors.leaveRequest(verdict));
}

function idOf(saving: Saving): string | undefined {
  return saving.kind === 'saved' ? saving.id : undefined;
}

/** Nobody is here to ask: what was tried in too many forms is refused, anything else waits for a person elsewhere. */
async function leave(verdict: Verdict, doors: GateDoors, why: string): Promise<Outcome> {
  const locked = doors.lockedBy(verdict);
  if (locked !== undefined) return refuse(verdict, doors, locked);
  const request = doors.leaveRequest(verdict);
  const waited = await doors.awaitAnswer(request);
  const grant = waited.kind === 'approved' ? doors.takeGrant(verdict) : undefined;
  if (grant !== undefined) return useGrant(verdict, doors, grant);
  noteRefusal(verdict, doors);
  if (waited.kind === 'over') return refuse(verdict, doors, waited.why);
  return refuse(verdict, doors, why, request);
}

function noteRefusal(verdict: Verdict, doors: GateDoors): void {
  for (const deed of doors.countRefusal(verdict)) {
    recordOrLose('locked', verdict, doors, {
      reason: `tried in three forms, refused in every form: ${deed}`,
    });
  }
}

/** A flagged command runs only once its record is written. */
function start(
  verdict: Verdict,
  doors: GateDoors,
  grant: Grant,
  snapshot?: string,
): Outcome & { readonly run: true } {
  const { reason, request } = grant;
  doors.record('intent', verdict, {
    reason,
    ...(request !== undefined && { request }),
    ...(snapshot !== undefined && { snapshot }),
  });
  doors.passOn(verdict);
  return { run: true, verdict };
}

function refuse(verdict: Verdict, doors: GateDoors, why: string, request?: string): Outcome {
  const more = request === undefined ? {} : { request };
  recordOrLose('refused', verdict, doors, { reason: why, ...more });
  return { run: false, verdict, why, ...more };
}

/** It is refused either way; only the record is lost. */
function recordOrLose(kind: 'refused' | 'locked', verdict: Verdict, doors: GateDoors, more: Recorded): void {
  try {
    doors.record(kind, verdict, more);
  } catch (fault) {
    if (!(fault instanceof GuardError)) throw fault;
    doors.recordLost(fault);
  }
}
