/** The options of a git command, git's own global ones left out. May not judge. */

import { ownUses } from '../../../invocation/grammars/git/command-line.js';
import type { Invocation } from '../../../invocation/invocation.js';
import type { Word } from '../../../shell/command.js';

/** Is any of the options on, where the last use wins? */
export function isSet(invocation: Invocation, ...names: readonly string[]): boolean {
  const last = ownUses(invocation).findLast(use => names.includes(use.name));
  return last !== undefined && !last.negated;
}

/** The last of several options that exclude one another. */
export function lastOf(invocation: Invocation, ...names: readonly string[]): string | undefined {
  return ownUses(invocation).findLast(use => names.includes(use.name) && !use.negated)?.name;
}

/** The last value given to an option. */
export function valueGiven(invocation: Invocation, ...names: readonly string[]): Word | undefined {
  return ownUses(invocation).findLast(use => names.includes(use.name) && use.value)?.value;
}

/** Where the words stand that name any of the options. */
export function wordsOf(invocation: Invocation, ...names: readonly string[]): readonly number[] {
  return ownUses(invocation)
    .filter(use => names.includes(use.name))
    .map(use => use.at);
}

/** Where operands stand in argv. */
export function placesOf(invocation: Invocation, operands: readonly Word[]): readonly number[] {
  return operands.flatMap(word => {
    const at = invocation.argv.lastIndexOf(word);
    return at < 0 ? [] : [at];
  });
}

/** Operands as a person would read them aloud. */
export function textOf(words: readonly Word[]): string {
  return words
    .map(word => word.text)
    .filter(text => text !== '')
    .join(' ');
}
