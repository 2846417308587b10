/**
 * Level H1 in the command line: whether it is set up here, whether this process is root's own guard below sudo, and a
 * person's answer through sudo. Knows no command.
 */

import { spawnSync } from 'node:child_process';
import { SYSTEM, type SystemPlaces, sudo, systemInForce } from '../approvals/system.js';
import { GuardError } from '../errors.js';
import { type Places, placesOf } from '../places.js';
import { quote } from '../text.js';

/** Where this process stands. */
export interface Elevation {
  /** The system's store for the user whom this is about; none where H1 is not set up for them. */
  readonly system: SystemPlaces | undefined;
  /** The user below sudo, where this is the system's own guard, run by root for them. */
  readonly caller: { readonly uid: number; readonly gid: number } | undefined;
}

export function elevationOf(env: NodeJS.ProcessEnv, dist: string): Elevation {
  const own = process.geteuid?.() ?? 0;
  const uid = Number(env['SUDO_UID']);
  const gid = Number(env['SUDO_GID']);
  const isBelowSudo = own === 0 && uid > 0 && Number.isInteger(gid);
  const system = systemInForce(isBelowSudo ? uid : own);
  const isSystems = isBelowSudo && system !== undefined && dist === `${SYSTEM.library}/dist`;
  if (isSystems) process.umask(0o022);
  return { system, caller: isSystems ? { uid, gid } : undefined };
}

/** Root's guard works on the system's policy and log, and on the caller's requests. */
export function placesFor(env: NodeJS.ProcessEnv, { system, caller }: Elevation): Places {
  const own = placesOf(env);
  if (!system) return own;
  if (!caller) return { ...own, requests: system.requests };
  const { config } = SYSTEM;
  return {
    ...own,
    requests: system.requests,
    config,
    userPolicy: `${config}/policy.yaml`,
    userRules: `${config}/rules`,
    audit: SYSTEM.log,
  };
}

/** Has root's guard put the question, after sudo asked for the password. Throws where it was not answered with yes. */
export function confirmThroughSudo(what: string, lines: readonly string[]): void {
  if (!runWithSudo(['confirm', '--', what, ...lines])) {
    throw new GuardError('declined', 'not done: it was not confirmed with sudo');
  }
}

/** Runs root's guard on this terminal; false for every status but 0. */
export function runWithSudo(words: readonly string[]): boolean {
  return spawnSync(sudo(), [SYSTEM.program, ...words], { stdio: 'inherit' }).status === 0;
}

/** The fault for a change that only root's guard can make. */
export function needsRoot(): GuardError {
  return new GuardError('no-presence', 'this loosens guard, and here only root may do that', {
    hint: `Run it with your password: sudo ${SYSTEM.program} ${quote(process.argv.slice(2))}`,
  });
}
