/** How much is drawn for a property, and how far it is: little in `npm test`, much in `npm run fuzz`, which says so as it goes. */

import { writeSync } from 'node:fs';

const asked = process.env['FUZZ_CASES'];

/** `npm run fuzz`, and not `npm test`. */
const isFuzz = asked !== undefined;
const CASES = Number(asked ?? 4_000);
export const SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_424);

const BATCH = 10_000;

/** Says something at once: what a test writes on its standard output comes with its end. */
export function tell(text: string): void {
  if (isFuzz) writeSync(2, `${text}\n`);
}

/** Calls `one` with so many cases to draw as fit into memory, until all were drawn. */
export async function inBatches(title: string, one: (count: number) => Promise<void>): Promise<void> {
  for (let done = 0; done < CASES; ) {
    const count = Math.min(BATCH, CASES - done);
    await one(count);
    done += count;
    tell(`${title}: ${done} of ${CASES}`);
  }
}

/** `3 of 10 (30 %)`. */
export function share(part: number, of: number): string {
  return `${part} of ${of} (${((100 * part) / of).toFixed(1)} %)`;
}
