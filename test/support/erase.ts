import { rmSync } from 'node:fs';

/**
 * Removes a scratch directory, if it is there. Programs that a test started may still be writing in it (a judge that
 * seals the log), so a directory that fills up again is tried for a second more.
 */
export function erase(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}
