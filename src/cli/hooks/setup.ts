/** The hooks of all clients found here, as a part of `guard init` and `guard uninstall`. Asks nobody. */

import { join } from 'node:path';
import { describeFault, GuardError } from '../../errors.js';
import { hookCommand } from '../../hooks/front.js';
import { adapters } from '../../hooks/index.js';
import { tilded } from '../../paths.js';
import type { ShimKit } from '../../shims/install.js';
import { visible } from '../../text.js';
import type { Context } from '../context.js';
import { applyInstalls, applyRemovals, type HookChange, planInstall, planRemoval } from './change.js';
import { writeFront } from './front-file.js';
import { type Around, isInstalled } from './state.js';

/** What would be written, and for which clients nothing can be, in sentences. */
export interface HooksPlan {
  readonly changes: readonly HookChange[];
  readonly faults: readonly string[];
}

/** Hooks for the clients that are installed here. */
export function planHooks(context: Context): Promise<HooksPlan> {
  const { hook, home } = context.places;
  const found = adapters.filter(one => isInstalled(one, aroundOf(context)));
  return planned(found, one =>
    planInstall(one.name, one.user(context.env, home), hookCommand(hook, one.name)),
  );
}

/** The hooks of all clients taken out. */
export function planUnhooking(context: Context): Promise<HooksPlan> {
  const { home } = context.places;
  return planned(adapters, one => planRemoval(one.name, one.user(context.env, home), recordsOf(context)));
}

/** Writes hooks, and the program that they call before them. */
export function installHooks({ changes }: HooksPlan, context: Context, kit: ShimKit): void {
  if (changes.length === 0) return;
  writeFront(context.places.hook, context.places.hook, kit);
  applyInstalls(changes, recordsOf(context));
}

/** Takes guard's hook out of the settings, as planned. */
export function removeHooks({ changes }: HooksPlan, context: Context): void {
  applyRemovals(changes, recordsOf(context));
}

/** One line a file, and one a fault. */
export function showHooks({ changes, faults }: HooksPlan, home: string): readonly string[] {
  return [...changes.map(change => showChange(change, home)), ...faults.map(fault => `skip     ${fault}`)];
}

/** `change   ~/.claude/settings.json (claude)` */
export function showChange(change: HookChange, home: string): string {
  return `${verbOf(change).padEnd(7)}  ${visible(tilded(change.named, home))} (${change.client})`;
}

/** What happens to the file. */
export function verbOf({ before, after }: HookChange): 'same' | 'create' | 'delete' | 'change' {
  if (before === after) return 'same';
  if (before === undefined) return 'create';
  return after === undefined ? 'delete' : 'change';
}

/** Where `guard hook install` remembers what was there. */
export function recordsOf({ places }: Context): string {
  return join(places.data, 'hooks.json');
}

/** What planning needs of the context. */
export function aroundOf({ env, places, cwd }: Context): Around {
  return { env, home: places.home, cwd, hook: places.hook };
}

async function planned<T>(
  clients: readonly T[],
  plan: (client: T) => Promise<HookChange | undefined>,
): Promise<HooksPlan> {
  const changes: HookChange[] = [];
  const faults: string[] = [];
  for (const client of clients) {
    try {
      const change = await plan(client);
      if (change) changes.push(change);
    } catch (fault) {
      // One client's broken settings keep nobody from the rest.
      if (!(fault instanceof GuardError)) throw fault;
      faults.push(visible(describeFault(fault)));
    }
  }
  return { changes, faults };
}
