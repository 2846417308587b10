/**
 * Approval requests and grants as files: one directory a state, and each step one rename, so that of many racing
 * processes exactly one wins. Who may take a step is the caller's matter (presence).
 */

import { randomBytes, randomInt } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateDirectory, writeAtomic } from '../durable.js';
import { GuardError } from '../errors.js';
import { type ApprovalRequest, isRequest, type NewRequest } from './request.js';

export const PENDING_MS = 5 * 60_000;
/** How long an approval may wait to be used. */
export const GRANT_MS = 60_000;
const KEPT_MS = 24 * 60 * 60_000;
/** A clock that went back further than this makes a grant worthless. */
const CLOCK_SLACK_MS = 2_000;
const PROMPTS_WINDOW_MS = 10 * 60_000;
const MAX_PROMPTS = 5;

/** Digits and letters that cannot be taken for one another. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

export type RequestState = 'pending' | 'approved' | 'denied' | 'expired' | 'cancelled' | 'used' | 'revoked';

/** The store in one directory; `now` is a parameter so that tests can move the clock. */
export class RequestStore {
  readonly #root: string;
  readonly #now: () => number;

  constructor(root: string, now: () => number = Date.now) {
    this.#root = root;
    this.#now = now;
  }

  /** Opens a request, or gives the one already pending for the same subject. */
  open(asked: NewRequest): ApprovalRequest {
    const waiting = this.list('pending').find(one => one.subject === asked.subject);
    if (waiting) return waiting;
    const request = {
      ...asked,
      id: this.#freeId(),
      nonce: randomBytes(16).toString('hex'),
      createdAt: this.#now(),
    };
    this.#write('pending', request);
    return request;
  }

  /** The requests in a state, oldest first. Those whose time is over move on first. */
  list(state: RequestState): readonly ApprovalRequest[] {
    this.#expire();
    return this.#read(state);
  }

  /** pending → approved. */
  approve(id: string): ApprovalRequest {
    const request = this.find(id);
    // The rename decides who wins; only then is the grant published.
    this.#move(request.id, 'pending', 'granting');
    const granted = { ...request, approvedAt: this.#now() };
    this.#write('approved', granted);
    rmSync(this.#file('granting', request.id), { force: true });
    return granted;
  }

  /** pending → denied. */
  reject(id: string): ApprovalRequest {
    const request = this.find(id);
    this.#move(request.id, 'pending', 'denied');
    return request;
  }

  /** approved → used, for exactly this subject; `undefined` where there is no such grant. At most one caller gets it. */
  consume(subject: string): ApprovalRequest | undefined {
    for (const grant of this.list('approved')) {
      if (grant.subject !== subject) continue;
      if (this.#tryMove(grant.id, 'approved', 'used')) return grant;
    }
    return undefined;
  }

  /** Counts a question; false where five were asked in the last ten minutes, and the answer is no without asking. */
  countPrompt(): boolean {
    const since = this.#now() - PROMPTS_WINDOW_MS;
    const directory = join(this.#root, 'prompts');
    makePrivateDirectory(directory);
    const times = readdirSync(directory).map(name => ({ name, at: Number(name.split('-')[0]) }));
    for (const { name, at } of times) if (at < since) rmSync(join(directory, name), { force: true });
    if (times.filter(({ at }) => at >= since).length >= MAX_PROMPTS) return false;
    writeAtomic(join(directory, `${this.#now()}-${randomBytes(4).toString('hex')}`), '');
    return true;
  }

  /** The key under which environment values enter digests; made on first use. */
  key(): string {
    const path = join(this.#root, 'key');
    try {
      return readFileSync(path, 'utf8');
    } catch (fault) {
      if (!isMissing(fault)) throw fault;
      writeAtomic(path, randomBytes(32).toString('hex'));
      return readFileSync(path, 'utf8');
    }
  }

  /** The pending request of that id, in any case. Throws `GuardError('no-request')`, saying what became of it. */
  find(id: string): ApprovalRequest {
    const wanted = id.toUpperCase();
    const found = this.list('pending').find(request => request.id === wanted);
    if (found) return found;
    const states = ['approved', 'denied', 'expired', 'used', 'cancelled', 'revoked'] as const;
    const state = states.find(one => this.#read(one).some(request => request.id === wanted));
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
      if (isOver(request.createdAt, PENDING_MS, now)) this.#tryMove(request.id, 'pending', 'expired');
    }
    for (const grant of this.#read('approved')) {
      if (isOver(grant.approvedAt ?? 0, GRANT_MS, now)) this.#tryMove(grant.id, 'approved', 'expired');
    }
    for (const state of ['denied', 'expired', 'cancelled', 'used', 'revoked', 'granting'] as const) {
      for (const old of this.#read(state)) {
        if (now - old.createdAt > KEPT_MS) rmSync(this.#file(state, old.id), { force: true });
      }
    }
  }

  #read(state: RequestState | 'granting'): readonly ApprovalRequest[] {
    const directory = join(this.#root, state);
    let names: readonly string[];
    try {
      names = readdirSync(directory).filter(name => name.endsWith('.json'));
    } catch (fault) {
      if (isMissing(fault)) return [];
      throw fault;
    }
    const requests = names.flatMap(name => {
      const request = parse(join(directory, name));
      return request ? [request] : [];
    });
    return requests.toSorted((a, b) => a.createdAt - b.createdAt);
  }

  #write(state: RequestState, request: ApprovalRequest): void {
    writeAtomic(this.#file(state, request.id), JSON.stringify(request));
  }

  #move(id: string, from: RequestState | 'granting', to: RequestState | 'granting'): void {
    if (!this.#tryMove(id, from, to)) {
      throw new GuardError('no-request', `request ${id} was answered elsewhere`, {
        hint: 'See `guard log`.',
      });
    }
  }

  #tryMove(id: string, from: RequestState | 'granting', to: RequestState | 'granting'): boolean {
    makePrivateDirectory(join(this.#root, to));
    try {
      renameSync(this.#file(from, id), this.#file(to, id));
      return true;
    } catch (fault) {
      if (isMissing(fault)) return false;
      throw fault;
    }
  }

  #file(state: RequestState | 'granting', id: string): string {
    return join(this.#root, state, `${id}.json`);
  }

  #freeId(): string {
    for (;;) {
      const id = Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
      const states = ['pending', 'approved', 'denied', 'expired', 'used'] as const;
      if (!states.some(state => exists(this.#file(state, id)))) return id;
    }
  }
}

/** A request file; one that was half written or tampered with counts for nothing. */
function parse(path: string): ApprovalRequest | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isRequest(value) ? value : undefined;
  } catch (fault) {
    if (fault instanceof SyntaxError || isMissing(fault)) return undefined;
    throw fault;
  }
}

/** Over after `span`, and over as well where the clock stands before the start. */
function isOver(start: number, span: number, now: number): boolean {
  return now - start > span || start - now > CLOCK_SLACK_MS;
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function isMissing(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && fault.code === 'ENOENT';
}
