/** Words of a command pattern × subcommands and operands of an invocation, of which some are not known. May not judge. */

import type { Word } from '../shell/command.js';
import type { Part } from './glob.js';
import type { CommandPattern } from './pattern.js';

/**
 * `possibly`: a word whose text is unknown may be what the pattern names, so that nothing dangerous slips through;
 * `certainly`: it is not taken to be, so that nothing dangerous is excused.
 */
export type Certainty = 'possibly' | 'certainly';

/** One subcommand or operand. */
export interface Place {
  readonly spellings: readonly string[];
  readonly certain: boolean;
  /** It may be the value of an option that the grammar does not know. */
  readonly skippable: boolean;
  /** It may become none or many words. */
  readonly splits: boolean;
}

/** Stands for what is left out of a word: no pattern names it. */
const HOLE = '\uFFFC';

/** A word's text with its holes: `linux-headers-$(uname -r)` does not end in a dash. */
export function shownText({ text, certain, holes = [text.length] }: Word): string {
  if (certain || text === '') return text;
  let shown = '';
  let at = 0;
  for (const hole of holes) {
    shown += `${text.slice(at, hole)}${HOLE}`;
    at = hole;
  }
  return shown + text.slice(at);
}

/**
 * Can the pattern's words be laid on these? Something beside the tool's name that is known, if only in part, has to stand for one of them:
 * `make "$goal"` is not taken for every goal that some rule names, nor `get-credentials $name` for `clusters delete`.
 * The value is seen when it runs.
 */
export function isLaid(
  { words: parts, options }: CommandPattern,
  words: readonly Place[],
  certainty: Certainty,
): boolean {
  const isSpokenFor = certainty === 'certainly' || options.length > 0 || parts.every(part => part === 'any');
  return (
    isPlainlyLaid(parts, words, certainty, isSpokenFor) ??
    (mayBeLaid(parts, words, certainty) && isAnyhowLaid(parts, words, certainty, isSpokenFor))
  );
}

/** Is there a word for each part, in order, whatever stands between? Nearly always not. */
function mayBeLaid(parts: readonly (Part | 'any')[], words: readonly Place[], certainty: Certainty): boolean {
  let at = 0;
  for (const part of parts) {
    if (part === 'any') continue;
    while (at < words.length && !stands(part, words[at]!, certainty)) at += 1;
    if (at === words.length) return false;
    if (!words[at]!.splits) at += 1;
  }
  return true;
}

/** Word by word where nothing can be passed over, as nearly always; `undefined` where something can. */
function isPlainlyLaid(
  parts: readonly (Part | 'any')[],
  words: readonly Place[],
  certainty: Certainty,
  isSpokenFor: boolean,
): boolean | undefined {
  let spoken = isSpokenFor;
  for (let i = 0; i < parts.length; i += 1) {
    const part = parts[i]!;
    const word = words[i];
    if (part === 'any' || word?.skippable || word?.splits) return undefined;
    if (word === undefined || !stands(part, word, certainty)) return false;
    spoken ||= speaks(part, word);
  }
  return spoken;
}

/**
 * All ways to lay the pattern on the words are followed at once, so the time is linear in both. Those in which a known
 * word has stood for a part are followed apart from the others.
 */
function isAnyhowLaid(
  parts: readonly (Part | 'any')[],
  words: readonly Place[],
  certainty: Certainty,
  isSpokenFor: boolean,
): boolean {
  let reached: Ways = { spoken: new Set(isSpokenFor ? [0] : []), unspoken: new Set(isSpokenFor ? [] : [0]) };
  for (const part of parts) {
    const next: Ways = { spoken: new Set(), unspoken: new Set() };
    for (const way of ['spoken', 'unspoken'] as const) {
      for (const from of reached[way]) layPart(part, words, certainty, from, way, next);
    }
    if (next.spoken.size + next.unspoken.size === 0) return false;
    reached = next;
  }
  return reached.spoken.size > 0;
}

/** How many words are behind each of the ways, by whether a known word has stood for a part. */
type Ways = Readonly<Record<'spoken' | 'unspoken', Set<number>>>;

function layPart(
  part: Part | 'any',
  words: readonly Place[],
  certainty: Certainty,
  from: number,
  way: keyof Ways,
  next: Ways,
): void {
  for (let at = from; at < words.length; at += 1) {
    const word = words[at]!;
    if (part === 'any') next[way].add(at);
    else if (stands(part, word, certainty)) {
      const ways = next[speaks(part, word) ? 'spoken' : way];
      ways.add(at + 1);
      if (word.splits) ways.add(at);
    }
    const passes = part === 'any' || word.skippable || (word.splits && certainty === 'possibly');
    if (!passes) break;
    if (part === 'any' && next[way].has(at + 1)) break;
  }
  if (part === 'any') next[way].add(words.length);
}

/** Does what is known of the word show that the part is meant? `delete-$KIND` is some `delete-*`. */
function speaks(part: Part, word: Place): boolean {
  return word.certain || (!part.matches(HOLE) && word.spellings.some(part.matches));
}

/** An unknown word behind an option of unknown arity is that option's value rather than a verb. */
export function stands({ matches, possibly }: Part, word: Place, certainty: Certainty): boolean {
  if (word.certain) return word.spellings.some(matches);
  return certainty === 'possibly' && !word.skippable && word.spellings.some(possibly);
}
