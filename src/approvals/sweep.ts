/** Keeps the directories of a store small: by age and by number, whatever their files hold. Ends no request and no grant. */

import type { StateFiles } from './files.js';

/** By the files' own times, in milliseconds. A file from the future was written before the clock was put right. */
export interface Limits {
  /** Older files go. */
  readonly keep: number;
  /** Of more files, the oldest go, but none that is younger than `least`. */
  readonly most: number;
  readonly least: number;
}

/** Removes what is over the limits from one state: what cannot be read and what a crash left half written as well. */
export function sweep(files: StateFiles, state: string, { keep, most, least }: Limits): void {
  const now = Date.now();
  for (const [i, { name, at }] of files.written(state).entries()) {
    const age = Math.abs(now - at);
    if (age > keep || (i >= most && age > least)) files.forget(state, name);
  }
}
