/** How far the reading of a long log is, on a terminal that waits for it longer than a second. Reads no record. */

import { statSync } from 'node:fs';
import { segmentsOf, type Watch } from '../../audit/segments.js';
import type { Context } from '../context.js';

/** Milliseconds before something is shown, and between two changes of it. */
const PATIENCE = 1_000;
const BETWEEN = 200;

/** Does `read` and shows how far it is; `prints`: it prints as it goes, which tells a terminal as much. */
export function withProgress<T>(context: Context, read: (watch: Watch) => T, prints = false): T {
  if (!process.stderr.isTTY || (prints && process.stdout.isTTY)) return read(() => {});
  const size = segmentsOf(context.places.audit).reduce((sum, { path }) => sum + sizeOf(path), 0);
  let done = 0;
  let due = Date.now() + PATIENCE;
  let isShown = false;
  try {
    return read(bytes => {
      done += bytes;
      if (Date.now() < due) return;
      due = Date.now() + BETWEEN;
      isShown = true;
      const part = Math.min(99, Math.floor((done / size) * 100));
      process.stderr.write(`\rguard: reading the log, ${part} % of ${Math.ceil(size / 1e6)} MB`);
    });
  } finally {
    // To the line's beginning, and the line emptied.
    if (isShown) process.stderr.write('\r\u001b[K');
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
