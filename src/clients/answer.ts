/** What a database's own client answers: JSON values, a line each, or a clause on why not. Asks nobody. */

import { redactText } from '../invocation/redact.js';
import type { Ran } from '../subprocess.js';
import { visible } from '../text.js';

/** Bytes of one answer. */
export const MOST_BYTES = 4 * 1024 * 1024;

/** What came back: a JSON value a line, as far as it came. */
export interface Answer {
  readonly rows: readonly unknown[];
  /** Why it is not all, as a clause; none where it is. */
  readonly fault?: string;
}

/** Reads what the client printed; `faultOf` says why it failed. */
export function answerOf(ran: Ran, faultOf: (ran: Ran) => string): Answer {
  const lines = ran.stdout.toString().split('\n');
  // What follows the last newline was cut off.
  const rows = lines.slice(0, -1).flatMap(line => (line === '' ? [] : [parsed(line)]));
  return ran.status === 0 ? { rows } : { rows, fault: faultOf(ran) };
}

/** Why the client failed, as a clause: redacted, one line. `told` finds the words for it in what the client complained of. */
export function failureOf(ran: Ran, told: (stderr: string) => string): string {
  if (ran.fault === 'missing') return 'its client program is not installed';
  if (ran.fault === 'late') return 'it did not answer in time';
  if (ran.fault === 'long') return 'its answer is too long';
  const clause = told(ran.stderr.toString());
  return clause === '' ? `it failed with status ${ran.status}` : visible(redactText(clause)).slice(0, 200);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined;
    throw fault;
  }
}
