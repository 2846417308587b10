/**
 * A saved work tree and index against what stands there now → the steps back. What git has now in its present index and
 * HEAD may be written over, for git gives it back; anything else is newer work and waits for a person's yes.
 */

import { copyFileSync, existsSync, renameSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { inScratch } from '../../scratch.js';
import { counted } from '../../text.js';
import { below, bytesOf, pathOf, shownPath } from '../bytes.js';
import { lstat } from '../capture.js';
import { readEntries, stepsOfEntries } from '../give-back.js';
import type { Step } from '../saver.js';
import type { Place } from './place.js';
import type { GitRecord } from './record.js';

export function treeSteps(record: GitRecord, directory: string, place: Place): readonly Step[] {
  const saved = join(directory, 'state/data');
  const index = indexFile(directory);
  const copies = readEntries(join(directory, 'work'));
  const copied = new Set(copies.map(entry => entry.path));
  const now = new Present(place, index === undefined ? undefined : join(saved, index));
  if (index === undefined) return stepsOfEntries(place.top, join(directory, 'work'), copies, now.isKept);
  const wanted = pathsThatDiffer(place, join(saved, index)).filter(path => !copied.has(path));
  const filtered = new Set(record.filtered);
  const absent = new Set(record.absent);
  const steps: Step[] = [];
  const clean: string[] = [];
  for (const path of wanted) {
    const whole = below(bytesOf(place.top), path);
    const isThere = lstat(whole) !== undefined;
    if (absent.has(path)) continue;
    if (filtered.has(path)) steps.push(throughFilter(path));
    else if (!isThere || now.isKept(path)) clean.push(path);
    else steps.push(overNewer(path, whole, () => checkOut(place, join(saved, index), [path])));
  }
  if (clean.length > 0) {
    const names = clean.slice(0, 5).map(shownPath).join(', ');
    const more = clean.length > 5 ? ` and ${clean.length - 5} more` : '';
    const text = `restore ${counted(clean.length, 'tracked file')}: ${names}${more}`;
    steps.push({ text, apply: () => checkOut(place, join(saved, index), clean) });
  }
  const extra = now.tracked.filter(path => !copied.has(path) && (absent.has(path) || !now.wasTracked(path)));
  const left = extra.filter(path => now.isKept(path) && lstat(below(bytesOf(place.top), path)) !== undefined);
  return [
    ...indexStep(directory, place, now),
    ...left.map(path => removal(below(bytesOf(place.top), path))),
    ...steps,
    ...stepsOfEntries(place.top, join(directory, 'work'), copies, now.isKept),
  ];
}

/** What git could give back of the work tree as it is now. */
class Present {
  readonly tracked: readonly string[];
  /** Staged and neither in HEAD nor in the saved index: only the present index has it. */
  readonly staged: readonly string[];
  readonly #kept: ReadonlySet<string>;
  readonly #before: ReadonlyMap<string, string>;

  constructor(place: Place, saved: string | undefined) {
    const list = (more: Readonly<Record<string, string>>) =>
      entriesOf(place.names(['ls-files', '-s', '-z'], more));
    const entries = list({});
    this.#before = saved === undefined ? new Map() : withIndex(saved, list);
    this.tracked = [...entries.keys()];
    const apart = ['--name-only', '-z', '--no-renames', '--ignore-submodules=all'];
    const fresh = place.holds(['rev-parse', '--verify', '--quiet', 'HEAD'])
      ? place.names(['diff-index', '--cached', ...apart, 'HEAD'])
      : this.tracked;
    this.staged = fresh.filter(path => entries.get(path) !== this.#before.get(path));
    const changed = new Set([...pathsThatDiffer(place, join(place.gitDirectory, 'index')), ...this.staged]);
    this.#kept = new Set(this.tracked.filter(path => !changed.has(path)));
  }

  readonly isKept = (path: string): boolean => this.#kept.has(path);

  wasTracked(path: string): boolean {
    return this.#before.has(path);
  }
}

/** Each path with its mode, object and stage: `100644 1a2b… 0`. */
function entriesOf(lines: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    lines.map(line => {
      const tab = line.indexOf('\t');
      return [line.slice(tab + 1), line.slice(0, tab)] as const;
    }),
  );
}

/** The index comes back as the very file that was saved, `git add` by `git add`. */
function indexStep(directory: string, place: Place, now: Present): readonly Step[] {
  const index = indexFile(directory);
  if (index === undefined) return [];
  const file = join(directory, 'state/data', index);
  const listing = (more: Readonly<Record<string, string>>) => place.ask(['ls-files', '-s', '-z'], more);
  if (withIndex(file, listing) === listing({})) return [];
  const target = join(place.gitDirectory, 'index');
  return [
    {
      text: 'restore the index',
      ...(now.staged.length > 0 && {
        differs: `there are staged changes now: ${now.staged.slice(0, 5).map(shownPath).join(', ')}`,
        over: [bytesOf(target)],
      }),
      apply() {
        copyFileSync(file, `${target}.guard`);
        renameSync(`${target}.guard`, target);
      },
    },
  ];
}

/** The number under which the index was saved; `undefined` where there was none. */
function indexFile(directory: string): string | undefined {
  const entry = readEntries(join(directory, 'state')).find(one => one.path === 'index');
  return entry?.data === undefined ? undefined : String(entry.data);
}

/** Paths of an index whose files are not as it says. */
function pathsThatDiffer(place: Place, index: string): readonly string[] {
  if (!existsSync(index)) return [];
  return withIndex(index, temporary => {
    place.holds(['update-index', '-q', '--refresh', '--ignore-submodules'], temporary);
    return place.names(
      ['diff-files', '--name-only', '-z', '--no-renames', '--ignore-submodules=all'],
      temporary,
    );
  });
}

function withIndex<T>(file: string, use: (more: Readonly<Record<string, string>>) => T): T {
  return inScratch(scratch => {
    copyFileSync(file, join(scratch, 'index'));
    return use({ GIT_INDEX_FILE: join(scratch, 'index') });
  });
}

function checkOut(place: Place, index: string, paths: readonly string[]): void {
  withIndex(index, temporary => {
    place.ask(['checkout-index', '--force', '-z', '--stdin'], temporary, `${paths.join('\0')}\0`);
  });
}

function removal(whole: string): Step {
  return { text: `remove ${shownPath(whole)}, which was not there`, apply: () => unlinkSync(pathOf(whole)) };
}

function throughFilter(path: string): Step {
  return {
    text: `leave ${shownPath(path)}`,
    differs: `it passes through a filter of the repository, which guard does not run: git checkout -- ${shownPath(path)}`,
    apply: () => undefined,
  };
}

function overNewer(path: string, whole: string, apply: () => void): Step {
  return {
    text: `restore ${shownPath(path)}`,
    differs: `what stands there now is nowhere else`,
    over: [whole],
    apply,
  };
}
