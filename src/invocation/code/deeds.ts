/**
 * A program's text → what it would do. One door for all languages: loads a parser only where the text holds a word
 * that could matter, and follows `eval` into certain strings. Judges nothing.
 */

import type { Word } from '../../shell/command.js';
import { awkDeeds } from './awk.js';
import type { Scope } from './bench.js';
import { DATA_MATTERS, dataDeeds } from './data-library.js';
import type { Call, Deed, Language, Library } from './deed.js';
import { javascriptCalls } from './javascript.js';
import * as javascript from './javascript-library.js';
import { pouredBy } from './poured.js';
import { pythonCalls } from './python.js';
import * as python from './python-library.js';
import { scriptingCalls } from './scripting.js';
import * as scripting from './scripting-library.js';

/** Code inside code is followed so deep. */
const MAX_DEPTH = 5;

/** What was found; `unread` where the text could not be parsed though it holds words that matter. */
export interface Found {
  readonly deeds: readonly Deed[];
  readonly unread: boolean;
}

const NOTHING: Found = { deeds: [], unread: false };

/** All that a program would do, as far as its text shows. Throws nothing but `NotLoaded`. */
export function deedsOf(text: string, language: Language, scope: Scope, depth = 0): Found {
  if (depth > MAX_DEPTH) return { deeds: [], unread: true };
  if (language === 'awk') {
    const variables = new Map(
      Object.entries(scope.known).map(([name, { text: word }]) => [name, word ?? unknownWord] as const),
    );
    return { deeds: awkDeeds(text, variables), unread: false };
  }
  if (!canMatter[language].test(text) && !DATA_MATTERS.test(text)) return NOTHING;
  const calls = callsOf(text, language, scope);
  if (!calls) return { deeds: [], unread: true };
  const library = libraries[language];
  const found = calls.flatMap(call => [...lookUp(call, library), ...dataDeeds(call, calls)]);
  const deeds = onlyOpens(calls, language) ? found.map(emptied) : [...found, ...pouredBy(calls)];
  const inner = deeds.flatMap(deed =>
    deed.kind === 'code' ? [deedsOf(deed.text.text, language, scope, depth + 1)] : [],
  );
  return {
    deeds: [...deeds.filter(deed => deed.kind !== 'code'), ...inner.flatMap(found => found.deeds)],
    unread: inner.some(found => found.unread),
  };
}

/** `python -c "open('x', 'w')"`: what is opened for writing and never written is emptied. Perl's print is no call. */
function onlyOpens(calls: readonly Call[], language: Language): boolean {
  const isPlain = language === 'python' || language === 'php';
  return isPlain && calls.every(({ name }) => /(^|\.)(f?open|f?close)$/.test(name));
}

function emptied(deed: Deed): Deed {
  return deed.kind === 'write' ? { ...deed, how: 'empty' } : deed;
}

const unknownWord: Word = { text: '', certain: false };

const canMatter: Readonly<Record<Exclude<Language, 'awk'>, RegExp>> = {
  javascript: javascript.CAN_MATTER,
  python: python.CAN_MATTER,
  perl: scripting.CAN_MATTER,
  ruby: scripting.CAN_MATTER,
  php: scripting.CAN_MATTER,
};

const libraries: Readonly<Record<Exclude<Language, 'awk'>, Library>> = {
  javascript: javascript.library,
  python: python.library,
  ...scripting.scriptingLibrary,
};

/** The calls of a text, or `undefined` where it cannot be read: no such language, or nested too deep. */
function callsOf(
  text: string,
  language: Exclude<Language, 'awk'>,
  scope: Scope,
): readonly Call[] | undefined {
  try {
    if (language === 'javascript') return javascriptCalls(text, scope);
    if (language === 'python') return pythonCalls(text, scope);
    return scriptingCalls(text, language, scope);
  } catch (fault) {
    // The stack was used up: the text is nested deeper than any program.
    if (fault instanceof RangeError) return undefined;
    throw fault;
  }
}

/** What the library says of a call: by its full name, else by its method's. */
function lookUp(call: Call, library: Library): readonly Deed[] {
  const own = Object.hasOwn(library, call.name) ? library[call.name] : undefined;
  if (own) return own(call);
  if (!call.name.includes('.')) return [];
  const method = `*.${call.name.slice(call.name.lastIndexOf('.') + 1)}`;
  return (Object.hasOwn(library, method) ? library[method]?.(call) : undefined) ?? [];
}
