/** The CLI's program: `node cli.cjs <words…>`. Says faults in one place and sets the exit status. */

import { describeFault, ExitStatus, GuardError } from '../errors.js';
import { redactText } from '../invocation/redact.js';
import { printable, visible } from '../text.js';
import { contextOf } from './context.js';
import { run } from './main.js';

/** A person's yes was needed, and did not come. */
const UNCONFIRMED = new Set(['no-presence', 'declined', 'interrupted']);
/** Nothing failed: what was asked for cannot be asked, or is not there. */
const USAGE = new Set([
  'usage',
  'bad-pattern',
  'no-request',
  'no-session',
  'no-such-snapshot',
  'no-such-path',
]);

// A reader that went away (`guard log | head`) is no fault.
process.stdout.on('error', fault => {
  if ('code' in fault && fault.code === 'EPIPE') process.exit(0);
  throw fault;
});

run(process.argv.slice(2), contextOf(process.env, process.cwd())).catch((fault: unknown) => {
  process.stderr.write(`${explain(fault)}\n`);
  process.exitCode = statusOf(fault);
});

function statusOf(fault: unknown): number {
  if (!(fault instanceof GuardError)) return ExitStatus.fault;
  if (UNCONFIRMED.has(fault.code)) return ExitStatus.refused;
  return USAGE.has(fault.code) ? ExitStatus.usage : ExitStatus.fault;
}

function explain(fault: unknown): string {
  if (fault instanceof GuardError) {
    const hint = fault.hint ? [`  ${printable(fault.hint)}`] : [];
    return [`guard: ${visible(describeFault(fault))}`, ...hint].join('\n');
  }
  const text = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
  return `guard: a fault in guard itself:\n${text
    .split('\n')
    .map(line => visible(redactText(line)))
    .join('\n')}`;
}
