/**
 * What an expression of a program stands for, as far as its text shows: a string, a list, a record, a name of the
 * library. Nothing is run, and what the text does not show stays open.
 */

import { certain, type SimpleCommand, uncertain, type Word } from '../../shell/command.js';
import { joinWords } from '../words.js';
import type { Call } from './deed.js';
import type { Definition } from './functions.js';

/** A value; every part that is missing is not known. */
export interface Value {
  /** What it is called in full: `os.remove`, `pathlib.Path()` for what that call gave. */
  readonly name?: string;
  /** A string, or what acts as one (a path object). */
  readonly text?: Word;
  readonly items?: readonly Value[];
  /** It is each of the items in turn, not their list. */
  readonly isOneOf?: boolean;
  readonly entries?: ReadonlyMap<string, Value>;
  readonly flag?: boolean;
  /** The arguments of the call that gave it. */
  readonly of?: readonly Value[];
  /** What a function without a name returns. */
  readonly gives?: Value;
  /** The function of the program's own that it is. */
  readonly definition?: Definition;
  /** The call that gave it. */
  readonly by?: Call;
  /** Calls that it came out of, for saying why it cannot be seen. */
  readonly from?: readonly string[];
}

export const UNKNOWN: Value = {};

/** One item of a list that nobody has seen. */
export const EACH: Value = { text: { text: '', certain: false, varies: true } };

/** The value of a string that is known. */
export function textValue(text: string): Value {
  return { text: certain(text) };
}

/** The word of a value; where it is no known text, a word of which nothing is known. */
export function wordOf(value: Value | undefined): Word {
  return value?.text ?? uncertain();
}

/** Unknown parts of one string that are kept apart; of more, the whole is unknown. */
const MAX_HOLES = 64;

/** Strings put together. */
export function concat(values: readonly Value[], separator = ''): Value {
  const from = values.flatMap(value => value.from ?? []).slice(0, 20);
  const words = values.map(wordOf);
  const holes = words.reduce((sum, word) => sum + (word.certain ? 0 : (word.holes?.length ?? 1)), 0);
  const text = holes > MAX_HOLES ? uncertain() : joinWords(words, separator);
  return { text, ...(from.length > 0 && { from }) };
}

/** Parts of a path; an absolute part starts anew, as every library's join does that agents use for deleting. */
export function joinPath(values: readonly Value[], restarts = true): Value {
  const words = values.map(wordOf);
  const start = restarts
    ? Math.max(
        0,
        words.findLastIndex(word => word.text.startsWith('/')),
      )
    : 0;
  const parts = words.slice(start).map((word, at, all) => {
    const isLast = at === all.length - 1;
    return isLast || !word.certain ? word : certain(word.text.replace(/\/+$/, '') || (at === 0 ? '' : '.'));
  });
  return { text: joinWords(parts, '/') };
}

/** The directory of a path; what is not known whole has none. */
export function directoryOf(path: Value | undefined): Value {
  if (!path?.text?.certain) return UNKNOWN;
  const { text } = path.text;
  const end = text.lastIndexOf('/');
  return textValue(end < 0 ? '.' : text.slice(0, end) || '/');
}

/** The words of a list of strings; `undefined` where it is no list. */
export function wordsOf(value: Value | undefined): readonly Word[] | undefined {
  return value?.items?.map(wordOf);
}

/** JSON as the libraries write it, uncertain where a part is unknown. */
export function jsonOf(value: Value | undefined): Word {
  const missing = { open: false };
  const text = JSON.stringify(plain(value ?? UNKNOWN, missing, 0));
  return missing.open ? uncertain(text) : certain(text);
}

function plain(value: Value, missing: { open: boolean }, depth: number): unknown {
  if (depth > 20) missing.open = true;
  else if (value.entries) {
    return Object.fromEntries([...value.entries].map(([key, one]) => [key, plain(one, missing, depth + 1)]));
  } else if (value.items) return value.items.map(one => plain(one, missing, depth + 1));
  else if (value.flag !== undefined) return value.flag;
  else if (value.text) {
    if (!value.text.certain) missing.open = true;
    return value.text.text;
  } else missing.open = true;
  return null;
}

/** A path that the system chose for a temporary file: known to be temporary, though not which. */
export function temporaryPath(): Value {
  const command: SimpleCommand = {
    words: [certain('mktemp')],
    assignments: [],
    exported: [],
    redirects: [],
    input: { from: 'inherited' },
    directory: uncertain(),
  };
  return { text: { text: '', certain: false, holes: [0], outputOf: [command] } };
}
