/**
 * What guard wrote and how it must be: each shim, the program that hooks call, the shell files, the hooks in agents'
 * settings. A manifest lies in the directory of what it speaks of, the user's or the system's. Writers say first what they
 * are about to write, so that whoever checks in between finds the old and the new both right. Compares nothing.
 */

import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateDirectory, writeAtomic } from '../durable.js';
import { faultCode, GuardError } from '../errors.js';
import { hold, letGo } from '../lock.js';
import { textAt } from '../unblocked.js';

/** One file as guard left it. */
export interface InstalledFile {
  /** SHA-256 of what may stand there; `ABSENT` where it may still be missing. */
  readonly sha256: readonly string[];
  /** Permission bits. */
  readonly mode: number;
  /** User id. */
  readonly owner: number;
  /** Of a file that people edit too, the text in it that is guard's: as long as that is there, the rest is theirs. */
  readonly holds?: string;
}

/** By absolute path. */
export type Manifest = Readonly<Record<string, InstalledFile>>;

/** A file about to be written. */
export interface Writing {
  readonly path: string;
  readonly bytes: string | Buffer;
  readonly mode: number;
  readonly holds?: string;
}

/** Stands for the digest of a file that is not there. */
export const ABSENT = 'absent';

/** Writers take turns; how often one asks for its turn, a quarter of a millisecond apart. */
const TRIES = 4_000;

/** The manifest in a directory of guard's; none where there is no such file. Throws `GuardError('bad-manifest')`. */
export function readManifest(directory: string): Manifest | undefined {
  const path = manifestIn(directory);
  let text: string;
  try {
    text = textAt(path);
  } catch (fault) {
    if (faultCode(fault) === 'ENOENT') return undefined;
    throw damaged(path, fault);
  }
  try {
    const value: unknown = JSON.parse(text);
    const files: unknown = isObject(value) ? value['files'] : undefined;
    if (!isObject(files) || !Object.values(files).every(isInstalledFile))
      throw new SyntaxError('no manifest');
    return files as Manifest;
  } catch (fault) {
    throw damaged(path, fault);
  }
}

/** Writes files through `write` and notes how they must be from now on; those of the same name are forgotten. */
export function writeNoted<T>(directory: string, writings: readonly Writing[], write: () => T): T {
  if (writings.length === 0) return write();
  const fresh = writings.map(one => ({ ...one, digest: digestOf(one.bytes) }));
  change(directory, old =>
    fresh.map(({ path, mode, holds, digest }) => [
      path,
      entry([...(old[path]?.sha256 ?? [ABSENT]), digest], old[path]?.mode ?? mode, ownerOf(path), holds),
    ]),
  );
  const result = write();
  change(directory, () =>
    fresh.map(({ path, mode, holds, digest }) => [path, entry([digest], mode, ownerOf(path), holds)]),
  );
  return result;
}

/** Takes files out of the manifest; for whoever may remove them. */
export function forget(directory: string, paths: readonly string[]): void {
  if (readManifest(directory) === undefined) return;
  change(directory, () => paths.map(path => [path, undefined]));
}

/** Where a directory's manifest lies. */
export function manifestIn(directory: string): string {
  return join(directory, 'installed.json');
}

/** SHA-256, in hexadecimal digits. */
export function digestOf(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

type Changes = readonly (readonly [path: string, file: InstalledFile | undefined])[];

/** One writer at a time, so that none overwrites what another noted. */
function change(directory: string, changesOf: (old: Manifest) => Changes): void {
  const path = manifestIn(directory);
  const lock = `${path}.lock`;
  makePrivateDirectory(directory);
  if (!hold(lock, TRIES)) {
    throw new GuardError('locked', 'another guard is writing its list of installed files', {
      at: { file: path },
      hint: `Run it again. If no other guard is running: rm ${lock}`,
    });
  }
  try {
    const before = existsSync(path) ? textAt(path) : undefined;
    const files = { ...readable(directory) };
    for (const [name, file] of changesOf(files)) {
      if (file) files[name] = file;
      else delete files[name];
    }
    if (Object.keys(files).length === 0) {
      rmSync(path, { force: true });
      return;
    }
    const text = `${JSON.stringify({ version: 1, files })}\n`;
    if (text === before) return;
    writeAtomic(path, text);
    // What is installed for everyone is checked by everyone.
    if ((statSync(directory).mode & 0o044) !== 0) chmodSync(path, 0o644);
  } finally {
    letGo(lock);
  }
}

/** A damaged manifest was reported by whoever checked it; whoever installs again begins a new one. */
function readable(directory: string): Manifest {
  try {
    return readManifest(directory) ?? {};
  } catch (fault) {
    if (fault instanceof GuardError) return {};
    throw fault;
  }
}

function entry(sha256: readonly string[], mode: number, owner: number, holds?: string): InstalledFile {
  return { sha256: [...new Set(sha256)], mode, owner, ...(holds !== undefined && { holds }) };
}

/** Of a file that is written anew, whoever writes it. */
function ownerOf(path: string): number {
  return lstatSync(path, { throwIfNoEntry: false })?.uid ?? process.geteuid?.() ?? 0;
}

function damaged(path: string, cause: unknown): GuardError {
  return new GuardError('bad-manifest', "guard's list of what it installed is damaged", {
    at: { file: path },
    hint: 'Run guard init again: it writes the list anew.',
    cause,
  });
}

function isInstalledFile(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { sha256, mode, owner, holds } = value;
  return (
    Array.isArray(sha256) &&
    sha256.every(one => typeof one === 'string') &&
    Number.isInteger(mode) &&
    Number.isInteger(owner) &&
    (holds === undefined || typeof holds === 'string')
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
