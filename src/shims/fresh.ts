/**
 * Whether the shims were compiled from the policy that lies on disk now: the marker of their directory bears the time of
 * the newest policy file that they were compiled from. Compiles nothing; decides nothing.
 */

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { ruleFilesSeen } from '../config/layer-files.js';
import { writeAtomic } from '../durable.js';
import { faultCode } from '../errors.js';
import { SHIM_MARKER } from '../locate.js';
import type { Places } from '../places.js';

/** After a refresh that failed (a full disk), another is tried so much later, in milliseconds. */
const PAUSE = 60_000;

/**
 * The files that policy is read from, and the directories where more may appear; some may not be there yet. Of a directory
 * that is not there at all, which is the system's on most machines, its own appearance says enough.
 */
export function policySources({
  config,
  systemConfig,
}: Pick<Places, 'config' | 'systemConfig'>): readonly string[] {
  return [config, systemConfig].flatMap(directory => {
    if (directory === systemConfig && !existsSync(directory)) return [directory];
    const rules = `${directory}/rules`;
    return [`${directory}/policy.yaml`, rules, ...ruleFilesSeen(rules).map(name => `${rules}/${name}`)];
  });
}

/** Is a policy file newer than what the shims were compiled from? False where there are no shims. */
export function isStale(places: Places): boolean {
  const compiled = modified(`${places.shims}/${SHIM_MARKER}`);
  return compiled !== undefined && newest(places) > compiled;
}

/** Notes that the shims are as the policy was at that time, in milliseconds: what changed since is newer. */
export function markFresh(places: Places, loadedAt: number): void {
  const marker = join(places.shims, SHIM_MARKER);
  const policy = newest(places);
  // The next whole millisecond: file systems keep finer times than a number of JavaScript holds.
  const time = (policy > loadedAt ? loadedAt : Math.floor(policy) + 1) / 1000;
  if (modified(marker) === undefined) writeAtomic(marker, '');
  utimesSync(marker, time, time);
}

/**
 * For the judge, which a stale shim asks about everything: has the shims compiled again, at most once a minute where
 * that fails. Until then they are slower, and nothing else.
 */
export function refreshWhenStale(places: Places, node: string, cli: string): void {
  try {
    if (!isStale(places)) return;
    accessSync(places.shims, constants.W_OK);
    const attempt = join(places.shims, '.refreshing.tmp');
    if (Date.now() - (modified(attempt) ?? 0) < PAUSE) return;
    writeAtomic(attempt, '');
    spawnSync(node, [cli, 'shim', 'refresh'], { stdio: 'ignore', timeout: 30_000 });
    if (!isStale(places)) rmSync(attempt, { force: true });
  } catch (fault) {
    // Read-only or full: the judge is asked each time, and each time answers.
    if (faultCode(fault) === undefined) throw fault;
  }
}

/** In milliseconds; 0 where there is no policy but guard's own. */
function newest(places: Places): number {
  return Math.max(0, ...policySources(places).map(source => modified(source) ?? 0));
}

function modified(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}
