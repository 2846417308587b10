/** Chooses the shell that runs the shims, once, at install. Looks at files only; runs nothing. */

import { existsSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * What stands after `#!`: dash or busybox where there is one, because they start fastest and heed neither exported
 * functions nor SHELLOPTS; else bash in its privileged mode, which does not either.
 */
export function shimInterpreter(root = ''): string {
  if (existsSync(`${root}/bin/dash`)) return '/bin/dash';
  if (/^(dash|busybox)/.test(targetOf(`${root}/bin/sh`))) return '/bin/sh';
  return existsSync(`${root}/bin/bash`) ? '/bin/bash -p' : '/bin/sh';
}

function targetOf(path: string): string {
  return existsSync(path) ? basename(realpathSync(path)) : '';
}
