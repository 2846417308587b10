/** Strings of Perl, Ruby, PHP and awk → literal text and what is put into it. Runs nothing. */

import { unescaped } from './python-string.js';

/** A piece of a string: literal text, or a variable or expression put into it. */
export type Piece = { readonly text: string } | { readonly code: string };

export type ScannedLanguage = 'perl' | 'ruby' | 'php' | 'awk';

/** The pieces of a string between double quotes. */
export function piecesOf(language: ScannedLanguage, body: string): readonly Piece[] {
  if (language === 'awk') return [{ text: unescaped(body) }];
  const inside =
    language === 'ruby'
      ? /#\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}/
      : /(?<!\\)(?:\{(\$[^{}]*)\}|\$\{(\w+)\}|([$@]\w+(?:::\w+)*(?:(?:->)?[[{][^\]}]*[\]}])*))/;
  const pieces: Piece[] = [];
  let rest = body;
  for (let found = inside.exec(rest); found; found = inside.exec(rest)) {
    if (found.index > 0) pieces.push({ text: unescaped(rest.slice(0, found.index)) });
    pieces.push({ code: found[1] ?? (found[2] === undefined ? found[3]! : `$${found[2]}`) });
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest !== '' || pieces.length === 0) pieces.push({ text: unescaped(rest) });
  return pieces;
}
