/** A verdict → what guard would save before it runs, and what it says about that to the person who is asked. */

import type { Invocation } from '../invocation/invocation.js';
import { isWithin } from '../paths.js';
import { type Match, type Safety, strictestOf, type Verdict } from '../policy/rule.js';
import type { World } from '../port.js';
import { sizeText, visible } from '../text.js';
import { savers } from './index.js';
import type { Item, Limits, Measure, Planned } from './saver.js';

const KEEP_MS = 7 * 24 * 60 * 60_000;
const SIZE = 2e9;
const CAP = 200e6;
const MOST_ENTRIES = 100_000;
const MOST_MS = 10_000;
const MAX_NAMED = 3;

/** How long and how much snapshots are kept, and the bounds of one. */
export interface Retention {
  readonly keep: number;
  readonly size: number;
  readonly one: Limits;
}

export interface Plan {
  readonly items: readonly Planned[];
  /** Sentences for the question. */
  readonly lines: readonly string[];
  /** True where all that the verdict would take is in `items`. */
  readonly whole: boolean;
}

/** How long and how much is kept, as policy says or by default. */
export function retentionOf(safety: Safety | undefined): Retention {
  const { keep = KEEP_MS, size = SIZE, cap = CAP } = safety?.undo ?? {};
  return { keep, size, one: { cap, entries: MOST_ENTRIES, milliseconds: MOST_MS } };
}

/** Reads, bounded; saves nothing yet. Throws `NotLoaded` like the core does. */
export function planOf(verdict: Verdict, world: World, limits: Limits, safety?: Safety): Plan {
  const found = strictestOf(verdict).map(match => ({
    match,
    items: savers.flatMap(one => one.plan(match, world, safety)),
  }));
  const uncovered = found.filter(({ items }) => items.length === 0).map(({ match }) => match);
  const items = merged(found.flatMap(one => one.items));
  const over = items.flatMap(item => {
    const much = savers.find(one => one.kind === item.kind)?.measure?.(item, world, limits);
    return much && (much.bytes > limits.cap || much.entries > limits.entries) ? [{ item, much }] : [];
  });
  const kept = items.filter(item => !over.some(one => one.item === item));
  return {
    items: kept,
    lines: [...over.map(one => tooMuch(one.item, one.much, limits)), ...sentences(kept, uncovered)],
    whole: uncovered.length === 0 && over.length === 0 && kept.length > 0,
  };
}

/** The same thing once; a path within another that is saved anyway goes with it. */
function merged(items: readonly Planned[]): readonly Planned[] {
  const byPlace = new Map<string, Planned[]>();
  for (const item of items) {
    const key = `${item.kind} ${item.place}`;
    const known = byPlace.get(key);
    if (known) known.push(item);
    else byPlace.set(key, [item]);
  }
  const all = [...byPlace.values()].map(own => {
    const item: Planned = { ...own.at(-1)!, with: union(own.map(one => one.with)) };
    const what = savers.find(one => one.kind === item.kind)?.name?.(item);
    return what === undefined ? item : { ...item, what };
  });
  const isInside = (item: Item, other: Item) =>
    item !== other && item.kind === 'files' && other.kind === 'files' && isWithin(item.place, other.place);
  return all.filter(item => !all.some(other => isInside(item, other)));
}

/** Every value of all of them, each once. */
function union(lists: readonly Item['with'][]): Item['with'] {
  const values = new Map<string, Set<string>>();
  for (const list of lists) {
    for (const [name, own] of Object.entries(list)) {
      const known = values.get(name) ?? new Set();
      values.set(name, known);
      for (const value of own) known.add(value);
    }
  }
  return Object.fromEntries([...values].map(([name, own]) => [name, [...own]]));
}

function sentences(items: readonly Item[], uncovered: readonly Match[]): readonly string[] {
  const saved =
    items.length === 0
      ? []
      : [`guard saves ${listed(items.map(item => item.what))} first; see \`guard undo\`.`];
  if (uncovered.length === 0) return saved;
  if (saved.length === 0) return ['guard cannot undo this.'];
  const names = [...new Set(uncovered.map(nameOf))];
  return [...saved, `guard cannot undo what it does to ${listed(names)}.`];
}

function nameOf({ effect, invocation }: Match): string {
  return visible(effect?.target || effect?.resource || commandName(invocation));
}

function commandName({ tool, subcommand }: Invocation): string {
  return [tool, ...subcommand].join(' ');
}

function tooMuch(item: Item, { bytes, entries, complete }: Measure, limits: Limits): string {
  const least = complete ? '' : 'at least ';
  const much = bytes > limits.cap ? sizeText(bytes) : `${entries} files`;
  const most = bytes > limits.cap ? sizeText(limits.cap) : `${limits.entries} files`;
  return `guard does not save ${item.what}: it is ${least}${much}, and one snapshot may be ${most}. What is lost of it is lost.`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMED);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
