/** What `guard uninstall` would take away, and taking it away. Asks nobody. */

import { existsSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cannotWrite } from '../../durable.js';
import type { Places } from '../../places.js';
import { otherGuardIn, withoutBlocks } from './block.js';
import { behindLinks, type FileChange, readBytes, removeIfEmpty, Undoable } from './files.js';
import { hashOf, type Manifest, readManifest } from './manifest.js';
import { startupFiles } from './startup-files.js';

export interface RemovalPlan {
  readonly manifest: Manifest;
  readonly startup: readonly (FileChange & {
    /** The file was changed since by someone else: only the blocks go. */
    readonly edited: boolean;
  })[];
  /** Files and directories that go with all that is in them. */
  readonly trees: readonly string[];
  /** Where the audit log lies, if there is one. */
  readonly log: string | undefined;
}

/** Plans the removal. The manifest's word counts; without one, guard's blocks are found by their marks. */
export function planRemoval(env: NodeJS.ProcessEnv, places: Places): RemovalPlan {
  const manifest = readManifest(places.manifest);
  const recorded = new Map(manifest.files.map(file => [file.path, file.before]));
  recorded.delete(places.userPolicy);
  const usual = startupFiles(env, places.home).map(file => behindLinks(file.path));
  const startup = [...new Set([...recorded.keys(), ...usual])].flatMap(path => {
    const before = readBytes(path);
    if (before === undefined || isOthers(before, places)) return [];
    const own = withoutBlocks(before);
    const made = recorded.get(path) === null && own === '';
    if (own === before && !made) return [];
    const edited = !made && recorded.get(path) !== hashOf(own);
    return [{ path, before, after: made ? undefined : own, mode: 0o644, edited }];
  });
  // A configuration that was there before guard init is its owner's: only what init put into it goes.
  const made = new Set(manifest.directories);
  const config = made.has(places.config)
    ? [places.config]
    : [
        ...(made.has(places.userRules) ? [places.userRules] : []),
        ...(manifest.files.some(file => file.path === places.userPolicy) ? [places.userPolicy] : []),
      ];
  const log = existsSync(places.audit) ? places.audit : undefined;
  const trees = [...config, places.state, places.data].filter(path => exists(path));
  return { manifest, startup, trees, log };
}

/** Lines by which the shell reads another guard, which is there, are not this one's to take. */
function isOthers(text: string, { data }: Places): boolean {
  const other = otherGuardIn(text, `'${data}/env.sh' '${data}/env.fish'`);
  return other !== undefined && existsSync(other);
}

/** Carries out the removal; `keepLog` spares the audit log. Start-up files go all or nothing, guard's own files after. */
export function applyRemoval(plan: RemovalPlan, places: Places, keepLog: boolean): void {
  const steps = new Undoable();
  try {
    for (const change of plan.startup) steps.change(change);
  } catch (fault) {
    steps.rollBack();
    throw fault;
  }
  for (const tree of plan.trees) {
    if (keepLog && tree === places.state) removeAllBut(tree, basename(places.audit));
    else removeTree(tree);
  }
  for (const directory of plan.manifest.directories.toReversed()) removeIfEmpty(directory);
}

function removeAllBut(directory: string, kept: string): void {
  for (const name of readdirSync(directory)) if (name !== kept) removeTree(join(directory, name));
}

function removeTree(path: string): void {
  try {
    // Of a symlink (a repository of dotfiles) only the link goes.
    rmSync(path, { recursive: true, force: true });
  } catch (cause) {
    throw cannotWrite(dirname(path), cause);
  }
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
