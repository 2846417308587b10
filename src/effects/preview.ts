/** What would be lost, in sentences for the human who is asked. Read-only and bounded; decides nothing. */

import type { Invocation } from '../invocation/invocation.js';
import type { World } from '../port.js';
import { type Effect, PREVIEW_MS } from './effect.js';
import { previewOfRebase } from './inspectors/git/preview.js';
import { inspectors } from './inspectors/index.js';
import type { SignKind } from './surroundings/sign.js';
import { UNKNOWN } from './surroundings/sign.js';
import { signsOfInvocation } from './surroundings/signs.js';
import { terraformPreview } from './terraform/preview.js';

/** Counts, sizes and names of what an effect would take away, as far as some inspector can see it. */
export function preview(effect: Effect, invocation: Invocation, world: World): readonly string[] {
  return inspectors
    .filter(inspector => inspector.resources.includes(effect.resource))
    .flatMap(inspector => inspector.preview?.(effect, invocation, world) ?? []);
}

/** Kinds of place beyond this machine, as a person would say them. */
const PLACES: Partial<Readonly<Record<SignKind, string>>> = {
  projects: 'project',
  stages: 'environment',
  kube: 'cluster',
  namespaces: 'namespace',
  profiles: 'profile',
};

/** What a command shows without any effect: the state that terraform keeps here, the project that a directory is linked to. */
export function previewCommand(invocation: Invocation, world: World): readonly string[] {
  const counted = countedIn(invocation, world);
  const places = signsOfInvocation(invocation, world).flatMap(({ kind, name }) => {
    const place = PLACES[kind];
    return place === undefined || name === UNKNOWN ? [] : [`${place} ${name}`];
  });
  const where = places.length === 0 ? [] : [`What it changes in ${[...new Set(places)].join(', ')}.`];
  return [...counted, ...where];
}

function countedIn(invocation: Invocation, world: World): readonly string[] {
  if (invocation.tool === 'terraform') return terraformPreview(invocation, world);
  const isRebase = invocation.tool === 'git' && invocation.subcommand[0] === 'rebase';
  return isRebase ? previewOfRebase(invocation, world) : [];
}

/** A world whose git answers only within what is left of the time for previews: `left`, in milliseconds. */
export function hurried(world: World): { readonly world: World; left(): number } {
  const start = world.spent?.() ?? 0;
  const spent = () => (world.spent?.() ?? 0) - start;
  const left = () => PREVIEW_MS - spent();
  const git: World['git'] = (args, cwd) =>
    left() > 0 ? world.git(args, cwd, Math.max(1, Math.round(left()))) : { status: -1, stdout: '' };
  return { world: { ...world, git, spent }, left };
}
