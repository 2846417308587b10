/** Scratch directories: all of a run's lie in one, which goes when the run ends, whether or not its tests passed. */

import { chmodSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { erase } from './erase.js';

/** Before the tests (vitest.config.ts): `tmpdir()` is that one directory from now on. */
export default function setup(): () => void {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'guard-')));
  // As /tmp is: servers that tests start as root run as users of their own.
  chmodSync(directory, 0o1777);
  process.env['TMPDIR'] = directory;
  return () => erase(directory);
}

/** A new directory, by its real path. No test need remove it; `erase` is for what must be gone sooner. */
export function scratchDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'guard-'));
}
