/** Words put together, as `eval`, `ssh` and pipes do, without losing what is unknown in them. May not judge. */

import { certain, type Doubt, type Word } from '../shell/command.js';
import { shellWord } from '../text.js';

/** What stands for an unknown part when a script with holes is read: a parameter that no script sets. */
export const UNKNOWN_NAME = 'GUARD_UNKNOWN_PART';
const UNKNOWN_PART = `\${${UNKNOWN_NAME}}`;

/** The words as one, `separator` between them; holes move along. */
export function joinWords(words: readonly Word[], separator: string): Word {
  if (words.length === 1) return words[0]!;
  const holes: number[] = [];
  let text = '';
  for (const [at, word] of words.entries()) {
    if (at > 0) text += separator;
    for (const hole of holesOf(word)) holes.push(text.length + hole);
    text += word.text;
  }
  if (words.every(word => word.certain)) return certain(text);
  const outputOf = words.flatMap(word => word.outputOf ?? []);
  return {
    text,
    certain: false,
    holes,
    ...(outputOf.length > 0 && { outputOf }),
    ...(words.some(word => word.varies) && { varies: true as const }),
  };
}

/** The word as a shell would need it typed, as far as it is known. */
export function quotedWord(word: Word): Word {
  return !word.certain || PLAIN.test(word.text) ? word : certain(shellWord(word.text));
}

const PLAIN = /^[\w@%+=:,./-]+$/;

/**
 * A script as it can be read: unknown parts replaced by a parameter that has no known value. The doubt says that
 * something was missing; where the places are not known, the word stays uncertain.
 */
export function readableScript(
  script: Word,
  via: string,
): { readonly script: Word; readonly doubts: readonly Doubt[] } {
  if (script.certain) return { script, doubts: [] };
  const doubts: readonly Doubt[] = [{ kind: 'word', why: `part of the script for ${via} is not known` }];
  const holes = holesOf(script);
  let text = '';
  let quote = '';
  let from = 0;
  for (const hole of [...holes].sort((a, b) => a - b)) {
    const piece = script.text.slice(from, hole);
    quote = quoteAfter(piece, quote);
    // `trap "rm -rf '$tmp'" EXIT`
    text += piece + (quote === "'" ? `'"${UNKNOWN_PART}"'` : UNKNOWN_PART);
    from = hole;
  }
  return { script: certain(text + script.text.slice(from)), doubts };
}

/** The kind of quotes that is open behind a piece of a script, where `before` was open in front of it. */
function quoteAfter(piece: string, before: string): string {
  let quote = before;
  for (let at = 0; at < piece.length; at += 1) {
    const one = piece[at]!;
    if (one === '\\' && quote !== "'") at += 1;
    else if (quote === '' && (one === "'" || one === '"')) quote = one;
    else if (one === quote) quote = '';
  }
  return quote;
}

/** The word with every occurrence of `part` unknown, as `xargs -I{}` leaves it. */
export function withUnknown(word: Word, part: string): Word {
  if (part === '' || !word.text.includes(part)) return word;
  const pieces = word.text.split(part);
  const holes: number[] = [];
  let text = pieces[0]!;
  for (const piece of pieces.slice(1)) {
    holes.push(text.length);
    text += piece;
  }
  return { text, certain: false, holes };
}

/** Where the unknown parts are; the end, where nobody said. */
function holesOf(word: Word): readonly number[] {
  if (word.certain) return [];
  return word.holes ?? [word.text.length];
}
