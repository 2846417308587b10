/** Other hooks to measure against, installed from npm into a scratch directory when the bench runs. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { command } from './measure.mjs';

/** cc-safety-net's hook for Claude Code. Throws where it cannot be installed (offline). */
export function hookOfOthers(home, env) {
  const prefix = join(home, 'others');
  const made = spawnSync(
    'npm',
    ['install', '--prefix', prefix, '--no-audit', '--no-fund', '--silent', 'cc-safety-net'],
    {
      env: { ...process.env, HOME: home },
      timeout: 120_000,
    },
  );
  if (made.status !== 0) throw new Error('cc-safety-net could not be installed (offline?)');
  const bin = join(prefix, 'node_modules/.bin/cc-safety-net');
  return command([bin, 'hook', '--claude-code'], { env });
}
