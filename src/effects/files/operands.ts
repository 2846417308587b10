/** Operands with their places in argv, and what is known of those that cannot be seen. Judges nothing. */

import type { Invocation } from '../../invocation/invocation.js';
import type { Word } from '../../shell/command.js';
import { type Effect, effect } from '../effect.js';
import type { Operand } from './remove.js';

/** Words of an invocation with their indexes in its argv. */
export function placed(words: readonly Word[], invocation: Invocation): readonly Operand[] {
  return words.map(word => ({ word, at: invocation.argv.indexOf(word) }));
}

/** The tool only prints its help or version. */
export function onlyTells(invocation: Invocation): boolean {
  return invocation.options.some(use => use.name === '--help' || use.name === '--version');
}

/** Are there operands that come from elsewhere? An unquoted `$x` opens a command too, and is judged as the word it is. */
export function hasUnseen(invocation: Invocation): boolean {
  return invocation.openEnded && !invocation.argv.some(word => word.splits);
}

/** Stands for operands that guard cannot see. */
export function unseen(isTree: boolean): Effect {
  const note = isTree
    ? 'removes trees that are not named on the command line'
    : 'removes files that are not named on the command line';
  return effect('unknown', 'file.path', '', { extent: 'unknown', note });
}
