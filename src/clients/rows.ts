/** How many rows a table has, and how well that is known; the same words for every server. Asks nobody. */

import { counted } from '../text.js';

/** Rows that are counted one by one. */
export const MOST_ROWS = 200_000;

export interface Rows {
  readonly count: number;
  /** `least`: counting stopped there. */
  readonly how: 'exact' | 'about' | 'least' | 'unknown';
}

/** By a count that stops at `MOST_ROWS`, else the server's estimate, else not at all. */
export function rowsCounted(count: number | undefined, estimate: number | null): Rows {
  if (count !== undefined) return { count, how: count >= MOST_ROWS ? 'least' : 'exact' };
  return estimate === null ? { count: 0, how: 'unknown' } : { count: Math.round(estimate), how: 'about' };
}

/** `about 1,200 rows`. */
export function rowsText({ count, how }: Rows): string {
  if (how === 'unknown') return 'an unknown number of rows';
  const prefix = { exact: '', about: 'about ', least: 'at least ' }[how];
  return `${prefix}${counted(count, 'row')}`;
}
