/** Which command git takes a typo for (git 2.39 help.c, help_unknown_cmd; levenshtein.c). May not judge. */

import { commandNames } from './commands.js';

/** What git charges for each way of mistyping, and how much makes it no longer the same word. */
const SUBSTITUTE = 2;
const ADD = 1;
const REMOVE = 3;
const TOO_FAR = 7;

/** The commands of `git help` (command-list.txt). Where the typo begins one of them, git only makes proposals. */
const COMMON =
  `add bisect branch clone commit diff fetch grep init log merge mv pull push rebase reset restore rm show status
  switch tag`.split(/\s+/);

/** The one command that git would run instead; `undefined` where it finds none, or several as near. */
export function nearestCommand(typed: string): string | undefined {
  if (COMMON.some(name => name.startsWith(typed))) return undefined;
  const costs = commandNames().map(name => ({ name, cost: distance(typed, name) + 1 }));
  const best = Math.min(...costs.map(one => one.cost));
  const near = costs.filter(one => one.cost === best);
  return near.length === 1 && best < TOO_FAR ? near[0]!.name : undefined;
}

/** Damerau and Levenshtein's, where two letters that changed places cost nothing. */
function distance(from: string, to: string): number {
  let older: readonly number[] = [];
  let before: readonly number[] = Array.from({ length: to.length + 1 }, (_, at) => at * ADD);
  for (let i = 0; i < from.length; i += 1) {
    const row = [(i + 1) * REMOVE];
    for (let j = 0; j < to.length; j += 1) {
      const same = from[i] === to[j] ? 0 : SUBSTITUTE;
      const isSwapped = i > 0 && j > 0 && from[i - 1] === to[j] && from[i] === to[j - 1] && same !== 0;
      row.push(
        Math.min(
          before[j]! + same,
          isSwapped ? older[j - 1]! : Number.POSITIVE_INFINITY,
          before[j + 1]! + REMOVE,
          row[j]! + ADD,
        ),
      );
    }
    older = before;
    before = row;
  }
  return before[to.length]!;
}
