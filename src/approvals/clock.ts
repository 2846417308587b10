/**
 * Time that cannot be won by setting the clock: the wall's, and the time since the system started. What is over by
 * either is over. Reads clocks only.
 */

import { uptime } from 'node:os';

/** Milliseconds. */
export interface Moment {
  /** Since the epoch. */
  readonly wall: number;
  /** Since the system started, sleep included. */
  readonly up: number;
}

/** A clock that was set back further than this, or a restart, ends whatever waits. */
const SLACK_MS = 2_000;

/** Now, by both clocks. */
export function moment(): Moment {
  return { wall: Date.now(), up: Math.round(uptime() * 1000) };
}

/** Is it longer than `span` since `start`? Also true where `now` stands before it. */
export function isOver(start: Moment, span: number, now: Moment): boolean {
  const elapsed = [now.wall - start.wall, now.up - start.up];
  return elapsed.some(time => !(time <= span && time >= -SLACK_MS));
}

/** Is it a moment, as a file of the store holds it? */
export function isMoment(value: unknown): value is Moment {
  if (typeof value !== 'object' || value === null) return false;
  return ['wall', 'up'].every(name => typeof Reflect.get(value, name) === 'number');
}
