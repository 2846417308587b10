/** The line of the audit log: what is recorded of a command, already redacted. Writes nothing. */

/**
 * `intent`: a command is about to start. `result`: how it ended, where guard sees that. `refused`: it did not start.
 * `request`, `approved`, `rejected`: the life of an approval request. `locked`, `unlocked`: a deed that was tried in too many
 * forms, and a person who looked. `policy`: a change of rules. `fault`: guard failed.
 */
export const entryKinds = [
  'intent',
  'result',
  'refused',
  'request',
  'approved',
  'rejected',
  'locked',
  'unlocked',
  'policy',
  'fault',
] as const;
type EntryKind = (typeof entryKinds)[number];

/** What a door records. All texts are redacted by the caller. */
export interface AuditEntry {
  readonly kind: EntryKind;
  /** Where it came in: shim, exec, cli. */
  readonly door: string;
  readonly agent?: string;
  readonly decision?: string;
  /** The command as typed, secrets removed. */
  readonly command: string;
  readonly cwd: string;
  readonly rules: readonly string[];
  readonly reason?: string;
  /** Where a flagged command works, as the policy names it: `production`. */
  readonly environment?: string;
  /** The approval request's id. */
  readonly request?: string;
  readonly policy?: string;
  /** How the command would go around guard or change it: `guard.path: PATH is set without them`. */
  readonly tamper?: readonly string[];
}

/** A record as it stands in the log. `prev` is the hash of the session's record before it, '' for the first. */
export interface AuditRecord extends AuditEntry {
  readonly v: 1;
  readonly id: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly time: string;
  readonly session: string;
  readonly seq: number;
  readonly prev: string;
  readonly pid: number;
  /** How many records could not be written before this one. */
  readonly lost?: number;
}
