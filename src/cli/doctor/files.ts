/** Doctor: what guard wrote is as guard left it, and the policy is in nobody else's hands. */

import { chmodSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type Mismatch, mismatchesOf } from '../../integrity/check.js';
import { type ShimKit, shimTexts, writeShims } from '../../shims/install.js';
import { isToolName } from '../../shims/text.js';
import { writeFront } from '../hooks/front-file.js';
import type { Check, Line, Patient } from './check.js';

export const files: Check = {
  subject: "guard's own files",
  async look({ context, shimKit }: Patient): Promise<readonly Line[]> {
    const found = mismatchesOf(context.places);
    if (found.length === 0) return [{ state: 'ok', says: 'all are as guard left them' }];
    const kit = await shimKit();
    return found.map(one => ({
      state: 'fault',
      says: `${one.path} is not as guard left it: ${one.what}`,
      ...repairOf(one, kit),
    }));
  },
};

/** Only what guard alone writes is repaired without asking. */
function repairOf({ path, what }: Mismatch, kit: ShimKit): Pick<Line, 'next' | 'fix'> {
  const { places } = kit;
  const tool = basename(path);
  if (dirname(path) === places.shims && isToolName(tool))
    return {
      next: `Run: guard shim install ${tool}`,
      fix: () => void writeShims(kit, shimTexts(kit, [tool])),
    };
  if (path === places.hook)
    return {
      next: 'Run: guard hook install',
      fix: () => writeFront(path, path, kit),
    };
  if (what === "without guard's hook")
    return { next: 'Run: guard hook install, or guard hook remove if you took it out yourself' };
  if (what === 'writable by others')
    return { next: `Look at what is in it, then: chmod go-w ${path}`, ...closing(path, places) };
  if (what === "another user's") return { next: `If you wrote it: sudo chown $(id -un) ${path}` };
  return { next: 'Run: guard init' };
}

/** A policy that others could write may be theirs by now: to trust it is for a person to decide. */
function closing(path: string, { shims, data }: ShimKit['places']): Pick<Line, 'fix'> {
  return path === shims || path === data ? { fix: () => chmodSync(path, 0o700) } : {};
}
