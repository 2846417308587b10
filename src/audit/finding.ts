/** What a verification can find, and how it says it. */

/**
 * `altered`: a record is not what its successor or its session's end says. `missing`: records were taken out. `moved`: a
 * record stands behind a later one. `truncated`: the log ends before what was written or sealed. `rewritten`: what
 * stands there is not what a checkpoint sealed. `forged`: a checkpoint that the log's key did not sign. `torn`: half a
 * line, as a full disk or a crash leaves. `unfinished`: a process was killed as it wrote a record.
 */
export type FindingKind =
  | 'altered'
  | 'missing'
  | 'moved'
  | 'truncated'
  | 'rewritten'
  | 'forged'
  | 'torn'
  | 'unfinished';

/** A place in the log. Lines count from 1, over those that are not empty; 0 where none is meant. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

export interface Finding extends Place {
  readonly kind: FindingKind;
  /** Completes "<file>:<line>: …". */
  readonly says: string;
}

/** True for what a crash or a full disk leaves, as opposed to what somebody did. */
export function isAccident({ kind }: Finding): boolean {
  return kind === 'torn' || kind === 'unfinished';
}
