/**
 * Files and trees that a command deletes or writes over. Where it only unlinks them, a second name keeps the bytes at
 * no cost; else they are copied. The command itself still sees everything where it was.
 */

import { isWithin } from '../paths.js';
import type { Match } from '../policy/rule.js';
import type { World } from '../port.js';
import { quote, visible } from '../text.js';
import { Capture, notSaved } from './capture.js';
import { readEntries, stepsOfEntries } from './give-back.js';
import { measureTree } from './measure.js';
import type { Item, Limits, Saved, Saver, Step } from './saver.js';

/** These unlink what they delete and never write into it. */
const UNLINKING: readonly string[] = ['rm', 'rmdir', 'unlink', 'rimraf', 'find'];
/** Far too large, no files, or guard's own: nothing that a copy could bring back. */
const BEYOND: readonly string[] = ['root', 'home', 'system', 'device', 'stream', 'guard', 'mount', 'unknown'];
const LOSING: readonly string[] = ['delete', 'discard', 'overwrite'];

export const files: Saver = {
  kind: 'files',
  plan,
  measure: (item, world, limits) => measureTree(item.place, world, limits),
  save,
  steps,
};

/** An item for a path, kept by a second name where the command only unlinks. */
export function fileItem(path: string, keep: 'link' | 'copy'): Item {
  return { kind: 'files', what: quote([visible(path)]), place: path, with: { keep: [keep] } };
}

function plan({ effect, invocation }: Match, _world: World): readonly Item[] {
  if (!effect?.resource.startsWith('file.') || !LOSING.includes(effect.action)) return [];
  if (effect.host !== '' || invocation.remote !== undefined || !effect.target.startsWith('/')) return [];
  if (BEYOND.includes(effect.resource.slice('file.'.length))) return [];
  const unlinks = effect.action === 'delete' && UNLINKING.includes(invocation.tool);
  return [fileItem(effect.target, unlinks ? 'link' : 'copy')];
}

function save(item: Item, directory: string, limits: Limits): Saved {
  const capture = new Capture(directory, limits);
  // A snapshot within what is to be deleted would go with it.
  if (isWithin(directory, item.place)) throw notSaved('guard keeps its snapshots inside it');
  capture.add(item.place, '', item.with['keep']?.includes('copy') ? 'copy' : 'link');
  return capture.finish();
}

function steps(item: Item, directory: string): readonly Step[] {
  return stepsOfEntries(item.place, directory, readEntries(directory));
}
