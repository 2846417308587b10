/** What the judge says on stderr. Never stdout, which belongs to the command. Decides nothing. */

import { writeSync } from 'node:fs';
import { describeFault, GuardError } from '../errors.js';
import { redactText } from '../invocation/redact.js';
import { printable, visible } from '../text.js';

/** A fault as lines for the person who must repair it. */
export function explainFault(fault: unknown): string {
  if (fault instanceof GuardError) {
    const hint = fault.hint ? [`  ${printable(fault.hint)}`] : [];
    return [`guard: ${visible(describeFault(fault))}`, ...hint].join('\n');
  }
  const message =
    fault instanceof Error ? `${fault.name}: ${visible(redactText(fault.message))}` : 'unknown fault';
  return `guard: the command was refused because guard itself failed: ${message}\n  Repair: install guard again (README, Install), then run \`guard init\`.`;
}

/** Writes a line, whole, before the process may end. */
export function say(text: string): void {
  try {
    writeSync(2, `${printable(text)}\n`);
  } catch (fault) {
    // stderr is closed: there is nobody left to tell, and the exit status still says it.
    if (!(fault instanceof Error)) throw fault;
  }
}
