/** Room for what is unpacked on the way back. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory, private and gone afterwards. */
export function inScratch<T>(use: (directory: string) => T): T {
  const scratch = mkdtempSync(join(tmpdir(), 'guard-rows-'));
  try {
    return use(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
