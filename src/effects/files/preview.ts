/**
 * What would be lost, for the human who is asked: how many files, how large, how much of it git does not have.
 * Counts at most 2,000 entries and then says so; writes nothing.
 */

import type { Invocation } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import { quote, visible } from '../../text.js';
import type { Effect } from '../effect.js';
import { gitStates } from './git.js';

const MOST_ENTRIES = 2_000;
const MOST_NAMES = 5;
const MOST_MS = 250;

interface Sum {
  files: number;
  bytes: number;
  complete: boolean;
  readonly largest: { path: string; size: number }[];
}

/** Sentences on the path that an effect names; none where it is not a path that exists. */
export function preview(effect: Effect, _invocation: Invocation, world: World): readonly string[] {
  if (effect.host !== '' || !effect.target.startsWith('/')) return [];
  const facts = world.stat(effect.target);
  const name = quote([visible(effect.target)]);
  if (facts.kind === 'missing') return [`${name} does not exist now.`];
  if (facts.kind === 'denied') return [`${name} cannot be read.`];
  const git = gitSentence(effect.target, world);
  if (facts.kind !== 'directory') return [`${name}: ${sizeOf(facts.size)}.`, git];
  const sum = count(effect.target, world);
  const most = sum.complete ? '' : 'at least ';
  const sentences = [
    `${name}: ${most}${sum.files} ${sum.files === 1 ? 'file' : 'files'}, ${most}${sizeOf(sum.bytes)}.`,
  ];
  const largest = sum.largest.filter(file => file.size > 0);
  if (largest.length > 0) {
    const names = largest.map(
      file =>
        `${quote([visible(file.path.slice(effect.target.length).replace(/^\//, ''))])} (${sizeOf(file.size)})`,
    );
    sentences.push(`Largest: ${names.join(', ')}.`);
  }
  return [...sentences, git];
}

function gitSentence(path: string, world: World): string {
  const [state] = gitStates([path], world);
  if (state === 'kept') return 'git has all of it.';
  if (state === 'changed') return 'It has changes that git does not have.';
  return 'git does not have all of it.';
}

function count(top: string, world: World): Sum {
  const sum: Sum = { files: 0, bytes: 0, complete: true, largest: [] };
  const waiting = [top];
  const start = world.spent?.() ?? 0;
  let seen = 0;
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const name of world.list(folder)) {
      if (seen >= MOST_ENTRIES || (seen % 64 === 63 && isLate(world, start)))
        return { ...sum, complete: false };
      seen += 1;
      const path = folder === '/' ? `/${name}` : `${folder}/${name}`;
      const facts = world.stat(path);
      if (facts.kind === 'directory') waiting.push(path);
      else add(sum, path, facts.size);
    }
  }
  return sum;
}

/** Half of the time that all previews have. */
function isLate(world: World, start: number): boolean {
  return (world.spent?.() ?? 0) - start > MOST_MS;
}

function add(sum: Sum, path: string, size: number): void {
  sum.files += 1;
  sum.bytes += size;
  sum.largest.push({ path, size });
  sum.largest.sort((a, b) => b.size - a.size);
  sum.largest.length = Math.min(sum.largest.length, MOST_NAMES);
}

/** `1.5 MB`: powers of 1000, as disks are sold and `ls --si` prints them. */
function sizeOf(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
