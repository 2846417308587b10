/**
 * The contract of undo: what a kind of loss is, how it is saved before a command runs, and how it is given back. One
 * file (or folder) a kind, listed in index.ts. A saver never asks anybody and never touches what it saves.
 */

import type { Match, Safety } from '../policy/rule.js';
import type { World } from '../port.js';
import type { Environment } from '../subprocess.js';

export type { Environment };

/** One thing to be saved. Plain data: it stands in the snapshot's own file. */
export interface Item {
  readonly kind: string;
  /** What it is, as a person would say it: `the repository /srv/app`. Redacted. */
  readonly what: string;
  /** The top of the work tree, the path, the namespace: equal kind and place are the same thing. */
  readonly place: string;
  /** More that the saver needs, by name. */
  readonly with: Readonly<Record<string, readonly string[]>>;
}

/** An item with what its saving needs and nothing may store: the client's environment, a password among it; its input. */
export interface Planned extends Item {
  readonly env?: Environment;
  readonly input?: string;
}

/** Bounds of one snapshot. */
export interface Limits {
  /** Bytes that may be copied. */
  readonly cap: number;
  readonly entries: number;
  readonly milliseconds: number;
}

/** What was saved of one item. */
export interface Saved {
  readonly bytes: number;
  readonly entries: number;
  /** Sentences on what was left out and why. */
  readonly left: readonly string[];
}

/** One thing that giving back would do. */
export interface Step {
  /** `restore src/app.ts (12 kB)`. Safe to print. */
  readonly text: string;
  /** Why a person must say yes first: newer work stands there, or another machine is written to. */
  readonly differs?: string;
  /** Files of this machine that the step writes over, to be saved first. */
  readonly over?: readonly string[];
  /** What it changes elsewhere, to be saved first. */
  readonly changes?: Planned;
  /** Throws `GuardError` where it could not be done. */
  apply(): void;
}

export interface Saver {
  readonly kind: string;
  /** What of a match it could save; none where that is not its kind, or policy gives no leave. Reads; contacts nothing. */
  plan(match: Match, world: World, safety: Safety | undefined): readonly Planned[];
  /** What several items of one place are together, in place of their own words. */
  name?(item: Item): string;
  /** How much that would be, as far as a quick look tells; `undefined` where only saving tells. */
  measure?(item: Planned, world: World, limits: Limits): Measure | undefined;
  /** Saves it into an empty directory. Throws `GuardError('not-saved')` with the reason. */
  save(item: Planned, directory: string, limits: Limits, env: Environment): Saved;
  /** What giving back would do now, in order; empty where all stands as it was. Changes nothing. */
  steps(item: Item, directory: string, env: Environment): readonly Step[];
}

export interface Measure {
  readonly entries: number;
  readonly bytes: number;
  /** False where counting stopped early: then it is at least so much. */
  readonly complete: boolean;
}
