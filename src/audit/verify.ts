/**
 * Verification of the audit log: every chain, every checkpoint, and the ends that the chains should have. Says which
 * record and which kind of damage; repairs nothing. Memory grows with the number of sessions, not with the log.
 */

import { type Finding, Findings } from './finding.js';
import { Links } from './links.js';
import { leafHashInBulk, MerkleTree } from './merkle.js';
import { parseRecord } from './read.js';
import { Seals } from './sealed.js';
import { eachLine, segmentsOf, type Watch } from './segments.js';

export interface Verification {
  readonly records: number;
  readonly segments: number;
  /** The first segment that is still there: older ones are removed as the log grows. */
  readonly first: number;
  /** Checkpoints that hold. */
  readonly checkpoints: number;
  /** Of them, those that a copy outside the log confirms. */
  readonly anchored: number;
  /** Copies outside that are of another log, or of this one under another key. */
  readonly strangers: number;
  /** Lines since the last checkpoint: for them only the chains speak. */
  readonly unsealed: number;
  /** The first of them, so many that memory is bounded. */
  readonly findings: readonly Finding[];
  /** How many findings there are of what somebody did, and of what a crash or a full disk leaves. */
  readonly damage: number;
  readonly accidents: number;
}

/** Verifies the log in a directory. `anchors` are notes of checkpoints that were kept elsewhere. */
export function verifyLog(directory: string, anchors: readonly string[] = [], watch?: Watch): Verification {
  const segments = segmentsOf(directory);
  const first = segments[0]?.number ?? 1;
  const seals = new Seals(directory, segments, anchors);
  const links = new Links(first === 1);
  const torn = new Findings();
  let records = 0;
  let unsealed = 0;
  for (const { number, path } of segments) {
    const tree = new MerkleTree();
    unsealed = 0;
    eachLine(
      path,
      0,
      line => {
        const hash = leafHashInBulk(line);
        tree.add(hash);
        unsealed += 1;
        const at = { file: path, line: tree.size };
        const record = parseRecord(line.toString('utf8'));
        if (record) links.follow(record, hash, at);
        else torn.add({ kind: 'torn', ...at, says: 'is no whole record' });
        if (record) records += 1;
        if (seals.check(number, path, tree)) unsealed = 0;
      },
      watch,
    );
    seals.end(number, path, tree.size);
  }
  links.end(directory);
  return {
    records,
    segments: segments.length,
    first,
    checkpoints: seals.held,
    anchored: seals.anchored,
    strangers: seals.strangers,
    unsealed,
    ...totalOf([torn, links.findings, seals.findings]),
  };
}

function totalOf(all: readonly Findings[]): Pick<Verification, 'findings' | 'damage' | 'accidents'> {
  return {
    findings: all.flatMap(({ kept }) => kept),
    damage: all.reduce((sum, { damage }) => sum + damage, 0),
    accidents: all.reduce((sum, { accidents }) => sum + accidents, 0),
  };
}
