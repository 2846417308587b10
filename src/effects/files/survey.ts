/** What is in a directory tree, counted within bounds: files, bytes, and what stands out. Reads names and states, no content. */

import { isWithin } from '../../paths.js';
import type { PathFacts, World } from '../../port.js';
import { PREVIEW_MS } from '../effect.js';
import { isData, isSecret } from './names.js';

const MOST_ENTRIES = 2_000;
const MOST_NAMES = 5;
/** One tree's part of the time that all previews of a question have. */
const TREE_MS = 250;

/** What a walk saw. Paths are relative to the top. */
export interface Survey {
  files: number;
  bytes: number;
  /** False where the walk stopped early: then it is at least so much. */
  complete: boolean;
  readonly largest: { readonly name: string; readonly size: number }[];
  newest: { readonly name: string; readonly modified: number } | undefined;
  /** Symlinks to places outside the tree: what they lead to stays. */
  readonly leadOut: string[];
  readonly mounts: string[];
  readonly secrets: string[];
  readonly databases: string[];
  readonly repositories: string[];
}

/** Walks the tree; enters no symlink and no other file system. */
export function survey(top: string, world: World): Survey {
  const seen: Survey = {
    files: 0,
    bytes: 0,
    complete: true,
    largest: [],
    newest: undefined,
    leadOut: [],
    mounts: [],
    secrets: [],
    databases: [],
    repositories: [],
  };
  const { realPath } = world.stat(top);
  const start = world.spent?.() ?? 0;
  const waiting = [''];
  let entries = 0;
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of world.list(join(top, folder))) {
      if (entries >= MOST_ENTRIES || (entries % 64 === 63 && isLate(world, start)))
        return { ...seen, complete: false };
      entries += 1;
      const name = folder === '' ? entry : `${folder}/${entry}`;
      const facts = world.stat(join(top, name));
      if (facts.kind !== 'directory') note(seen, name, facts, realPath);
      else if (facts.mountPoint) seen.mounts.push(name);
      else waiting.push(name);
      if (entry === '.git') seen.repositories.push(folder === '' ? '.' : folder);
    }
  }
  return seen;
}

function join(top: string, name: string): string {
  if (name === '') return top;
  return top === '/' ? `/${name}` : `${top}/${name}`;
}

function isLate(world: World, start: number): boolean {
  const now = world.spent?.() ?? 0;
  return now - start > TREE_MS || now > PREVIEW_MS;
}

function note(seen: Survey, name: string, { kind, size, modified, realPath }: PathFacts, top: string): void {
  seen.files += 1;
  seen.bytes += size;
  if (kind === 'symlink' && !isWithin(realPath, top)) seen.leadOut.push(name);
  if (kind !== 'file') return;
  seen.largest.push({ name, size });
  seen.largest.sort((a, b) => b.size - a.size);
  seen.largest.length = Math.min(seen.largest.length, MOST_NAMES);
  if (modified !== undefined && modified > (seen.newest?.modified ?? 0)) seen.newest = { name, modified };
  const components = name.split('/');
  // Inside a repository's own storage names are git's.
  if (components.includes('.git')) return;
  if (isSecret(components)) seen.secrets.push(name);
  else if (isData(components, false)) seen.databases.push(name);
}
