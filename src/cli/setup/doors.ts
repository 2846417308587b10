/** What the setup commands need of the person and the process. Given from outside, so that a test can answer. */

import { GuardError } from '../../errors.js';
import type { ShimKit } from '../../shims/install.js';

export interface SetupDoors {
  /** True where a person at a terminal can be asked. */
  readonly interactive: boolean;
  /** Asks y or n; false for every other answer, and for Ctrl-C. */
  confirm(question: string): Promise<boolean>;
  /** The program that holds the person's terminal; none where no terminal is, or an agent stands behind guard. */
  holder(): Promise<string | undefined>;
  /** What this installation's shims are made from, the user's rules included. */
  shimKit(): Promise<ShimKit>;
}

/** Asks for leave to go on; `yes` is leave. Throws `GuardError('usage')` where nobody can be asked. */
export async function leave(
  question: string,
  yes: boolean,
  command: string,
  doors: SetupDoors,
): Promise<boolean> {
  if (yes) return true;
  if (doors.interactive) return doors.confirm(question);
  throw new GuardError('usage', `${command} asks before it writes, and there is no terminal to ask on`, {
    hint: `Run it in a terminal, or add --yes.`,
  });
}
