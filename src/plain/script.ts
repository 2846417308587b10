/**
 * Scripts of nothing but simple commands whose every word is what it says: `ls -la && git status | head -5`. Takes apart
 * those alone, in one pass and without a parser; whatever else shells know is left to who reads scripts. Decides nothing.
 */

import { endOfWord } from '../shell/bare.js';

/** A name that can be no assignment, path or keyword of punctuation. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/;
const REDIRECTS = /^(?:[12]?>\/dev\/null|2>&1)$/;

/**
 * Calls `accepts` with the words of each command, the program first, and tells whether it took them all. False for every
 * script that may be anything else than commands one after another, in pipes, or behind `&&`, `||` and `;`.
 */
export function areSimple(script: string, accepts: (words: readonly string[]) => boolean): boolean {
  // Where bytes were no text, nothing is what it says.
  if (script.includes('\ufffd')) return false;
  let words: string[] = [];
  /** A command must follow: behind `&&`, `||` and `|`. */
  let isOpen = false;
  let at = 0;
  const ends = () => {
    if (words.length === 0 || !NAME.test(words[0]!) || !accepts(words)) return false;
    words = [];
    isOpen = false;
    return true;
  };
  while (at < script.length) {
    const character = script[at]!;
    const next = script[at + 1];
    if (character === ' ') at += 1;
    else if (character === '\n') {
      if (words.length > 0 && !ends()) return false;
      at += 1;
    } else if (character === ';') {
      if (!ends()) return false;
      at += 1;
    } else if (character === '|' || (character === '&' && next === '&')) {
      if (!ends()) return false;
      isOpen = true;
      at += next === character ? 2 : 1;
      // `|&` sends errors too, and `&&&` is nothing.
      if (script[at] === '&' || script[at] === '|') return false;
    } else {
      const end = endOfWord(script, at);
      if (end === undefined) return false;
      if (script[end] === '>' || character === '>') {
        const redirect = endOfRedirect(script, at);
        if (redirect === undefined || words.length === 0) return false;
        at = redirect;
      } else if (end === at) return false;
      else {
        const text = script.slice(at, end);
        // A program's name in quotes is what a person hides; nothing is lost by looking twice.
        words.push(words.length > 0 && /['"]/.test(text) ? unquoted(text) : text);
        at = end;
      }
    }
  }
  return words.length > 0 ? ends() : !isOpen;
}

/** Where a redirection ends that writes nothing anywhere: to /dev/null, or of errors to where the output goes. */
function endOfRedirect(script: string, from: number): number | undefined {
  let end = from;
  while (end < script.length && !' \n;|'.includes(script[end]!)) end += 1;
  if (script.slice(from, end) === '2>' || script.slice(from, end) === '>') {
    while (script[end] === ' ') end += 1;
    while (end < script.length && !' \n;|'.includes(script[end]!)) end += 1;
  }
  return REDIRECTS.test(script.slice(from, end).replaceAll(' ', '')) ? end : undefined;
}

function unquoted(text: string): string {
  return text.replace(
    /'([^']*)'|"([^"]*)"/g,
    (_, single?: string, double?: string) => single ?? double ?? '',
  );
}
