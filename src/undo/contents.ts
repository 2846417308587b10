/** What a snapshot knows of its data: one JSON file in its directory. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GuardError } from '../errors.js';

/** Writes a saver's own file into the snapshot's directory, as JSON. */
export function writeContents(directory: string, file: string, contents: unknown): void {
  writeFileSync(join(directory, file), JSON.stringify(contents), { mode: 0o600 });
}

/** What the same kind of snapshot wrote there, with lists of those names. Throws `GuardError('broken-snapshot')`. */
export function readContents<T>(directory: string, file: string, lists: readonly (keyof T)[] = []): T {
  try {
    const contents: T = JSON.parse(readFileSync(join(directory, file), 'utf8'));
    const missing = lists.find(name => !Array.isArray(contents[name]));
    if (missing === undefined) return contents;
    throw new TypeError(`it has no list ${String(missing)}`);
  } catch (cause) {
    throw new GuardError('broken-snapshot', 'the snapshot cannot be read', {
      at: { file: directory },
      cause,
    });
  }
}
