/** Builds dist/ before the tests where a source is younger: the tests run the shipped bundles. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export default function setup(): void {
  execFileSync(process.execPath, [join(import.meta.dirname, '../../scripts/build.mjs'), '--if-stale'], {
    stdio: 'inherit',
  });
}
