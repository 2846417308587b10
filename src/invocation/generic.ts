/**
 * The reading of a program that no grammar knows: words are options or operands by their dash alone, and whether
 * an option takes the next word stays open. Patterns of users' rules must match either way; may not judge.
 */

import type { Word } from '../shell/command.js';
import type { Reading } from './grammar.js';
import type { OptionUse } from './invocation.js';

/** Reads argv without a table: every dashed word is an option, its attached value kept. */
export function readGenerically(argv: readonly Word[]): Reading {
  const options: OptionUse[] = [];
  const operands: Word[] = [];
  let dashesAt: number | undefined;
  for (const [at, word] of argv.entries()) {
    if (at === 0) continue;
    if (dashesAt !== undefined || !word.text.startsWith('-') || word.text === '-') operands.push(word);
    else if (word.text === '--') dashesAt = operands.length;
    else options.push(readOption(word, at));
  }
  return {
    subcommand: [],
    options,
    operands,
    operandsBeforeDashes: dashesAt ?? operands.length,
    unknown: [],
  };
}

function readOption(word: Word, at: number): OptionUse {
  const equals = word.text.indexOf('=');
  if (equals < 0) return { name: word.text, negated: false, at };
  const value = { ...word, text: word.text.slice(equals + 1) };
  return { name: word.text.slice(0, equals), value, negated: false, at };
}
