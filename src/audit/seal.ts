/**
 * Sealing: from time to time the log so far is put under a signed checkpoint, by whichever process finds it due. The
 * checkpoint goes into the log, beside it, and to an anchor outside. A full segment is closed here too. A fault in
 * sealing never fails the record that was written: the next process seals.
 */

import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, linkSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomic } from '../durable.js';
import { faultCode } from '../errors.js';
import { hold, letGo } from '../lock.js';
import { appendAt, bytesAt, rewriteAt, textAt } from '../unblocked.js';
import { leafHash, leafHashInBulk, MerkleTree } from './merkle.js';
import { signNote } from './note.js';
import { CURRENT, eachLine, segmentPath, segmentsOf } from './segments.js';

/** Keeps a copy of a checkpoint's note outside this user's reach, where there is such a place. */
export type Anchor = (note: string) => void;

/** After how many milliseconds, and how many records of one chain, the log is sealed again. */
const EVERY_MS = 30_000;
const EVERY_RECORDS = 256;
/** At what size a segment is closed, and how many closed ones are kept. */
const SEGMENT_BYTES = 32 * 1024 * 1024;
const SEGMENTS_KEPT = 16;

export interface SealDoors {
  readonly now: number;
  /** The growing segment's size, in bytes. */
  readonly size: number;
  readonly anchor: Anchor | undefined;
  /** Appends the checkpoint's own record. */
  record(checkpoint: { readonly note: string; readonly segment: number }): void;
}

/** How far the growing segment has been sealed. */
interface Sealed {
  readonly segment: number;
  readonly size: number;
  readonly bytes: number;
  readonly subtrees: readonly string[];
}

/** Is it time? One look at a file's age, for it is asked with every record. */
export function isSealDue(directory: string, seq: number, now: number): boolean {
  if (seq % EVERY_RECORDS === 0) return true;
  const sealed = statSync(`${directory}/sealed`, { throwIfNoEntry: false });
  return sealed === undefined || now - sealed.mtimeMs > EVERY_MS || sealed.mtimeMs - now > EVERY_MS;
}

/**
 * Seals what stands in the growing segment and closes the segment when it is full. False where another process does so
 * now, or where it could not be done.
 */
export function seal(directory: string, doors: SealDoors): boolean {
  const lock = join(directory, 'seal.lock');
  try {
    if (!hold(lock, 0)) return false;
    try {
      sealSegment(directory, doors);
    } finally {
      letGo(lock);
    }
    return true;
  } catch (fault) {
    // The record stands; that it is not sealed yet is what `guard log verify` would say.
    if (faultCode(fault) === undefined) throw fault;
    return false;
  }
}

function sealSegment(directory: string, doors: SealDoors): void {
  const segment = segmentsOf(directory).at(-1)?.number ?? 1;
  const known = readSealed(directory, segment);
  const tree = new MerkleTree(known.size, known.subtrees);
  const bytes = eachLine(join(directory, CURRENT), known.bytes, line => tree.add(leafHashInBulk(line)));
  const key = logKey(directory);
  const note = signNote({ origin: originOf(key, segment), size: tree.size, root: tree.root() }, key);
  keep(directory, note);
  const sealed: Sealed = { segment, size: tree.size, bytes, subtrees: tree.subtrees };
  const path = join(directory, 'sealed');
  // Without fsync or rename: where a crash tears it, the segment is read from its beginning again.
  rewriteAt(path, JSON.stringify(sealed));
  // By the caller's clock, which `isSealDue` compares it with.
  utimesSync(path, doors.now / 1000, doors.now / 1000);
  if (doors.size > SEGMENT_BYTES) close(directory, segment);
  doors.record({ note, segment });
  doors.anchor?.(note);
}

/** The full segment gets its number by a link, so that no number is given twice; who still writes, writes there. */
function close(directory: string, segment: number): void {
  linkSync(join(directory, CURRENT), segmentPath(directory, segment));
  rmSync(join(directory, CURRENT));
  for (const { number, path: old } of segmentsOf(directory).slice(0, -1 - SEGMENTS_KEPT))
    if (number < segment) rmSync(old, { force: true });
}

/** The checkpoints of this log, one JSON string a line, beside it: a log cut short does not take them along. */
function keep(directory: string, note: string): void {
  appendAt(join(directory, 'checkpoints'), `${JSON.stringify(note)}\n`);
}

/** What was sealed last; from the segment's beginning where that is not known or is of another segment. */
function readSealed(directory: string, segment: number): Sealed {
  const none = { segment, size: 0, bytes: 0, subtrees: [] };
  const path = join(directory, 'sealed');
  if (!existsSync(path)) return none;
  try {
    const value: unknown = JSON.parse(textAt(path));
    return isSealed(value) && value.segment === segment ? value : none;
  } catch (fault) {
    if (fault instanceof SyntaxError) return none;
    throw fault;
  }
}

function isSealed(value: unknown): value is Sealed {
  if (typeof value !== 'object' || value === null) return false;
  const subtrees: unknown = Reflect.get(value, 'subtrees');
  return (
    ['segment', 'size', 'bytes'].every(name => Number.isSafeInteger(Reflect.get(value, name))) &&
    Array.isArray(subtrees) &&
    subtrees.every(one => typeof one === 'string' && /^[0-9a-f]{64}$/.test(one))
  );
}

/** The log's signing key, made when first needed. Whoever runs as this user can read it; docs/threat-model.md says so. */
function logKey(directory: string): KeyObject {
  const path = join(directory, 'key.pem');
  if (!existsSync(path)) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    writeAtomic(join(directory, 'key.pub'), publicKey.export({ type: 'spki', format: 'pem' }).toString());
    writeAtomic(path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  }
  return createPrivateKey(bytesAt(path));
}

/** The name of a segment in its checkpoints: the log's key tells logs apart. */
export function originOf(key: KeyObject, segment: number): string {
  const publicKey = key.type === 'public' ? key : createPublicKey(key);
  const id = leafHash(publicKey.export({ type: 'spki', format: 'der' })).slice(0, 16);
  return `guard/${id}/${segment}`;
}
