/** A string literal of Python → its text: prefixes, quotes and escapes. Runs nothing. */

import { textValue, type Value } from './value.js';

const LETTERS: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/** The value of a literal as written, its prefix and quotes included. */
export function stringValue(literal: string): Value {
  const [, prefix = '', quote = '"'] = /^([a-z]*)('''|"""|'|")/i.exec(literal) ?? [];
  const body = literal.slice(prefix.length + quote.length, literal.length - quote.length);
  return textValue(/r/i.test(prefix) ? body : unescaped(body));
}

/** The escapes of Python's strings, which are those of most languages' double quotes. */
export function unescaped(body: string): string {
  return body.replace(
    /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([0-7]{1,3})|([\s\S]))/gi,
    (whole, hex, short, long, octal, letter) => {
      if (letter !== undefined) return LETTERS[letter] ?? whole;
      const code =
        octal === undefined ? Number.parseInt(hex ?? short ?? long, 16) : Number.parseInt(octal, 8);
      return code > 0x10ffff ? whole : String.fromCodePoint(code);
    },
  );
}
