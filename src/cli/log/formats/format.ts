/** What the writers of formats share: where a record comes from, and how grave it is. */

import type { AuditRecord } from '../../../audit/entry.js';

/** What a record does not say of where it was written. */
export interface Source {
  readonly host: string;
  readonly version: string;
}

/** 1 for information, 3 for a question that nobody was there to answer, 4 for what is forbidden or failed. */
export type Gravity = 1 | 3 | 4;

/** How grave a record is, on the scale that the formats share. */
export function gravityOf({ kind, decision }: AuditRecord): Gravity {
  if (kind === 'fault' || kind === 'tamper') return 4;
  if (kind !== 'refused') return 1;
  return decision === 'deny' ? 4 : 3;
}
