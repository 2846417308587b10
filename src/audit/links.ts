/** Follows the chains of the log's records from line to line, and compares their ends with what was noted beside the log. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { faultCode } from '../errors.js';
import { textAt } from '../unblocked.js';
import { END } from './chain.js';
import type { AuditRecord } from './entry.js';
import { type Finding, type FindingKind, Findings, type Place } from './finding.js';

/** The last record of a chain, in its order. */
interface Last extends Place {
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
  readonly id: string;
}

/** Follows the chains of a log line by line, and finds what is not as its successor says. */
export class Links {
  readonly findings = new Findings();
  readonly #chains = new Map<string, Last>();
  /** The one number that a chain jumped over, with the finding that says so: a record that comes late was only moved. */
  readonly #gaps = new Map<string, { seq: number; finding: Finding }>();
  readonly #isWhole: boolean;

  /** `isWhole`: the log begins with its first segment, so that every chain must begin at 1. */
  constructor(isWhole: boolean) {
    this.#isWhole = isWhole;
  }

  follow(record: AuditRecord, hash: string, at: Place): void {
    const chain = record.chain ?? record.session;
    const { seq, prev, id } = record;
    const last = this.#chains.get(chain);
    const next: Last = { file: at.file, line: at.line, seq, prev, hash, id };
    if (last === undefined) {
      if (seq !== 1 && this.#isWhole) this.#gap(chain, 1, seq - 1, at);
    } else if (seq === last.seq + 1) {
      if (prev !== last.hash)
        this.#find('altered', last, `record ${last.id} is not what its successor says it was`);
    } else if (seq === last.seq && prev === last.prev) {
      this.#find(
        'unfinished',
        last,
        `record ${last.id} was written by a process that was killed as it did so`,
      );
    } else if (seq > last.seq + 1) {
      this.#gap(chain, last.seq + 1, seq - 1, at);
    } else if (seq === 1 && prev === '') {
      this.#find('unfinished', at, `the chain of ${chain} begins again: its end was lost`);
    } else {
      this.#late(chain, next);
      return;
    }
    this.#chains.set(chain, next);
  }

  /** After the last line: the ends that `heads` notes must stand in the log. */
  end(directory: string): void {
    for (const { chain, seq, hash } of endsIn(join(directory, 'heads'))) {
      const last = this.#chains.get(chain);
      if (last === undefined) continue;
      const file = { file: last.file, line: last.line };
      if (seq > last.seq) {
        this.#find('truncated', file, `${seq - last.seq} later records of ${chain} are gone`);
      } else if (seq === last.seq && hash !== last.hash) {
        this.#find('altered', file, `record ${last.id} is not what was written`);
      } else if (seq < last.seq) {
        this.#find(
          'unfinished',
          file,
          `record ${last.id} was written by a process that was killed as it did so`,
        );
      }
    }
  }

  #gap(chain: string, from: number, to: number, at: Place): void {
    const count = to - from + 1;
    const which = count === 1 ? `record ${from} of ${chain} is` : `records ${from} to ${to} of ${chain} are`;
    const finding = this.#find('missing', at, `before this line, ${which} missing`);
    if (count === 1) this.#gaps.set(chain, { seq: from, finding });
    else this.#gaps.delete(chain);
  }

  #late(chain: string, { seq, id, file, line }: Last): void {
    this.#find('moved', { file, line }, `record ${id}, number ${seq} of ${chain}, stands behind a later one`);
    const gap = this.#gaps.get(chain);
    if (seq !== gap?.seq) return;
    this.findings.remove(gap.finding);
    this.#gaps.delete(chain);
  }

  #find(kind: FindingKind, { file, line }: Place, says: string): Finding {
    return this.findings.add({ kind, file, line, says });
  }
}

function endsIn(heads: string): readonly { chain: string; seq: number; hash: string }[] {
  try {
    return readdirSync(heads).flatMap(chain => {
      if (/\.lock(?:\.\d+)?$/.test(chain)) return [];
      const match = END.exec(textAt(join(heads, chain)));
      return match ? [{ chain, seq: Number(match[1]), hash: match[2]! }] : [];
    });
  } catch (fault) {
    if (faultCode(fault) === 'ENOENT') return [];
    throw fault;
  }
}
