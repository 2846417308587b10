/**
 * States of paths on the disk, each looked at once. Where links lead, and what is mounted, is looked at where it is asked for: of
 * most paths it does not matter.
 */

import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { faultCode, isMissing } from './errors.js';
import { once } from './once.js';
import type { PathFacts, PathKind, ReadFault } from './port.js';

/** What tells of paths, and tells the same of the same path again. */
export function pathFacts(): (path: string) => PathFacts {
  const facts = new Map<string, PathFacts>();
  const realPaths = new Map<string, string>();
  return path => kept(facts, path, () => factsOf(path, realPaths));
}

/** The value under a key, made when it is first asked for. */
export function kept<T>(values: Map<string, T>, key: string, make: () => T): T {
  const known = values.get(key);
  if (known !== undefined) return known;
  const value = make();
  values.set(key, value);
  return value;
}

/** What an action gives, or what it throws. */
export function attempt<T>(action: () => T): T | Error {
  try {
    return action();
  } catch (fault) {
    if (fault instanceof Error) return fault;
    throw fault;
  }
}

/** Why the disk did not answer. */
export function faultOf(fault: Error): ReadFault {
  if (isMissing(fault)) return 'missing';
  return faultCode(fault) === 'EISDIR' ? 'directory' : 'denied';
}

function factsOf(path: string, realPaths: Map<string, string>): PathFacts {
  // What is not there is an everyday answer, and an exception costs more than the question.
  const stats = attempt(() => lstatSync(path, { throwIfNoEntry: false }));
  if (stats === undefined || stats instanceof Error) {
    return {
      kind: stats === undefined || faultOf(stats) === 'missing' ? 'missing' : 'denied',
      size: 0,
      get realPath() {
        return kept(realPaths, path, () => realPathBelow(path, realPaths));
      },
      mountPoint: false,
    };
  }
  const mounted = once(() => stats.isDirectory() && isMountPoint(path, stats));
  return {
    kind: kindOf(stats),
    size: stats.size,
    modified: stats.mtimeMs,
    get realPath() {
      return realPathOf(path, realPaths);
    },
    get mountPoint() {
      return mounted();
    },
  };
}

function kindOf(stats: Stats): PathKind {
  if (stats.isSymbolicLink()) return 'symlink';
  if (stats.isDirectory()) return 'directory';
  if (stats.isFile()) return 'file';
  return stats.isFIFO() ? 'fifo' : stats.isSocket() ? 'socket' : 'device';
}

function isMountPoint(path: string, stats: Stats): boolean {
  const parent = attempt(() => statSync(join(path, '..')));
  return !(parent instanceof Error) && (parent.dev !== stats.dev || parent.ino === stats.ino);
}

/** Resolves the symlinks of the part that exists; the rest is kept as text. */
function realPathOf(path: string, known: Map<string, string>): string {
  return kept(known, path, () => {
    const real = attempt(() => realpathSync.native(path));
    return real instanceof Error ? realPathBelow(path, known) : real;
  });
}

/** The same of a path that leads nowhere. */
function realPathBelow(path: string, known: Map<string, string>): string {
  const parent = dirname(path);
  return parent === path ? path : join(realPathOf(parent, known), path.slice(parent.length));
}
