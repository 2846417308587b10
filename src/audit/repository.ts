/** Which git repository a directory stands in, by the files that are there: for the record. Runs nothing. */

import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

/** The nearest directory upward that holds a `.git`, a file in worktrees and submodules; `undefined` outside of any. */
export function repositoryAround(cwd: string): string | undefined {
  for (let at = cwd; at.startsWith('/'); at = dirname(at)) {
    if (existsSync(`${at}/.git`)) return at;
    if (at === '/') return undefined;
  }
  return undefined;
}
