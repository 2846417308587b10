/**
 * Programs whose operands are a command of their own (`nice rm x`): how such a grammar is put together. May not judge.
 */

import type { World } from '../port.js';
import type { Word } from '../shell/command.js';
import { type Grammar, type Inner, type OptionTable, styles } from './grammar.js';
import type { Invocation } from './invocation.js';

/** What distinguishes one prefix runner from the next. */
export interface Prefix {
  readonly tool: string;
  readonly names?: readonly string[];
  readonly source: string;
  /** False where scripts call it all the time; what it runs by name has a shim of its own. */
  readonly shim?: false;
  readonly options?: OptionTable;
  /** Operands before the command: 1 for `timeout DURATION CMD`. */
  readonly skip?: number;
  /** Options (canonical names) with which no command is run: `--pid`, `--help`. */
  readonly without?: readonly string[];
  /** Environment, directory and the like that the inner command gets. */
  readonly around?: (invocation: Invocation, world: World) => Partial<Inner>;
}

/** A grammar for a program that does nothing but run the command in its operands. */
export function prefixRunner(prefix: Prefix): Grammar {
  const { tool, source, skip = 0, without = [] } = prefix;
  return {
    tool,
    ...(prefix.names && { names: prefix.names }),
    source,
    ...(prefix.shim === false && { shim: false as const }),
    style: styles.prefix,
    options: prefix.options ?? '',
    transparent: true,
    unwrap(invocation, world) {
      const words = invocation.operands.slice(skip);
      const asksOnly = invocation.options.some(use => without.includes(use.name));
      if (words.length === 0 || asksOnly) return { inner: [] };
      return { inner: [{ via: tool, words, ...prefix.around?.(invocation, world) }] };
    },
  };
}

/** `NAME=value` words, as `env` and `sudo` take them before the command. */
export function leadingAssignments(words: readonly Word[]): {
  readonly assignments: readonly { readonly name: string; readonly value: Word }[];
  readonly rest: readonly Word[];
} {
  const end = words.findIndex(word => !isAssignment(word));
  const count = end < 0 ? words.length : end;
  const assignments = words.slice(0, count).map(word => {
    const at = word.text.indexOf('=');
    const value: Word = { text: word.text.slice(at + 1), certain: word.certain };
    return { name: word.text.slice(0, at), value };
  });
  return { assignments, rest: words.slice(count) };
}

function isAssignment(word: Word): boolean {
  return word.text.indexOf('=') > 0;
}
