/** Doctor: is the policy read as it was written, and is the log whole? */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { journalNotes } from '../../audit/anchor.js';
import { isAccident } from '../../audit/finding.js';
import { verifyLog } from '../../audit/verify.js';
import { GuardError } from '../../errors.js';
import type { Check, Line, Patient } from './check.js';

export const policyCheck: Check = {
  subject: 'policy',
  async look({ context }: Patient): Promise<readonly Line[]> {
    try {
      const policy = await context.policy();
      const faults = policy.faults.map(
        (fault): Line => ({
          state: 'fault',
          says: `${fault.at}: ${fault.message}`,
          next: 'Correct the file; until then what it would change is not in force.',
        }),
      );
      return faults.length > 0 ? faults : [{ state: 'ok', says: `${policy.rules.length} rules in force` }];
    } catch (fault) {
      if (!(fault instanceof GuardError)) throw fault;
      return [{ state: 'fault', says: fault.message, ...(fault.hint !== undefined && { next: fault.hint }) }];
    }
  },
};

export const logCheck: Check = {
  subject: 'audit log',
  look({ context }: Patient): readonly Line[] {
    const { audit } = context.places;
    const { findings, damage, records, checkpoints, anchored } = verifyLog(audit, journalNotes());
    const lost = existsSync(join(audit, 'lost'));
    return [
      damage > 0
        ? {
            state: 'fault',
            says: `${damage} findings: ${findings.find(finding => !isAccident(finding))?.kind ?? ''} …`,
            next: 'Run: guard log verify',
          }
        : { state: 'ok', says: `${records} records, whole; ${checkpoints} checkpoints` },
      ...(lost
        ? [
            {
              state: 'warning',
              says: 'records were lost since the last one that could be written',
              next: 'Check the disk.',
            } as const,
          ]
        : []),
      ...(checkpoints > 0 && anchored === 0
        ? [
            {
              state: 'note',
              says: 'no copy of a checkpoint outside the log: who runs as you could write it anew',
              next: 'See docs/audit.md.',
            } as const,
          ]
        : []),
    ];
  },
};
