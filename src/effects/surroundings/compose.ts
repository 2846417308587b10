/**
 * The services that the project's compose file defines. Their names are hosts of a development network: the file is the
 * project's own statement, as its tests and configuration are. Judges nothing.
 */

import type { Surrounding } from './files.js';

const FILES = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/** The keys of `services:`, read by their indentation; empty where there is no such file. */
export function composeServices(around: Surrounding): ReadonlySet<string> {
  const names = new Set<string>();
  let isInside = false;
  let depth: number | undefined;
  for (const line of (around.nearest(...FILES) ?? '').split('\n')) {
    if (/^\s*(#|$)/.test(line)) continue;
    const indent = line.length - line.trimStart().length;
    if (indent === 0) {
      isInside = /^services:\s*(#|$)/.test(line);
      depth = undefined;
    } else if (isInside) {
      depth ??= indent;
      const name = /^["']?([\w.-]+)["']?:\s*(#|$|[{&<*])/.exec(line.trimStart())?.[1];
      if (indent === depth && name !== undefined) names.add(name.toLowerCase());
    }
  }
  return names;
}
