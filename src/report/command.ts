/** A command as people are shown it and as the log keeps it. */

import { redactArgv, redactText } from '../invocation/redact.js';
import type { Verdict } from '../policy/rule.js';
import { quote, visible } from '../text.js';

/** The command as it is shown and recorded: quoted, control characters visible, secrets removed. */
export function shownCommand(verdict: Verdict, argv: readonly string[]): string {
  const outermost = verdict.understood.find(
    one => one.invocation.via.length === 0 && one.invocation.argv.length > 0,
  );
  // A transparent wrapper is not among the understood: then the whole argv is redacted as text, word by word.
  const isWhole = outermost?.invocation.argv.length === argv.length;
  const words = isWhole ? redactArgv(outermost.invocation) : argv.map(redactText);
  return visible(quote(words));
}
