/** What the parser could not read of a script, as doubts. Judges nothing. */

import type { ParsedScript } from 'unbash';
import { isCutAt } from './gap.js';
import type { Reading } from './reading.js';

/** `own`: the script's text, and where the statement ends behind which nothing runs. */
export function noteFaults(
  { errors = [] }: ParsedScript,
  reading: Reading,
  own?: { readonly text: string; readonly end: number },
): void {
  for (const { message, pos } of errors) {
    // A shell reads on only when it comes there: behind an `exit` an installer carries what it installs.
    if (own && pos >= own.end) return;
    if (own && isCutAt(own.text, pos)) reading.doubt('limit', 'the script is larger than guard reads');
    else reading.doubt(/maximum .*depth/.test(message) ? 'limit' : 'syntax', message);
  }
}
