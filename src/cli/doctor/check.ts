/** The contract of doctor's checks: one file a subject, each a function that looks and says, and changes nothing. */

import type { ShimKit } from '../../shims/install.js';
import type { Context } from '../context.js';

/**
 * `ok`: as it should be. `note`: worth knowing, and no fault of this setup. `warning`: something is weaker than it could be.
 * `fault`: protection is not in force.
 */
type LineState = 'ok' | 'note' | 'warning' | 'fault';

/** One finding. No secrets: names and places only. */
export interface Line {
  readonly state: LineState;
  readonly says: string;
  /** What to do about it; a command where there is one. */
  readonly next?: string;
  /** Repairs it, where that is safe without asking: it neither loosens guard nor touches what is not guard's. */
  readonly fix?: () => void;
}

/** What the checks look at. */
export interface Patient {
  readonly context: Context;
  /** What this installation's shims are made from. */
  shimKit(): Promise<ShimKit>;
}

export interface Check {
  /** The heading of its lines. */
  readonly subject: string;
  look(patient: Patient): Promise<readonly Line[]> | readonly Line[];
}
