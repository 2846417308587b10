/**
 * Giving saved files back: each is compared with what stands there now, and what is newer is never written over without
 * a person's yes. Written beside and renamed, so that a crash leaves the old or the new file. Asks nobody.
 */

import {
  chmodSync,
  copyFileSync,
  lutimesSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { sizeText } from '../text.js';
import { below, bytesOf, pathOf, shownPath } from './bytes.js';
import { DATA, ENTRIES, type Entry, lstat } from './capture.js';
import { readContents } from './contents.js';
import type { Step } from './saver.js';

/** The entries of an item's directory. Throws `GuardError('broken-snapshot')`. */
export function readEntries(directory: string): readonly Entry[] {
  return readContents(directory, ENTRIES);
}

/** What of the entries is not as it was. `isKept` says that what stands at a path now is safe elsewhere (git has it). */
export function stepsOfEntries(
  root: string,
  directory: string,
  entries: readonly Entry[],
  isKept: (path: string) => boolean = () => false,
): readonly Step[] {
  const top = bytesOf(root);
  const folders: Step[] = [];
  const closing: Step[] = [];
  const steps: Step[] = [];
  for (const entry of entries) {
    const path = below(top, entry.path);
    const state = stateOf(path, entry, directory);
    if (state === 'same') continue;
    const name = shownPath(path);
    if (state === 'damaged') {
      steps.push({
        text: `cannot give back ${name}`,
        differs: 'its saved bytes were changed since, so that they are not what was lost',
        apply: () => undefined,
      });
    } else if (entry.kind === 'directory') {
      if (state === 'missing') {
        folders.push({ text: `make folder ${name}`, apply: () => makeFolder(path, entry) });
        if ((entry.mode & 0o700) !== 0o700)
          closing.unshift({ text: `close folder ${name}`, apply: () => setMode(path, entry) });
      } else if (state === 'mode')
        folders.push({ text: `set the mode of ${name}`, apply: () => setMode(path, entry) });
      else steps.push(blocked(name));
    } else if (state === 'mode') {
      steps.push({ text: `set the mode of ${name}`, apply: () => setMode(path, entry) });
    } else {
      const size = entry.kind === 'file' ? ` (${sizeText(entry.size)})` : '';
      const newer = state === 'differs' && !isKept(entry.path);
      steps.push({
        text: `restore ${name}${size}`,
        ...(newer && { differs: `another one stands there (${nowText(path)})`, over: [path] }),
        apply: () => put(path, entry, directory),
      });
    }
  }
  return [...folders, ...steps, ...closing];
}

type State = 'missing' | 'same' | 'mode' | 'differs' | 'damaged';

function stateOf(path: string, entry: Entry, directory: string): State {
  if (entry.kind === 'file' && isDamaged(entry, directory)) return 'damaged';
  const now = lstat(path);
  if (!now) return 'missing';
  const mode = (now.mode & 0o7777) === entry.mode ? 'same' : 'mode';
  switch (entry.kind) {
    case 'directory':
      return now.isDirectory() ? mode : 'differs';
    case 'symlink': {
      if (!now.isSymbolicLink()) return 'differs';
      return readlinkSync(pathOf(path), { encoding: 'latin1' }) === entry.link ? 'same' : 'differs';
    }
    case 'file':
      if (!now.isFile()) return 'differs';
      // An empty file holds nothing that could be lost.
      if (now.size === 0 && entry.size > 0) return 'missing';
      if (now.size !== entry.size) return 'differs';
      return readFileSync(pathOf(path)).equals(readFileSync(dataOf(entry, directory))) ? mode : 'differs';
  }
}

/** A saved file whose size is not the recorded one, or a second name through which something wrote since. */
function isDamaged(entry: Entry, directory: string): boolean {
  const saved = statSync(dataOf(entry, directory), { throwIfNoEntry: false });
  if (saved?.size !== entry.size) return true;
  return entry.shared === true && saved.mtimeMs !== entry.mtime;
}

function dataOf(entry: Entry, directory: string): string {
  return join(directory, DATA, String(entry.data));
}

function put(path: string, entry: Entry, directory: string): void {
  mkdirSync(pathOf(dirname(path)), { recursive: true });
  const beside = pathOf(`${path}.guard-${process.pid}`);
  rmSync(beside, { force: true });
  if (entry.kind === 'symlink') {
    symlinkSync(pathOf(entry.link ?? ''), beside);
    lutimesSync(beside, entry.mtime / 1000, entry.mtime / 1000);
  } else {
    copyFileSync(dataOf(entry, directory), beside);
    chmodSync(beside, entry.mode);
    utimesSync(beside, entry.mtime / 1000, entry.mtime / 1000);
  }
  renameSync(beside, pathOf(path));
}

function makeFolder(path: string, entry: Entry): void {
  mkdirSync(pathOf(path), { recursive: true });
  // One without write permission would keep its own content from coming back.
  chmodSync(pathOf(path), entry.mode | 0o700);
}

function setMode(path: string, entry: Entry): void {
  chmodSync(pathOf(path), entry.mode);
}

function blocked(name: string): Step {
  return {
    text: `leave ${name}`,
    differs: 'it was a folder, and something else has its name now',
    apply: () => undefined,
  };
}

function nowText(path: string): string {
  const now = lstat(path);
  if (!now) return 'gone by now';
  // Swedes write `2026-11-28 11:26:02`; the time is this machine's own.
  return `${sizeText(now.size)}, written ${now.mtime.toLocaleString('sv-SE')}`;
}
