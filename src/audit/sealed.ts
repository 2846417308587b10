/** The checkpoints that are known of a log, and whether its lines are those that they sealed. Changes nothing. */

import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAbsent } from './chain.js';
import type { Finding } from './finding.js';
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

export class Seals {
  readonly findings: Finding[] = [];
  /** Checkpoints that hold, and how many of them a copy outside confirms. */
  held = 0;
  anchored = 0;
  /** Copies outside that are of another log, or of this one under another key. */
  strangers = 0;
  readonly #bySegment = new Map<number, Map<number, Sealed>>();
  /** Each segment's name in its checkpoints. */
  readonly #origins = new Map<number, string>();

  /** Reads every checkpoint: beside the log, in its segments, and the copies given as `anchors`. */
  constructor(directory: string, segments: readonly Segment[], anchors: readonly string[]) {
    const beside = join(directory, 'checkpoints');
    const inside = [...notesBeside(beside), ...segments.flatMap(({ path }) => notesIn(path))];
    const key = publicKeyOf(join(directory, 'key.pub'));
    if (key === undefined) {
      if (inside.length > 0)
        this.#find(
          'forged',
          join(directory, 'key.pub'),
          0,
          'is gone or is no key, so no checkpoint can be checked',
        );
      this.strangers = new Set(anchors).size;
      return;
    }
    const first = segments[0]?.number ?? 1;
    for (const note of new Set(inside)) {
      const sealed = this.#read(note, key);
      if (sealed === undefined)
        this.#find(
          'forged',
          beside,
          0,
          `or the log itself has a checkpoint that its key did not sign: ${note.split('\n').slice(0, 2).join(' ')}`,
        );
      else if (sealed.segment >= first) this.#add(sealed, false);
    }
    for (const note of new Set(anchors)) {
      const sealed = this.#read(note, key);
      if (sealed === undefined) this.strangers += 1;
      else if (sealed.segment >= first) this.#add(sealed, true);
    }
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
    if (!this.findings.some(({ kind, file: known }) => kind === 'rewritten' && known === file))
      this.#find('rewritten', file, tree.size, 'the lines up to here are not those that a checkpoint sealed');
    return false;
  }

  /** At a segment's end: was more sealed than there is? */
  end(segment: number, file: string, size: number): void {
    const most = Math.max(size, ...(this.#bySegment.get(segment)?.keys() ?? []));
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

  #add({ segment, size, root }: Checkpoint & { segment: number }, outside: boolean): void {
    const sizes = this.#bySegment.get(segment) ?? new Map<number, Sealed>();
    const sealed = sizes.get(size) ?? { roots: new Set(), outside };
    sealed.roots.add(root);
    sealed.outside ||= outside;
    sizes.set(size, sealed);
    this.#bySegment.set(segment, sizes);
  }

  #find(kind: Finding['kind'], file: string, line: number, says: string): void {
    this.findings.push({ kind, file, line, says });
  }
}

const MARK = Buffer.from('"kind":"checkpoint"');

function notesIn(path: string): readonly string[] {
  const notes: string[] = [];
  eachLine(path, 0, line => {
    const note = line.includes(MARK) ? parseRecord(line.toString('utf8'))?.note : undefined;
    if (note !== undefined) notes.push(note);
  });
  return notes;
}

function notesBeside(path: string): readonly string[] {
  const notes: string[] = [];
  eachLine(path, 0, line => {
    const text = line.toString('utf8');
    if (/^"(?:[^"\\]|\\.)*"$/.test(text)) notes.push(String(JSON.parse(text)));
  });
  return notes;
}

function publicKeyOf(path: string): KeyObject | undefined {
  try {
    return createPublicKey(readFileSync(path));
  } catch (fault) {
    if (
      isAbsent(fault) ||
      (fault instanceof Error && 'code' in fault && String(fault.code).startsWith('ERR_'))
    )
      return undefined;
    throw fault;
  }
}
