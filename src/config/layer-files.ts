/** Where the layers of a policy lie: the same for reading them and for seeing whether one changed. Parses nothing. */

import { existsSync, readdirSync, type Stats, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { faultCode } from '../errors.js';
import type { Places } from '../places.js';

/** The file of a project's rules. */
export const PROJECT_FILE = '.guard.yaml';

/** Directories whose project files count, outermost first: up to the repository's root or the home directory. */
export function projectDirectories(cwd: string, home: string): readonly string[] {
  const directories: string[] = [];
  for (let directory = cwd; ; directory = dirname(directory)) {
    directories.unshift(directory);
    const isTop = directory === home || dirname(directory) === directory || basename(directory) === '';
    if (isTop || existsSync(`${directory}/.git`)) return directories;
  }
}

/** The files of rules in a directory of configuration, by name. Throws where it cannot be listed. */
export function ruleFiles(directory: string): readonly string[] {
  return readdirSync(directory)
    .filter(name => /\.ya?ml$/.test(name) && !name.startsWith('.'))
    .sort();
}

/**
 * Everything that exists of the layers, each path with what changes whenever it does; empty where there is nothing but guard's
 * own rules. What cannot be seen is in it too.
 */
export function layerStamps(places: Places, cwd: string): readonly (readonly [string, string])[] {
  const stamps: (readonly [string, string])[] = [];
  const look = (path: string): boolean => {
    const stamp = stampOf(path);
    if (stamp !== undefined) stamps.push([path, stamp]);
    return stamp !== undefined;
  };
  for (const directory of [places.systemConfig, places.config]) {
    if (!look(directory)) continue;
    look(`${directory}/policy.yaml`);
    const rules = `${directory}/rules`;
    if (look(rules)) for (const name of ruleFilesSeen(rules)) look(`${rules}/${name}`);
  }
  for (const directory of projectDirectories(cwd, places.home)) look(`${directory}/${PROJECT_FILE}`);
  return stamps;
}

/** The same; none where it cannot be listed, from where no rule comes then: reading the layer says what is wrong. */
export function ruleFilesSeen(directory: string): readonly string[] {
  // Mostly there is none, and an exception would cost more than to ask.
  if (!existsSync(directory)) return [];
  try {
    return ruleFiles(directory);
  } catch (fault) {
    if (fault instanceof Error) return [];
    throw fault;
  }
}

/** Times are exact to a quarter of a microsecond, which is finer than any kernel keeps them. */
export function stampIn({ mtimeMs, ctimeMs, size, ino, mode, uid }: Stats): string {
  return [mtimeMs, ctimeMs, size, ino, mode, uid].join();
}

/** What changes whenever the file does; a fault's code where it cannot be seen, `undefined` where there is none. */
export function stampOf(path: string): string | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats && stampIn(stats);
  } catch (fault) {
    if (fault instanceof Error) return faultCode(fault) ?? 'unreadable';
    throw fault;
  }
}
