/**
 * The person who asked sudo, and whether sudo would be a proof of them: it is none where it asks for no password, or where
 * a group makes its members root without one. Asks the system's own programs; changes nothing.
 */

import { spawnSync } from 'node:child_process';
import { GuardError } from '../../errors.js';

/** The account that called sudo. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

/** Members of these can make themselves root without a password. */
const ROOTS_GROUPS = new Set(['docker', 'lxd', 'incus', 'incus-admin', 'disk']);

/** Who called sudo. Throws `GuardError('no-sudo')` where this is not below sudo, or below root's own. */
export function callerOf(env: NodeJS.ProcessEnv): Account {
  const uid = Number(env['SUDO_UID']);
  const gid = Number(env['SUDO_GID']);
  const name = env['SUDO_USER'] ?? '';
  if (process.geteuid?.() !== 0) {
    throw new GuardError('no-sudo', 'this needs root', {
      hint: 'Run it with sudo: sudo guard init --system',
    });
  }
  if (!(uid > 0) || !Number.isInteger(gid) || !/^[A-Za-z_][\w.-]*\$?$/.test(name)) {
    throw new GuardError('no-sudo', 'there is no user behind this but root, so H1 would prove nothing', {
      hint: 'Agents that run as root can answer for anyone. Run them as a user of their own, and as that user: sudo guard init --system',
    });
  }
  return { uid, gid, name };
}

/** Throws `GuardError('no-proof')` where the account becomes root without a password. */
export function checkProof({ name }: Account): void {
  const groups = output('id', ['-Gn', name]).split(/\s+/);
  const group = groups.find(one => ROOTS_GROUPS.has(one));
  if (group !== undefined) {
    throw new GuardError('no-proof', `${name} is in the group ${group}, and so is root without a password`, {
      hint: `Take ${name} out of ${group} (sudo gpasswd -d ${name} ${group}), or work at level H0.`,
    });
  }
  // -k: the password that was typed just now must not count.
  if (asUserRuns(name, 'exec sudo -k -n true') === 0) {
    throw new GuardError('no-proof', `sudo asks ${name} for no password, so it proves no person`, {
      hint: 'Look for NOPASSWD in /etc/sudoers and /etc/sudoers.d, or work at level H0.',
    });
  }
}

/** Exit status of a command that the account's own shell runs, without a terminal. */
export function asUserRuns(name: string, command: string): number | null {
  return spawnSync('su', [name, '-c', command], { stdio: 'ignore', cwd: '/' }).status;
}

/** Does something with the caller's rights on files, and no more. */
export function asCaller<T>({ uid, gid }: Pick<Account, 'uid' | 'gid'>, action: () => T): T {
  process.setegid?.(gid);
  process.seteuid?.(uid);
  try {
    return action();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}

function output(program: string, words: readonly string[]): string {
  return spawnSync(program, words, { encoding: 'utf8' }).stdout ?? '';
}
