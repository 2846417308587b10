/** Carries out a setup plan, all or nothing, and records it for `guard uninstall`. Plans nothing. */

import { chmodSync, existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeAtomic } from '../../durable.js';
import { GuardError } from '../../errors.js';
import { boundIn } from '../../integrity/bound.js';
import { manifestIn, type Writing, writeNoted } from '../../integrity/manifest.js';
import { type ShimKit, writeShims } from '../../shims/install.js';
import { withoutBlocks } from './block.js';
import { bytesOf, readBytes, Undoable } from './files.js';
import { hashOf, joinManifests, type Manifest, readManifest } from './manifest.js';
import { changesOf, type SetupPlan } from './plan.js';

/** Does what the plan says. Where a step fails, all that was done is taken back and the fault is thrown. */
export function applySetup(plan: SetupPlan, kit: ShimKit): void {
  const old = readManifest(plan.places.manifest);
  const steps = new Undoable();
  const known = manifestIn(plan.places.data);
  const before = readBytes(known);
  try {
    const directories = plan.directories.flatMap(path => steps.makeDirectory(path));
    steps.also(() => putBack(known, before));
    const writings = writingsOf(plan);
    writeNoted(plan.places.data, writings, () => {
      for (const change of plan.own.filter(one => one.before !== one.after)) steps.change(change);
      for (const { path, mode } of writings) chmodSync(path, mode);
    });
    const shims = [...plan.shims.keys(), '.guard-shims'].map(tool => join(plan.places.shims, tool));
    const absent = [...shims, ...boundIn(plan.places)].filter(path => !existsSync(path));
    steps.also(() => {
      for (const path of absent) rmSync(path, { force: true });
    });
    writeShims(kit, plan.shims);
    for (const change of plan.startup.filter(one => one.before !== one.after)) {
      const parents = steps.makeDirectory(dirname(change.path));
      directories.push(...parents);
      steps.change(change);
    }
    const manifest = joinManifests(old, { version: 1, directories, files: filesOf(plan) });
    const { manifest: path } = plan.places;
    const text = bytesOf(`${JSON.stringify(manifest, null, 2)}\n`);
    steps.change({ path, before: readBytes(path), after: text, mode: 0o600 });
  } catch (fault) {
    const resisted = steps.rollBack();
    if (resisted.length === 0) throw fault;
    throw new GuardError(
      'half-done',
      `setup failed (${fault instanceof Error ? fault.message : String(fault)}) and these could not be put back: ${resisted.join(', ')}`,
      { hint: 'Run guard uninstall once the cause is gone.', cause: fault },
    );
  }
}

/** guard's own files but the policy, which is the person's. */
function writingsOf({ own, places }: SetupPlan): readonly Writing[] {
  return own
    .filter(({ path }) => path !== places.userPolicy)
    .map(({ path, after = '', mode }) => ({ path, bytes: Buffer.from(after, 'latin1'), mode }));
}

/** The list of what is installed as it was, where a step after it failed. */
function putBack(path: string, bytes: string | undefined): void {
  if (bytes === undefined) rmSync(path, { force: true });
  else writeAtomic(path, bytes);
}

function filesOf(plan: SetupPlan): Manifest['files'] {
  const policy = changesOf(plan).filter(change => change.path === plan.places.userPolicy);
  return [...plan.startup, ...policy].map(({ path, before }) => ({
    path,
    before: before === undefined ? null : hashOf(withoutBlocks(before)),
  }));
}
