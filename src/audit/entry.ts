/** The line of the audit log: what is recorded of a command, already redacted. Writes nothing. */

/**
 * `intent`: a command is about to start. `result`: how it ended, where guard sees that. `refused`: it did not start.
 * `request`, `approved`, `rejected`: the life of an approval request. `locked`, `unlocked`: a deed that was tried in too many
 * forms, and a person who looked. `policy`: a change of rules. `restored`: a snapshot was given back. `fault`: guard failed.
 * `tamper`: guard's own files are not as guard left them.
 * `checkpoint`: a signed statement of all that stood in the log before it.
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
  'restored',
  'fault',
  'tamper',
  'checkpoint',
] as const;
type EntryKind = (typeof entryKinds)[number];

/** What a door records. All texts are redacted by the caller. */
export interface AuditEntry {
  readonly kind: EntryKind;
  /** The layer where it came in: shim, hook, exec, cli. */
  readonly door: string;
  readonly agent?: string;
  /** Of what a person did by guard's own commands: the user's name. */
  readonly user?: string;
  readonly decision?: string;
  /** The command as typed, secrets removed. */
  readonly command: string;
  readonly cwd: string;
  /** The root of the git repository around `cwd`. */
  readonly repo?: string;
  readonly rules: readonly string[];
  readonly reason?: string;
  /** Where a flagged command works, as the policy names it: `production`. */
  readonly environment?: string;
  /** The approval request's id. */
  readonly request?: string;
  /** The first characters of the hash of the policy that judged. */
  readonly policy?: string;
  /** How the command would go around guard or change it, or what was changed: `guard.path: PATH is set without them`. */
  readonly tamper?: readonly string[];
  /** The snapshot that was taken before the command started: see `guard undo`. */
  readonly snapshot?: string;
  /** Of a result: the id of the intent that it ends. */
  readonly of?: string;
  /** Of a result: the exit status, 128+n for a signal. */
  readonly exit?: number;
  /** Of a result: the signal that ended it, `SIGTERM`. */
  readonly signal?: string;
  /** Of a result: how long the command ran, in milliseconds. */
  readonly ms?: number;
  /** Of a checkpoint: its signed note, and the segment of the log that it speaks of. */
  readonly note?: string;
  readonly segment?: number;
}

/** A record as it stands in the log. `prev` is the hash of the chain's record before it, '' for the first. */
export interface AuditRecord extends AuditEntry {
  readonly v: 1;
  readonly id: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly time: string;
  readonly session: string;
  /** The chain, where it is not the session's own: its process found that one in use. */
  readonly chain?: string;
  readonly seq: number;
  readonly prev: string;
  readonly pid: number;
  /** How many records could not be written before this one. */
  readonly lost?: number;
}
