/** The record of what `guard init` made and changed, by which `guard uninstall` leaves no trace. */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { GuardError } from '../../errors.js';

export interface Manifest {
  readonly version: 1;
  /** Directories that were made, outermost first. */
  readonly directories: readonly string[];
  /** Files outside guard's own directories. */
  readonly files: readonly FileRecord[];
}

interface FileRecord {
  readonly path: string;
  /** SHA-256 of what was there, null where nothing was. */
  readonly before: string | null;
}

const emptyManifest: Manifest = { version: 1, directories: [], files: [] };

/** The manifest at a path; the empty one where there is none. Throws `GuardError('bad-manifest')`. */
export function readManifest(path: string): Manifest {
  if (!existsSync(path)) return emptyManifest;
  try {
    return parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new GuardError('bad-manifest', `${path} is damaged`, {
      hint: 'Delete it and run guard init again: guard finds its blocks in your start-up files by their marks.',
      at: { file: path },
      cause,
    });
  }
}

function parse(value: unknown): Manifest {
  const { version, directories, files } = fieldsOf(value);
  if (version !== 1 || !Array.isArray(directories) || !Array.isArray(files))
    throw new Error('not a manifest');
  return { version, directories: directories.map(absolutePath), files: files.map(readRecord) };
}

function readRecord(value: unknown): FileRecord {
  const { path, before } = fieldsOf(value);
  if (before !== null && typeof before !== 'string') throw new Error('not a hash');
  return { path: absolutePath(path), before };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new Error('not an object');
  return { ...value };
}

function absolutePath(value: unknown): string {
  if (typeof value !== 'string' || !value.startsWith('/')) throw new Error('not a path');
  return value;
}

/** The manifest with what another run of init made; what an earlier run found stays what was there before. */
export function joinManifests(old: Manifest, fresh: Manifest): Manifest {
  const known = new Set(old.files.map(file => file.path));
  return {
    version: 1,
    directories: [...new Set([...old.directories, ...fresh.directories])],
    files: [...old.files, ...fresh.files.filter(file => !known.has(file.path))],
  };
}

/** SHA-256 of a text of bytes. */
export function hashOf(bytes: string): string {
  return createHash('sha256').update(bytes, 'latin1').digest('hex');
}
