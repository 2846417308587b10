/** `sudo guard init --system` and `sudo guard uninstall --system`: level H1, set up and taken away. */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SYSTEM } from '../../approvals/system.js';
import { GuardError } from '../../errors.js';
import { presenceBelowSudo } from '../../presence/presence.js';
import type { Context } from '../context.js';
import { leave, type SetupDoors } from '../setup/doors.js';
import { type Account, asCaller, asUserRuns, callerOf, checkProof } from './account.js';
import { applySystem, isSystemSetUp, removeSystem } from './apply.js';
import { planSystem, showSystem } from './plan.js';

/** What `use-grant` ends with where there is no such grant: no status that sudo itself gives. */
export const NO_GRANT = 3;

interface Options {
  readonly yes?: true;
  readonly dryRun?: true;
}

/** `sudo guard init --system`. */
export async function initSystem(options: Options, context: Context, doors: SetupDoors): Promise<void> {
  const caller = callerOf(context.env);
  const presence = presenceBelowSudo(context.env);
  if (!presence.present) throw new GuardError('no-presence', `a person must do this: ${presence.why}`);
  checkProof(caller);
  const plan = await planSystem({
    root: '',
    ...caller,
    dist: context.dist,
    node: process.execPath,
    policy: policyOf(caller),
  });
  context.print(`guard init --system will, for ${caller.name}:\n\n${showSystem(plan).join('\n')}\n`);
  if (options.dryRun) return;
  if (!(await leave('Do this?', options.yes === true, 'guard init --system', doors))) {
    context.print('Nothing was written.');
    return;
  }
  process.umask(0o022);
  applySystem(plan);
  proveSetUp(caller);
  context.print(
    `Done. From now on you approve with your password: sudo ${SYSTEM.program} approve <id>\nTake it away with: sudo ${SYSTEM.program} uninstall --system`,
  );
}

/** `sudo guard uninstall --system`. */
export async function uninstallSystem(keepLog: boolean, context: Context): Promise<void> {
  if (!isSystemSetUp('')) {
    context.print('guard is not set up for the system.');
    return;
  }
  callerOf(context.env);
  await context.requirePresence('take the system set-up away: approvals need no password any more');
  removeSystem('', keepLog);
  context.print('The system set-up is gone. guard works at level H0 again, as before.');
}

/** Tries what was set up: an approval must ask for the password, using one up must not. */
function proveSetUp({ name }: Account): void {
  const approve = asUserRuns(name, `exec sudo -k -n ${SYSTEM.program} approve AAAA`);
  const use = asUserRuns(name, `exec sudo -k -n ${SYSTEM.program} use-grant AAAA`);
  if (approve === 1 && use === NO_GRANT) return;
  removeSystem('', false);
  throw new GuardError(
    'no-proof',
    'sudo does not treat guard as its rules say, so all was taken away again',
    {
      hint: `Another rule in /etc/sudoers.d decides for ${name} (statuses ${approve}, ${use}). See \`sudo -l -U ${name}\`.`,
    },
  );
}

/** The caller's own policy, read with the caller's rights. */
function policyOf(caller: Account): string | undefined {
  const home = homeOf(caller.name);
  const path = join(home, '.config/guard/policy.yaml');
  return asCaller(caller, () => (existsSync(path) ? readFileSync(path, 'utf8') : undefined));
}

function homeOf(name: string): string {
  // The name was checked to be a plain one; the shell knows homes on every system.
  const { stdout } = spawnSync('/bin/sh', ['-c', `echo ~${name}`], { encoding: 'utf8' });
  return stdout.trim();
}
