/**
 * One writer at a time: a symlink that names its holder, which comes into being with its content and so is never half
 * made. A holder that ended without letting go is told by its number, and blocks nobody.
 */

import { lstatSync, readlinkSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { cannotWrite, makePrivateDirectory } from './durable.js';
import { faultCode } from './errors.js';

/** How often one in use is asked for again, and how long between, in milliseconds. */
const TRIES = 8;
const PAUSE = 0.25;
/** A holder is done long before, in milliseconds; one that seems to live this long is another process with its number. */
const STALE = 10_000;

/**
 * Takes a lock, and makes its directory where there is none. False where another process holds it. Throws
 * `GuardError('cannot-write')` where none can be made.
 */
export function hold(lock: string, tries = TRIES): boolean {
  for (let i = 0; i <= tries; i += 1) {
    try {
      symlinkSync(String(process.pid), lock);
      return true;
    } catch (fault) {
      if (faultCode(fault) === 'ENOENT') makePrivateDirectory(dirname(lock));
      else if (faultCode(fault) !== 'EEXIST') throw cannotWrite(lock, fault);
    }
    // A rename, not a removal: of several that find the holder dead, one takes the lock away.
    if (isAbandoned(lock)) takeAway(lock);
    else if (i < tries) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
  }
  return false;
}

/** Lets a lock go that this process holds. `rmSync` would load what removes whole trees. */
export function letGo(lock: string): void {
  try {
    unlinkSync(lock);
  } catch (fault) {
    if (faultCode(fault) !== 'ENOENT') throw fault;
  }
}

function takeAway(lock: string): void {
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
    rmSync(aside, { force: true });
  } catch (fault) {
    if (faultCode(fault) !== 'ENOENT') throw cannotWrite(lock, fault);
  }
}

function isAbandoned(lock: string): boolean {
  try {
    const age = Date.now() - lstatSync(lock).mtimeMs;
    return age > STALE || !isAlive(Number(readlinkSync(lock)));
  } catch (fault) {
    if (faultCode(fault) === 'ENOENT') return false;
    throw cannotWrite(lock, fault);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return faultCode(fault) !== 'ESRCH';
  }
}
