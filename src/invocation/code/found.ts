/** What the programs of an invocation would do, kept from when it was unwrapped to when it is inspected. Every judge asks. */

import type { Doubt } from '../../shell/command.js';
import type { Invocation } from '../invocation.js';
import type { Deed } from './deed.js';

/** One thing that a program would do. */
export interface ProgramDeed {
  readonly deed: Deed;
  /** The text came from a file: what is open in it is ordinary. */
  readonly isFile: boolean;
  /** That file was written by the same script, for this one run. */
  readonly isMade: boolean;
  readonly via: string;
}

export interface Found {
  readonly deeds: readonly ProgramDeed[];
  readonly doubts: readonly Doubt[];
}

const cache = new WeakMap<Invocation, Found>();

/** What `understand` gives, asked once for an invocation. */
export function foundOnce(invocation: Invocation, understand: () => Found): Found {
  const known = cache.get(invocation) ?? understand();
  cache.set(invocation, known);
  return known;
}

/** The deeds that were found when the invocation was unwrapped; none for a tool that runs no program text. */
export function deedsFound(invocation: Invocation): readonly ProgramDeed[] {
  return cache.get(invocation)?.deeds ?? [];
}
