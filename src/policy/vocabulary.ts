/** The words that rules may use for effects, taken from the effects themselves, and the nearest word to a mistyped one. */

import { actions, extents } from '../effects/effect.js';
import { inspectors } from '../effects/inspectors/index.js';
import type { Doubt } from '../shell/command.js';
import { compileGlobs, isWild } from './glob.js';

const doubts: Readonly<Record<Doubt['kind'], true>> = {
  syntax: true,
  limit: true,
  word: true,
  construct: true,
  script: true,
  option: true,
  alias: true,
  input: true,
  endless: true,
  requests: true,
};

/** Every resource word that some effect carries, sorted. */
const resources: readonly string[] = [
  ...new Set([
    ...inspectors.flatMap(inspector => inspector.resources),
    ...Object.keys(doubts).map(kind => `shell.${kind}`),
  ]),
].sort();

const words = { action: actions, extent: extents, resource: resources } as const;

/** What is wrong with a glob for a key whose words are known; nothing where it may match. */
export function faultOfWord(
  key: keyof typeof words,
  glob: string,
): { message: string; hint: string } | undefined {
  const known: readonly string[] = words[key];
  if (known.some(compileGlobs(glob))) return undefined;
  const message = isWild(glob)
    ? `no ${key} matches ${JSON.stringify(glob)}`
    : `${JSON.stringify(glob)} is no ${key}`;
  const near = nearest(glob, known);
  return { message, hint: near === undefined ? `Use one of: ${known.join(', ')}.` : `Did you mean ${near}?` };
}

/** The word that differs least, where it is near enough to be meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  const ranked = known
    .map(candidate => ({ candidate, by: distance(word, candidate) }))
    .sort((a, b) => a.by - b.by);
  const best = ranked[0];
  return best && best.by <= limit ? best.candidate : undefined;
}

/** Levenshtein's distance: how many characters must be put in, taken out or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
