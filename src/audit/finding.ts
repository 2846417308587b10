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

/** Of each sort so many are kept; the rest is counted. Who looks at more of them looks at none. */
export const MOST_KEPT = 10_000;

/** What was found, in order, in bounded memory: whoever damages a log may damage every line. */
export class Findings {
  readonly #kept = new Set<Finding>();
  /** How many there are, kept or not. */
  damage = 0;
  accidents = 0;

  add(finding: Finding): Finding {
    const before = this.#count(finding, 1);
    if (before < MOST_KEPT) this.#kept.add(finding);
    return finding;
  }

  /** It was none, as a later line showed. */
  remove(finding: Finding): void {
    this.#count(finding, -1);
    this.#kept.delete(finding);
  }

  get kept(): readonly Finding[] {
    return [...this.#kept];
  }

  /** How many of the sort there were before. */
  #count(finding: Finding, by: 1 | -1): number {
    const before = isAccident(finding) ? this.accidents : this.damage;
    if (isAccident(finding)) this.accidents += by;
    else this.damage += by;
    return before;
  }
}
