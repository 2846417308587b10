/** One writer at a time for a file that people and programs edit: a lock file, which a crash does not leave for ever. */

import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cannotWrite, makePrivateDirectory } from '../../durable.js';
import { faultCode, GuardError } from '../../errors.js';

const PATIENCE_MS = 10_000;
/** Nobody edits a rule file for so long: whoever holds the lock was stopped. */
const STALE_MS = 30_000;

/** Runs `work` while no other guard edits the file. Throws `GuardError('locked')` where another does not finish. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`;
  makePrivateDirectory(dirname(file));
  const deadline = Date.now() + PATIENCE_MS;
  while (!take(lock)) {
    if (isStale(lock)) breakLock(lock);
    else if (Date.now() > deadline) {
      throw new GuardError('locked', 'another guard is editing this file and does not finish', {
        at: { file },
        hint: `If none is running: rm ${lock}`,
      });
    }
    await sleep(10 + Math.random() * 30);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string): boolean {
  try {
    const fd = openSync(lock, 'wx', 0o600);
    try {
      writeSync(fd, String(process.pid));
    } finally {
      closeSync(fd);
    }
    return true;
  } catch (cause) {
    if (faultCode(cause) === 'EEXIST') return false;
    throw cannotWrite(lock, cause);
  }
}

function isStale(lock: string): boolean {
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    if (Date.now() - statSync(lock).mtimeMs > STALE_MS) return true;
    // An empty lock was just made, and its holder has not written its number yet.
    return Number.isInteger(holder) && holder > 0 && !isAlive(holder);
  } catch (fault) {
    if (faultCode(fault) === 'ENOENT') return false;
    throw fault;
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

/** By a rename, so that of many who see a stale lock one removes it. */
function breakLock(lock: string): void {
  const aside = `${lock}.${randomUUID()}`;
  try {
    renameSync(lock, aside);
  } catch (fault) {
    if (faultCode(fault) === 'ENOENT') return;
    throw fault;
  }
  rmSync(aside, { force: true });
}
