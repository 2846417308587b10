/**
 * A repository's state → a snapshot: its objects under second names, index and operation in progress, refs, and every
 * byte of the work tree that git does not have. Touches neither work tree nor index nor refs.
 */

import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedBy } from '../../effects/files/names.js';
import { below, bytesOf } from '../bytes.js';
import { Capture, lstat } from '../capture.js';
import type { Environment, Item, Limits, Saved } from '../saver.js';
import { saveObjects } from './objects.js';
import { Place } from './place.js';
import { refsAndStashesOf, writeRecord } from './record.js';
import { fetchReplaced } from './remote.js';

/** What of the git directory belongs to the state: the index and an operation in progress. */
const STATE = [
  'index',
  'HEAD',
  'ORIG_HEAD',
  'MERGE_HEAD',
  'MERGE_MSG',
  'MERGE_MODE',
  'MERGE_AUTOSTASH',
  'CHERRY_PICK_HEAD',
  'REVERT_HEAD',
  'REBASE_HEAD',
  'SQUASH_MSG',
  'rebase-merge',
  'rebase-apply',
  'sequencer',
];

export function saveGit(item: Item, directory: string, limits: Limits, env: Environment): Saved {
  const place = new Place(item, env);
  const objects = join(place.common, 'objects');
  const copied = saveObjects(objects, makeFolder(directory, 'objects'), limits);
  const state = new Capture(makeFolder(directory, 'state'), limits);
  for (const name of STATE) state.add(place.gitDirectory, name, 'copy');
  for (const name of sharedIndexes(place)) state.add(place.gitDirectory, name, 'copy');
  const logs = new Capture(makeFolder(directory, 'logs'), limits);
  logs.add(place.common, 'logs', 'copy');
  const tree = place.top === '' ? nothing() : saveTree(place, item, makeFolder(directory, 'work'), limits);
  const parts = [state.finish(), logs.finish(), tree.saved];
  const remote = fetchReplaced(item, place, join(directory, 'objects'), env);
  writeRecord(directory, {
    head: readFileSync(join(place.gitDirectory, 'HEAD'), 'utf8'),
    ...refsAndStashesOf(place),
    absent: tree.absent,
    filtered: tree.filtered,
    remote,
  });
  return {
    bytes: parts.reduce((sum, one) => sum + one.bytes, copied),
    entries: parts.reduce((sum, one) => sum + one.entries, 0),
    left: parts.flatMap(one => one.left),
  };
}

function saveTree(place: Place, item: Item, directory: string, limits: Limits) {
  const capture = new Capture(directory, limits);
  const changed = place.names(['diff-files', '--name-only', '-z', '--no-renames', '--ignore-submodules=all']);
  const listed = place.names(['ls-files', '-v', '-z', '--cached', '--others', '--exclude-standard']);
  // Lower case and `S`: git was told to look away from changes there.
  const hidden = listed.filter(entry => /^[a-zS]/.test(entry)).map(entry => entry.slice(2));
  const untracked = listed.filter(entry => entry.startsWith('?')).map(entry => entry.slice(2));
  const top = bytesOf(place.top);
  const absent = new Set(changed.filter(path => lstat(below(top, path)) === undefined));
  const copies = [...new Set([...changed, ...hidden])].filter(path => !absent.has(path));
  for (const path of copies) capture.add(place.top, path, 'copy');
  // Without a filter in the configuration the attribute does nothing.
  const filtered = place.hasFilters() ? place.names(['ls-files', '-z', '--', ':(top,attr:filter)']) : [];
  for (const path of untracked) addOwn(capture, place, path);
  if (item.with['ignored']) saveIgnored(place, capture);
  const saved = capture.finish();
  return { saved, absent: [...absent], filtered: filtered.filter(path => !copies.includes(path)) };
}

/** What is ignored and what tools do not make again: `.env`, not `node_modules`. */
function saveIgnored(place: Place, capture: Capture): void {
  const query = ['ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z'];
  const made: string[] = [];
  for (const path of place.names(query)) {
    const parts = path.split('/').filter(Boolean);
    if (generatedBy(parts) === 'yes' && path.endsWith('/')) made.push(path);
    else addOwn(capture, place, path);
  }
  for (const path of made) capture.leave(`${path} was not saved: its name says that a tool makes it again`);
}

/** `--directory` and repositories inside end in a slash; all that is in them is meant. */
function addOwn(capture: Capture, place: Place, path: string): void {
  capture.add(place.top, path.replace(/\/$/, ''), 'copy');
}

function sharedIndexes(place: Place): readonly string[] {
  return readdirSync(place.gitDirectory).filter(name => name.startsWith('sharedindex.'));
}

function makeFolder(directory: string, name: string): string {
  const path = join(directory, name);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}

function nothing() {
  const saved: Saved = { bytes: 0, entries: 0, left: [] };
  return { saved, absent: [], filtered: [] };
}
