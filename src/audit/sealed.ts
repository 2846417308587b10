/** The checkpoints that are known of a log, and whether its lines are those that they sealed. Changes nothing. */

import { createPublicKey, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { faultCode } from '../errors.js';
import { bytesAt } from '../unblocked.js';
import { type Finding, Findings } from './finding.js';
import type { MerkleTree } from './merkle.js';
import { type Checkpoint, readNote } from './note.js';
import { parseRecord } from './read.js';
import { originOf } from './seal.js';
import { eachLine, type Segment } from './segments.js';

/** What was sealed at one size of one segment. `outside`: a copy beyond this user's reach says so. */
interface Sealed {
  readonly roots: Set<string>;
  outside: boolean;
}

const NO_KEY = 'is gone or is no key, so no checkpoint can be checked';
/** A log as large as guard keeps one has a few thousand. */
const MOST_NOTES = 50_000;

function forged(note: string): string {
  const text = note.split('\n', 2).join(' ');
  return `or the log itself has a checkpoint that its key did not sign: ${text}`;
}

export class Seals {
  readonly findings = new Findings();
  /** Checkpoints that hold, and how many of them a copy outside confirms. */
  held = 0;
  anchored = 0;
  /** Copies outside that are of another log, or of this one under another key. */
  strangers = 0;
  readonly #bySegment = new Map<number, Map<number, Sealed>>();
  /** Each segment's name in its checkpoints. */
  readonly #origins = new Map<number, string>();
  readonly #rewritten = new Set<string>();
  /** The first segment that is still there. */
  readonly #first: number;

  /** Reads every checkpoint: beside the log, in its segments, and the copies given as `anchors`. */
  constructor(directory: string, segments: readonly Segment[], anchors: readonly string[]) {
    this.#first = segments[0]?.number ?? 1;
    const key = publicKeyOf(join(directory, 'key.pub'));
    const beside = join(directory, 'checkpoints');
    const known = new Set<string>();
    const inside = (note: string) => {
      // The same ones stand in both places. What is forgotten is read once more.
      if (known.has(note)) return;
      if (known.size >= MOST_NOTES) known.clear();
      known.add(note);
      if (key && !this.#add(note, key, false)) this.#find('forged', beside, 0, forged(note));
    };
    eachNoteBeside(beside, inside);
    for (const { path } of segments) eachNoteIn(path, inside);
    if (key === undefined && known.size > 0) this.#find('forged', join(directory, 'key.pub'), 0, NO_KEY);
    for (const note of new Set(anchors)) if (!key || !this.#add(note, key, true)) this.strangers += 1;
  }

  /** After each line: true where a checkpoint sealed exactly what stands so far. */
  check(segment: number, file: string, tree: MerkleTree): boolean {
    const sealed = this.#bySegment.get(segment)?.get(tree.size);
    if (sealed === undefined) return false;
    if (sealed.roots.size === 1 && sealed.roots.has(tree.root())) {
      this.held += 1;
      if (sealed.outside) this.anchored += 1;
      return true;
    }
    // Every later one differs too; the first bounds the change from above.
    if (!this.#rewritten.has(file))
      this.#find('rewritten', file, tree.size, 'the lines up to here are not those that a checkpoint sealed');
    this.#rewritten.add(file);
    return false;
  }

  /** At a segment's end: was more sealed than there is? */
  end(segment: number, file: string, size: number): void {
    let most = size;
    for (const sealed of this.#bySegment.get(segment)?.keys() ?? []) most = Math.max(most, sealed);
    if (most > size)
      this.#find(
        'truncated',
        file,
        size,
        `ends here, but ${most} lines were sealed: ${most - size} are gone`,
      );
  }

  #read(note: string, key: KeyObject): (Checkpoint & { segment: number }) | undefined {
    const checkpoint = readNote(note, key);
    const segment = Number(checkpoint?.origin.split('/').at(-1));
    if (checkpoint === undefined) return undefined;
    const origin = this.#origins.get(segment) ?? originOf(key, segment);
    this.#origins.set(segment, origin);
    return checkpoint.origin === origin ? { ...checkpoint, segment } : undefined;
  }

  /** False for what the key did not sign. */
  #add(note: string, key: KeyObject, outside: boolean): boolean {
    const checkpoint = this.#read(note, key);
    if (checkpoint === undefined) return false;
    const { segment, size, root } = checkpoint;
    if (segment < this.#first) return true;
    const sizes = this.#bySegment.get(segment) ?? new Map<number, Sealed>();
    const sealed = sizes.get(size) ?? { roots: new Set(), outside };
    sealed.roots.add(root);
    sealed.outside ||= outside;
    sizes.set(size, sealed);
    this.#bySegment.set(segment, sizes);
    return true;
  }

  #find(kind: Finding['kind'], file: string, line: number, says: string): void {
    this.findings.add({ kind, file, line, says });
  }
}

const MARK = Buffer.from('"kind":"checkpoint"');

function eachNoteIn(path: string, use: (note: string) => void): void {
  eachLine(path, 0, line => {
    const note = line.includes(MARK) ? parseRecord(line.toString('utf8'))?.note : undefined;
    if (note !== undefined) use(note);
  });
}

function eachNoteBeside(path: string, use: (note: string) => void): void {
  eachLine(path, 0, line => {
    const text = line.toString('utf8');
    if (/^"(?:[^"\\]|\\.)*"$/.test(text)) use(String(JSON.parse(text)));
  });
}

function publicKeyOf(path: string): KeyObject | undefined {
  try {
    return createPublicKey(bytesAt(path));
  } catch (fault) {
    const code = faultCode(fault);
    if (code === 'ENOENT' || code?.startsWith('ERR_')) return undefined;
    throw fault;
  }
}
