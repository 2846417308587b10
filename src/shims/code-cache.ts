/** The judge's code cache for the node that shims pin: see judge/loader.ts. A judge without one only starts more slowly. */

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inScratch } from '../scratch.js';
import { START_OPTIONS } from '../start-node.js';

/** Makes the cache where `dist` holds none for this node. What fails (a directory of root's) is left as it is. */
export function makeCodeCache(dist: string, node: string): void {
  const prefix = `judge-${process.version}-${process.arch}-`;
  if (readdirSync(dist).some(name => name.startsWith(prefix) && name.endsWith('.cache'))) return;
  inScratch(home => {
    for (const mode of ['--prepare', '--make-cache'])
      spawnSync(node, [...START_OPTIONS, join(dist, 'judge.cjs'), mode, home], {
        stdio: 'ignore',
        timeout: 30_000,
      });
  });
}
