/** Room in the temporary directory for as long as something is done there. Knows no tool. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives a new directory, private to the user, and removes it with all that is in it when `use` has ended. */
export function inScratch<T>(use: (directory: string) => T): T {
  const scratch = mkdtempSync(join(tmpdir(), 'guard-'));
  try {
    return use(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
