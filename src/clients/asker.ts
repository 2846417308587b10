/**
 * The contract for asking a place beyond this machine's files what a command would take there: read-only, over the
 * command's own connection, only with the policy's leave. One file (or folder) a client, listed in index.ts.
 */

import type { Leave, Match } from '../policy/rule.js';
import type { World } from '../port.js';

export interface Asker {
  readonly tools: readonly string[];
  /**
   * Sentences on what the matches would take, all of one invocation. Details stand indented under their sentence. What
   * cannot be asked is a sentence too; none where policy gives no leave.
   */
  ask(matches: readonly Match[], world: World, leave: Leave, milliseconds: number): readonly string[];
}

const MOST_NAMED = 5;

/** `a, b, c, d, e and 3 more`. */
export function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return `${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
