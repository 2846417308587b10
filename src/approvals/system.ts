/**
 * What `sudo guard init --system` sets up for approvals (level H1): grants that only root can write, and that root alone
 * moves on. The agent's user reads them, and asks root to use one up. Knows the places; asks nobody.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { SYSTEM_LIBRARY, SYSTEM_LOG, SYSTEM_PROGRAM } from '../places.js';
import { isOver, moment } from './clock.js';
import { StateFiles } from './files.js';
import { type ApprovalRequest, parseRequest } from './request.js';
import { GRANT_MS } from './store.js';
import { sweep } from './sweep.js';

/** Where everything of the system's is. Fixed: what names another place could be set by an agent. */
export const SYSTEM = {
  program: SYSTEM_PROGRAM,
  library: SYSTEM_LIBRARY,
  config: '/etc/guard',
  sudoers: '/etc/sudoers.d/guard',
  state: '/var/lib/guard',
  log: SYSTEM_LOG,
} as const;

/** The parts of one user's directory under `SYSTEM.state`. */
export interface SystemPlaces {
  /** The user's own: requests, to be read by root as that user. */
  readonly requests: string;
  /** Root's. */
  readonly grants: string;
}

/** The user's part of the system's store, whether or not it is there. `root` is a prefix for tests. */
export function systemPlaces(uid: number, root = ''): SystemPlaces {
  const directory = join(`${root}${SYSTEM.state}`, String(uid));
  return { requests: join(directory, 'requests'), grants: join(directory, 'grants') };
}

/** The user's part where H1 is set up for them; `undefined` where it is not, or where root does not own it. */
export function systemInForce(uid: number, root = ''): SystemPlaces | undefined {
  const places = systemPlaces(uid, root);
  const ours = [join(places.grants, '..'), places.grants, `${root}${SYSTEM.program}`];
  return ours.every(isRoots) ? places : undefined;
}

function isRoots(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats !== undefined && !stats.isSymbolicLink() && stats.uid === 0 && (stats.mode & 0o022) === 0;
}

/** Programs that ask root; the first that is there. Never from PATH. */
const SUDO = ['/usr/bin/sudo', '/bin/sudo', '/usr/local/bin/sudo'];

/** The absolute path of sudo. */
export function sudo(): string {
  return SUDO.find(path => existsSync(path)) ?? '/usr/bin/sudo';
}

/** How long after its approval a command may still reach what was approved inside it. */
const INSIDE_MS = 10 * 60_000;

const DAY_MS = 24 * 60 * 60_000;

const GRANTS = ['approved', 'used', 'expired', 'revoked'] as const;

/** Root's grants for one user. */
export class SystemGrants {
  readonly #files: StateFiles;
  static readonly states = GRANTS;

  constructor(directory: string) {
    this.#files = new StateFiles(directory, 0, 0o022);
  }

  /** The grant for exactly this subject that may be used now. */
  find(subject: string): ApprovalRequest | undefined {
    return this.#read('approved').find(grant => grant.subject === subject && isFresh(grant));
  }

  /** Was a flagged command approved as one inside a command that root let run? */
  hasInside(subject: string): boolean {
    return this.#read('used').some(
      ({ covers, approved }) =>
        covers.inside?.includes(subject) && approved !== undefined && !isOver(approved, INSIDE_MS, moment()),
    );
  }

  /** As the agent's user: has root use the grant up. At most one caller gets true. */
  use(grant: ApprovalRequest): boolean {
    const asked = spawnSync(sudo(), ['-n', SYSTEM.program, 'use-grant', grant.id], { stdio: 'ignore' });
    return asked.status === 0;
  }

  /** As root: pending → approved. */
  give(request: ApprovalRequest): void {
    for (const state of GRANTS) sweep(this.#files, state, { keep: DAY_MS, most: Infinity, least: 0 });
    const grant = { ...request, approved: moment() };
    this.#files.write('approved', request.id, JSON.stringify(grant));
  }

  /** As root: approved → used. The grant, for the one caller who moved it. */
  take(id: string): ApprovalRequest | undefined {
    const grant = this.#read('approved').find(one => one.id === id);
    if (!grant || this.#files.has('used', id)) return undefined;
    if (!isFresh(grant)) {
      this.#files.move(id, 'approved', 'expired');
      return undefined;
    }
    return this.#files.move(id, 'approved', 'used') ? grant : undefined;
  }

  /** Is there a grant of that number that was not used yet? */
  isApproved(id: string): boolean {
    return this.#read('approved').some(grant => grant.id === id);
  }

  /** As root: approved → revoked. False where there is none. */
  revoke(id: string): boolean {
    return this.#files.move(id, 'approved', 'revoked');
  }

  #read(state: (typeof GRANTS)[number]): readonly ApprovalRequest[] {
    return this.#files.read(state).flatMap(([id, text]) => parseRequest(text, id) ?? []);
  }
}

function isFresh({ approved }: ApprovalRequest): boolean {
  return approved !== undefined && !isOver(approved, GRANT_MS, moment());
}
