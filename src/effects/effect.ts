/**
 * The words of floor 3: what an invocation would do to the world. Effects say nothing about whether that is
 * allowed; policy matches them. One effect looks the same whichever tool and spelling it came from.
 */

import type { PlainTable } from '../invocation/grammar.js';
import type { Invocation } from '../invocation/invocation.js';
import type { World } from '../port.js';
import type { Sign } from './surroundings/sign.js';

/** All actions. `discard` loses uncommitted work; `rewrite` replaces history; `call` names a remote operation. */
export const actions = [
  'read',
  'create',
  'update',
  'overwrite',
  'delete',
  'discard',
  'rewrite',
  'execute',
  'call',
  'send',
  'grant',
  'tamper',
  'unknown',
] as const;
export type Action = (typeof actions)[number];

/** How much of the resource is meant. `all`: every row, every file, no condition. */
export const extents = ['one', 'some', 'all', 'unknown'] as const;
export type Extent = (typeof extents)[number];

/** One thing that an invocation would do. */
export interface Effect {
  readonly action: Action;
  /** What kind of thing: a word from some inspector's `resources` (`git.remote-branch`, `sql.table`). */
  readonly resource: string;
  /** Which one, as a person would name it; what the human types to approve. Empty where there is none. */
  readonly target: string;
  /** Where it lives, lower case, no port or user: a host, or empty for this machine. */
  readonly host: string;
  readonly extent: Extent;
  /** Arguments that change its meaning, as `path=value`: `input.state=DELETED`. */
  readonly with: readonly string[];
  /** Indexes into the invocation's argv of the words that show it. */
  readonly words: readonly number[];
  /** What else is seen of where it lands: a port, a database. */
  readonly signs?: readonly Sign[];
  /** A short clause for people where resource and target do not say it all; no secrets. */
  readonly note?: string;
}

/**
 * What is done to a path: its name goes (`removed`), its mode changes, it gets another name, something is written under it,
 * or it is only `read`. A `mode` is no path.
 */
export type PathRole = 'removed' | 'changed' | 'moved' | 'written' | 'read' | 'mode';

/**
 * Command lines of a tool whose effects on a path in a project depend on its name and on what stands there alone, and are
 * no others than these: `generated` files, and ordinary ones that lose nothing.
 */
export interface PathUse {
  /** Words that may stand before the paths, and those among them by which whole trees are meant. */
  readonly options: readonly string[];
  readonly deep?: readonly string[];
  /** Of the words after the options, in order; the last role is that of all further words where `more`. */
  readonly roles: readonly PathRole[];
  readonly more: boolean;
  readonly effects: readonly Forecast[];
}

/** Every combination of these may be an effect; `host` is empty. */
export interface Forecast {
  readonly actions: readonly Action[];
  readonly resources: readonly string[];
  readonly extents: readonly Extent[];
  readonly with: readonly string[];
}

/** Reads one kind of payload or tool out of invocations. */
export interface Inspector {
  readonly name: string;
  /** The tools it reads, each with its subcommands (first level) or `'*'` for every invocation of the tool. */
  readonly watches: Readonly<Record<string, '*' | readonly string[]>>;
  /** By tool, or `*` for all others: command lines for which it has no effects (see `PlainTable`), whatever the world is. */
  readonly quiet?: Readonly<Record<string, PlainTable>>;
  /** By tool: command lines on paths that need no judge where nothing in force speaks of their effects. */
  readonly paths?: Readonly<Record<string, PathUse>>;
  /** Every resource word its effects use: the vocabulary of rules. */
  readonly resources: readonly string[];
  inspect(invocation: Invocation, world: World): readonly Effect[];
  /** Sentences on what would be lost, for the human who is asked: counts, sizes, names. Read-only and bounded. */
  preview?(effect: Effect, invocation: Invocation, world: World): readonly string[];
}

/** Milliseconds for all that one question looks up of what would be lost. */
export const PREVIEW_MS = 500;

/** An effect with the usual defaults: this machine, one thing, no words. */
export function effect(
  action: Action,
  resource: string,
  target: string,
  more: Partial<Omit<Effect, 'action' | 'resource' | 'target'>> = {},
): Effect {
  return { action, resource, target, host: '', extent: 'one', with: [], words: [], ...more };
}
