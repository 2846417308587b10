/**
 * Approval requests and grants: pending → approved | denied | expired | cancelled, approved → used | expired | revoked.
 * Each step is one rename, so that of many racing processes exactly one wins. Who may take a step is the caller's matter.
 */

import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateDirectory, writeAtomic } from '../durable.js';
import { GuardError } from '../errors.js';
import { shortId } from '../short-id.js';
import { isOver, type Moment, moment } from './clock.js';
import { StateFiles } from './files.js';
import type { Owner } from './nested.js';
import { type ApprovalRequest, type NewRequest, parseRequest, requestDigest } from './request.js';
import { subjectOf } from './subject.js';
import { sweep } from './sweep.js';

export const PENDING_MS = 5 * 60_000;
/** How long an approval may wait to be used. */
export const GRANT_MS = 60_000;
/** What was answered; a grant that was used is remembered for longer than a copy of it could count. */
const LIMITS = { keep: 24 * 60 * 60_000, most: 256, least: PENDING_MS + GRANT_MS };
/** Requests that may wait; of more, the oldest are cancelled. */
const MAX_PENDING = 64;
const PROMPTS_WINDOW_MS = 10 * 60_000;
const MAX_PROMPTS = 5;

/** Digits and letters that cannot be taken for one another. */

/** `granting`: an approver won the request and is about to write the approval; nothing comes of one that dies there. */
const states = [
  'pending',
  'granting',
  'approved',
  'denied',
  'expired',
  'cancelled',
  'used',
  'revoked',
] as const;
type RequestState = (typeof states)[number];
const ANSWERED: ReadonlySet<RequestState> = new Set(['denied', 'expired', 'cancelled', 'used', 'revoked']);

/** What a store is told of the world. */
interface Around {
  readonly now?: () => Moment;
  /** Is this process still there? */
  readonly isAlive?: (owner: Owner) => boolean;
}

/** The store in one directory. */
export class RequestStore {
  readonly #root: string;
  readonly #files: StateFiles;
  readonly #now: () => Moment;
  readonly #isAlive: (owner: Owner) => boolean;

  constructor(root: string, { now = moment, isAlive = () => true }: Around = {}) {
    this.#root = root;
    this.#files = new StateFiles(root);
    this.#now = now;
    this.#isAlive = isAlive;
  }

  /** Opens a request, or gives the one already pending for the same subject. */
  open(asked: NewRequest): ApprovalRequest {
    const subject = subjectOf(asked.covers);
    const pending = this.list('pending');
    const waiting = pending.find(one => one.subject === subject);
    if (waiting) return waiting;
    for (const state of states)
      sweep(this.#files, state, ANSWERED.has(state) ? LIMITS : { ...LIMITS, most: Infinity });
    // Who is waited for by a command that stands still, is not pushed aside.
    const free = pending.filter(({ id }) => !this.isHeld(id));
    for (const { id } of free.slice(0, -MAX_PENDING)) this.cancel(id);
    const request = {
      ...asked,
      subject,
      id: shortId(4, id => states.some(state => this.#files.has(state, id))),
      nonce: randomBytes(16).toString('hex'),
      created: this.#now(),
    };
    this.#files.write('pending', request.id, JSON.stringify(request));
    return request;
  }

  /** The requests in a state, oldest first. Those whose time is over move on first. */
  list(state: RequestState): readonly ApprovalRequest[] {
    this.#expire();
    return this.#read(state);
  }

  /** In which state a request is now; `undefined` where there is none of that number. */
  stateOf(id: string): RequestState | undefined {
    this.#expire();
    return states.find(state => this.#files.has(state, id));
  }

  /**
   * pending → approved, for the request just as it was shown. Throws `GuardError` where it is answered already, or where
   * its file is no longer what was shown; then it is denied.
   */
  approve(shown: ApprovalRequest): ApprovalRequest {
    const granted = { ...this.#take(shown), approved: this.#now() };
    this.#files.write('approved', shown.id, JSON.stringify(granted));
    this.#files.remove('granting', shown.id);
    return granted;
  }

  /** pending → used, as `approve`: for who keeps the approval in a store of their own, and lets it be used there. */
  handOn(shown: ApprovalRequest): ApprovalRequest {
    const taken = this.#take(shown);
    this.#files.move(shown.id, 'granting', 'used');
    return taken;
  }

  #take(shown: ApprovalRequest): ApprovalRequest {
    this.#answer(shown.id, 'granting');
    const text = this.#files.text('granting', shown.id);
    const taken = text === undefined ? undefined : parseRequest(text, shown.id);
    if (!taken || requestDigest(taken) !== requestDigest(shown)) {
      this.#files.move(shown.id, 'granting', 'denied');
      throw new GuardError('changed', `request ${shown.id} was changed after it was shown, and is denied`, {
        hint: 'Something on this machine writes into the store of guard. See `guard log`.',
      });
    }
    return taken;
  }

  /** pending → denied, or approved → revoked. Throws `GuardError('no-request')` for any other. */
  reject(id: string): { readonly request: ApprovalRequest; readonly revoked: boolean } {
    const wanted = id.toUpperCase();
    const grant = this.list('approved').find(one => one.id === wanted);
    if (grant && this.#files.move(grant.id, 'approved', 'revoked')) return { request: grant, revoked: true };
    const request = this.find(wanted);
    this.#answer(request.id, 'denied');
    return { request, revoked: false };
  }

  /** pending → cancelled: who asked does not wait any more. */
  cancel(id: string): void {
    this.#files.move(id, 'pending', 'cancelled');
    this.release(id);
  }

  /** Binds a pending request to the process that waits for its answer: where that ends, the request is cancelled. */
  hold(id: string, owner: Owner): void {
    this.#files.write('held', id, JSON.stringify(owner));
  }

  /** Nobody waits any more, and the request stays for who comes back. */
  release(id: string): void {
    this.#files.remove('held', id);
  }

  isHeld(id: string): boolean {
    return this.#files.has('held', id);
  }

  /** approved → used, for exactly this subject; `undefined` where there is no such grant. At most one caller gets it. */
  consume(subject: string): ApprovalRequest | undefined {
    for (const grant of this.list('approved')) {
      // One that was used and then put back from a copy is no second grant.
      if (grant.subject !== subject || this.#files.has('used', grant.id)) continue;
      if (this.#files.move(grant.id, 'approved', 'used')) return grant;
    }
    return undefined;
  }

  /** Counts a question; false where five were asked in the last ten minutes, and the answer is no without asking. */
  countPrompt(): boolean {
    const since = this.#now().wall - PROMPTS_WINDOW_MS;
    const directory = join(this.#root, 'prompts');
    makePrivateDirectory(directory);
    const times = readdirSync(directory).map(name => ({ name, at: Number(name.split('-')[0]) }));
    // What lies in the future was counted before the clock was put right.
    const counts = ({ at }: { at: number }) => at >= since && at <= since + 2 * PROMPTS_WINDOW_MS;
    for (const one of times) if (!counts(one)) rmSync(join(directory, one.name), { force: true });
    if (times.filter(counts).length >= MAX_PROMPTS) return false;
    writeAtomic(join(directory, `${this.#now().wall}-${randomBytes(4).toString('hex')}`), '');
    return true;
  }

  /** The key under which words and environment values enter digests; made on first use. */
  key(): string {
    const known = this.#files.text('keys', 'v2');
    if (known !== undefined) return known;
    this.#files.write('keys', 'v2', randomBytes(32).toString('hex'));
    const made = this.#files.text('keys', 'v2');
    if (made === undefined) throw new GuardError('cannot-read', `cannot read the key in ${this.#root}`);
    return made;
  }

  /** The pending request of that id, in any case. Throws `GuardError('no-request')`, saying what became of it. */
  find(id: string): ApprovalRequest {
    const wanted = id.toUpperCase();
    const found = this.list('pending').find(request => request.id === wanted);
    if (found) return found;
    const state = /^\w+$/.test(wanted) ? this.stateOf(wanted) : undefined;
    throw new GuardError(
      'no-request',
      state ? `request ${wanted} is ${state}` : `there is no request ${wanted}`,
      {
        hint: 'See `guard pending` for the requests that wait. A refused command opens one when it is run again.',
      },
    );
  }

  #expire(): void {
    const now = this.#now();
    for (const request of this.#read('pending')) {
      if (isOver(request.created, PENDING_MS, now)) this.#files.move(request.id, 'pending', 'expired');
      else if (this.#isAbandoned(request.id)) this.cancel(request.id);
    }
    for (const grant of this.#read('approved')) {
      if (!grant.approved || isOver(grant.approved, GRANT_MS, now))
        this.#files.move(grant.id, 'approved', 'expired');
    }
    for (const half of this.#read('granting')) {
      if (isOver(half.created, PENDING_MS + GRANT_MS, now))
        this.#files.move(half.id, 'granting', 'cancelled');
    }
  }

  #read(state: RequestState): readonly ApprovalRequest[] {
    const requests = this.#files.read(state).flatMap(([id, text]) => parseRequest(text, id) ?? []);
    return requests.toSorted((a, b) => a.created.wall - b.created.wall);
  }

  #isAbandoned(id: string): boolean {
    const text = this.#files.text('held', id);
    if (text === undefined) return false;
    const [, pid, started] = /^\{"pid":(\d+),"started":"([^"\\]*)"\}$/.exec(text) ?? [];
    return pid !== undefined && started !== undefined && !this.#isAlive({ pid: Number(pid), started });
  }

  #answer(id: string, to: RequestState): void {
    if (this.#files.move(id, 'pending', to)) return;
    throw new GuardError('no-request', `request ${id} was answered elsewhere`, { hint: 'See `guard log`.' });
  }
}
