/** Are guard's files as guard wrote them, and its policy in nobody else's hands? Looks; changes and reports nothing. */

import { lstatSync, type Stats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ruleFilesSeen } from '../config/layer-files.js';
import { faultCode, GuardError } from '../errors.js';
import { SHIM_MARKER } from '../locate.js';
import type { Places } from '../places.js';
import { bytesAt } from '../unblocked.js';
import { ABSENT, digestOf, type InstalledFile, type Manifest, manifestIn, readManifest } from './manifest.js';
import type { Stamps } from './stamps.js';

type Damage =
  | 'changed'
  | 'missing'
  | 'unreadable'
  | 'not executable'
  | 'writable by others'
  | "another user's"
  | "without guard's hook";

/** One file that is not as it must be. */
export interface Mismatch {
  readonly path: string;
  readonly what: Damage;
  /** The first characters of the digest of what stands there now, where that is what is wrong. */
  readonly seen?: string;
}

/** What user ids of a file mean here. */
const ROOT = 0;
/** Whom Linux names as the owner of files that belong to nobody inside a user namespace, as agents' sandboxes are. */
const OVERFLOW = 65_534;

/**
 * Every mismatch: of what is installed for this user, for everyone, and of the user's policy. What `stamps` know is not read
 * again; owner and mode are looked at all the same.
 */
export function mismatchesOf(places: Places, stamps?: Stamps): readonly Mismatch[] {
  const found = [
    ...installedIn(places.data, isSetUp(places), stamps),
    ...installedIn(places.systemConfig, false, stamps),
    ...[places.shims, places.data].flatMap(path => inOtherHands(path)),
    ...policyFiles(places).flatMap(path => inOtherHands(path)),
  ];
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** guard's own files in one directory; `isSetUp`: there must be a list of them. */
function installedIn(directory: string, isSetUp: boolean, stamps?: Stamps): readonly Mismatch[] {
  const path = manifestIn(directory);
  let manifest: Manifest | undefined;
  try {
    manifest = readManifest(directory);
  } catch (fault) {
    if (fault instanceof GuardError) return [{ path, what: 'changed' }];
    throw fault;
  }
  // Without the list nothing would be checked: that it is gone is a mismatch too.
  if (manifest === undefined) return isSetUp ? [{ path, what: 'missing' }] : [];
  return Object.entries(manifest).flatMap(([file, wanted]) => {
    const mismatch = compare(file, wanted, stamps);
    return mismatch ? [mismatch] : [];
  });
}

function isSetUp({ shims, hook }: Places): boolean {
  return [join(shims, SHIM_MARKER), hook].some(path => statsOf(path) !== undefined);
}

function compare(path: string, wanted: InstalledFile, stamps?: Stamps): Mismatch | undefined {
  const stats = statsOf(path);
  if (stats === undefined) return wanted.sha256.includes(ABSENT) ? undefined : { path, what: 'missing' };
  if (!stats.isFile()) return { path, what: 'changed' };
  if (wanted.holds === undefined) {
    if (!isOwner(stats, wanted.owner)) return { path, what: "another user's" };
    if ((stats.mode & 0o022 & ~wanted.mode) !== 0) return { path, what: 'writable by others' };
    if ((wanted.mode & 0o111 & ~stats.mode) !== 0) return { path, what: 'not executable' };
  }
  if (stamps?.has(path, stats, wanted)) return undefined;
  const mismatch = compareContent(path, wanted);
  if (mismatch === undefined) stamps?.note(path, stats, wanted);
  return mismatch;
}

function compareContent(path: string, { sha256, holds, owner }: InstalledFile): Mismatch | undefined {
  let bytes: Buffer;
  try {
    bytes = bytesAt(path);
  } catch (fault) {
    if (faultCode(fault) === undefined) throw fault;
    // What is root's may be closed to this user.
    return owner === ROOT ? undefined : { path, what: 'unreadable' };
  }
  const digest = digestOf(bytes);
  if (sha256.includes(digest)) return undefined;
  if (holds === undefined) return { path, what: 'changed', seen: digest.slice(0, 16) };
  return bytes.includes(holds) ? undefined : { path, what: "without guard's hook" };
}

/** A file or directory of which others than this user and root may decide; none where it is missing. */
function inOtherHands(path: string): readonly Mismatch[] {
  // Through symlinks: dotfiles are often kept elsewhere.
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!isOwner(stats, process.geteuid?.() ?? ROOT)) return [{ path, what: "another user's" }];
  return (stats.mode & 0o022) === 0 ? [] : [{ path, what: 'writable by others' }];
}

function isOwner({ uid }: Stats, owner: number): boolean {
  return uid === owner || uid === ROOT || uid === process.geteuid?.() || (uid === OVERFLOW && owner === ROOT);
}

/** The files of the user's policy and the directories where more may be put. */
function policyFiles({ userPolicy, userRules }: Places): readonly string[] {
  return [
    dirname(userPolicy),
    userPolicy,
    userRules,
    ...ruleFilesSeen(userRules).map(name => join(userRules, name)),
  ];
}

function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (fault) {
    // A parent that is closed or no directory: nothing that can be run stands there.
    if (faultCode(fault) !== undefined) return undefined;
    throw fault;
  }
}
