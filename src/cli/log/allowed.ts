/** `guard log allowed`: the commands that shims let pass as harmless, counted. Changes nothing. */

import { type AllowedCommand, readAllowed } from '../../audit/allowed.js';
import type { Context } from '../context.js';
import { tableOf } from '../table.js';
import { timeOf } from './list.js';

/** `since` in milliseconds since 1970: a command without a time is then left out. */
export interface AllowedOptions {
  readonly json?: true;
  readonly since?: number;
}

/** `guard log allowed`. */
export function showAllowed({ json, since }: AllowedOptions, { places, print }: Context): void {
  const commands = readAllowed(places.audit).filter(
    ({ time }) => since === undefined || (time !== undefined && Date.parse(time) >= since),
  );
  if (json) for (const command of commands) print(JSON.stringify(command));
  else if (commands.length > 0) print(tableOf(['command', 'times', 'last'], countsOf(commands)));
  else print('No harmless command is logged; see `audit` in docs/rules.md.');
}

/** By program and first word, the most frequent first. */
function countsOf(commands: readonly AllowedCommand[]): readonly string[][] {
  const counts = new Map<string, { count: number; last: string }>();
  for (const { program, word, time } of commands) {
    const name = word === undefined ? program : `${program} ${word}`;
    const { count, last } = counts.get(name) ?? { count: 0, last: '-' };
    counts.set(name, { count: count + 1, last: time === undefined ? last : timeOf(time) });
  }
  return [...counts]
    .toSorted(([, a], [, b]) => b.count - a.count)
    .map(([name, { count, last }]) => [name, String(count), last]);
}
