/** The record of what `guard init` made and changed, by which `guard uninstall` leaves no trace. */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { GuardError } from '../../errors.js';

const schema = z.object({
  version: z.literal(1),
  /** Directories that were made, outermost first. */
  directories: z.array(z.string()),
  /** Files outside guard's own directories. `before` is the SHA-256 of what was there, null where nothing was. */
  files: z.array(z.object({ path: z.string(), before: z.string().nullable() })),
});

export type Manifest = z.infer<typeof schema>;

export const emptyManifest: Manifest = { version: 1, directories: [], files: [] };

/** The manifest at a path; the empty one where there is none. Throws `GuardError('bad-manifest')`. */
export function readManifest(path: string): Manifest {
  if (!existsSync(path)) return emptyManifest;
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new GuardError('bad-manifest', `${path} is damaged`, {
      hint: 'Delete it and run guard init again: guard finds its blocks in your start-up files by their marks.',
      at: { file: path },
      cause,
    });
  }
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
