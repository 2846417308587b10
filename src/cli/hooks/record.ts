/** What `guard hook install` found and made, so that `guard hook remove` can put every byte back. Decides nothing. */

import { existsSync, readFileSync } from 'node:fs';
import { writeAtomic } from '../../durable.js';
import { GuardError } from '../../errors.js';

/** One settings file, by its real path. */
export interface HookRecord {
  /** Its bytes before guard, base64; null where there was no such file. */
  readonly before: string | null;
  /** SHA-256 of the bytes that guard left there. */
  readonly after: string;
  /** Directories that were made for it, outermost first. */
  readonly directories: readonly string[];
}

export type HookRecords = Readonly<Record<string, HookRecord>>;

/** The records at a path; none where there is no file. Throws `GuardError('bad-manifest')`. */
export function readRecords(path: string): HookRecords {
  if (!existsSync(path)) return {};
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (!isRecords(value)) throw new Error('not the record of hooks');
    return value;
  } catch (cause) {
    throw new GuardError('bad-manifest', `${path} is damaged`, {
      hint: 'Delete it: guard then finds its hooks in the settings by their command, and takes only those out.',
      at: { file: path },
      cause,
    });
  }
}

/** Replaces the records in one step. */
export function writeRecords(path: string, records: HookRecords): void {
  writeAtomic(path, `${JSON.stringify(records, null, 2)}\n`);
}

function isRecords(value: unknown): value is HookRecords {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(
    one =>
      typeof one === 'object' &&
      one !== null &&
      (one.before === null || typeof one.before === 'string') &&
      typeof one.after === 'string' &&
      Array.isArray(one.directories),
  );
}
