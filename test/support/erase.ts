import { rmSync } from 'node:fs';

/** Pause between two attempts, in milliseconds. */
const PAUSE = 50;

/**
 * Removes a scratch directory, if it is there. Programs that a test started may still be writing in it (a judge that
 * seals the log): a directory that fills up while it is emptied is emptied anew for two seconds more. The `maxRetries`
 * of `rmSync` do not help: they repeat the last rmdir alone, and what was written meanwhile stays.
 */
export function erase(path: string): void {
  for (let left = 40; ; left -= 1) {
    try {
      rmSync(path, { recursive: true, force: true });
      return;
    } catch (error) {
      if (left === 0 || (error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}
