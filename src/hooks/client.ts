/** The client behind a hook: its process, by which the commands it starts are known, and its session. Decides nothing. */

import type { Owner } from '../approvals/nested.js';
import { ancestorsUp } from '../presence/process.js';
import type { Fields } from './adapter.js';

/** What stands between a client and the judge: shells, and the clock of the hook's own script. */
const BETWEEN = new Set(['sh', 'dash', 'bash', 'zsh', 'ksh', 'busybox', 'ash', 'timeout']);

/**
 * The process that called the hook, past the shells it used for that: the commands that it starts next run below it too.
 * None where the chain of parents cannot be seen.
 */
export function clientProcess(): Owner | undefined {
  for (const one of ancestorsUp(process.pid)) if (!BETWEEN.has(one.name)) return one;
  return undefined;
}

/** The client's name for its session. */
export function sessionIn(event: Fields): string | undefined {
  const keys = ['session_id', 'sessionId', 'session', 'conversation_id'];
  return keys.map(key => event[key]).find(value => typeof value === 'string' && value !== '') as
    | string
    | undefined;
}
