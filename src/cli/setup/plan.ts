/** What `guard init` would do on this machine, as a value that can be shown before anything is written. */

import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { GuardError } from '../../errors.js';
import type { Places } from '../../places.js';
import { otherGuardIn, withBlocks } from './block.js';
import { behindLinks, bytesOf, checkWritable, type FileChange, readBytes } from './files.js';
import { fishLine, fishText, shellLine, shellText } from './path-setup.js';
import { policyText } from './policy-text.js';
import { startupFiles } from './startup-files.js';

/** A start-up file with the line that its blocks hold. */
interface StartupChange extends FileChange {
  /** The name by which the shell opens it. */
  readonly named: string;
  readonly line: string;
}

export interface SetupPlan {
  readonly places: Places;
  /** guard's own directories, to be made where they are missing. */
  readonly directories: readonly string[];
  /** guard's own files. */
  readonly own: readonly FileChange[];
  readonly startup: readonly StartupChange[];
  /** Every shim by name. */
  readonly shims: ReadonlyMap<string, string>;
}

/** What a plan is made from. */
export interface SetupRequest {
  readonly env: NodeJS.ProcessEnv;
  readonly places: Places;
  readonly shims: ReadonlyMap<string, string>;
  /** Leave the start-up files alone. */
  readonly withoutStartupFiles?: boolean;
  /** The program that holds the person's terminal, where one is known. */
  readonly terminal?: string | undefined;
}

/** Plans the setup. Throws `GuardError` for what would make it fail, before anything is written. */
export function planSetup({ env, places, shims, withoutStartupFiles, terminal }: SetupRequest): SetupPlan {
  checkHome(env, places);
  const shellFile = join(places.data, 'env.sh');
  const fishFile = join(places.data, 'env.fish');
  const own = [
    ownFile(shellFile, shellText(places.shims)),
    ownFile(fishFile, fishText(places.shims)),
    ...policyFile(places.userPolicy, terminal),
  ];
  const startup = withoutStartupFiles
    ? []
    : startupFiles(env, places.home).map(({ path, syntax }) =>
        startupChange(path, syntax === 'fish' ? fishLine(fishFile) : shellLine(shellFile)),
      );
  const plan: SetupPlan = {
    places,
    directories: [
      places.config,
      places.userRules,
      places.data,
      places.shims,
      join(places.data, 'policy'),
      places.state,
      places.spool,
    ],
    own,
    startup: startup.filter((one, i) => startup.findIndex(other => other.path === one.path) === i),
    shims,
  };
  for (const path of plan.directories) checkWritable(path);
  for (const { path } of changesOf(plan)) checkWritable(path);
  return plan;
}

/** The files that would not stay as they are. */
export function changesOf(plan: SetupPlan): readonly FileChange[] {
  return [...plan.own, ...plan.startup].filter(change => change.before !== change.after);
}

function checkHome(env: NodeJS.ProcessEnv, places: Places): void {
  const home = env['HOME'];
  if (!home?.startsWith('/') || statSync(home, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new GuardError('no-home', home ? `HOME is no directory: ${home}` : 'HOME is not set', {
      hint: 'Set HOME to your home directory and run guard init again.',
    });
  }
  if (/[:\n]/.test(places.shims)) {
    throw new GuardError('bad-place', `${JSON.stringify(places.shims)} cannot stand in PATH`, {
      hint: 'Set XDG_DATA_HOME to a directory whose path has no colon and no newline.',
    });
  }
}

function ownFile(path: string, text: string): FileChange {
  return { path, before: readBytes(path), after: bytesOf(text), mode: 0o600 };
}

function policyFile(path: string, terminal: string | undefined): readonly FileChange[] {
  const before = readBytes(path);
  return before === undefined ? [{ path, before, after: bytesOf(policyText(terminal)), mode: 0o600 }] : [];
}

function startupChange(named: string, line: string): StartupChange {
  const path = behindLinks(named);
  const before = readBytes(path);
  const other = otherGuardIn(before ?? '', line);
  if (other !== undefined && existsSync(other)) {
    throw new GuardError('foreign', `it reads another guard, ${other}`, {
      at: { file: named },
      hint: 'Set HOME and XDG_* as they were when that was set up, or run guard uninstall with those first.',
    });
  }
  return { named, path, before, after: withBlocks(before ?? '', bytesOf(line)), mode: 0o644, line };
}
