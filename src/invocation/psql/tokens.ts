/** The tokens of psql's scanner (psqlscan.l), as sticky patterns. An unterminated quote runs to the end. */

export const BLANK_OR_OPERATOR = /[\s,.<>=+*!@#%^&|~?`[\]{}]+/y;
export const IDENTIFIER = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y;
export const NUMBER = /[0-9]+/y;
export const ESCAPE_STRING = /[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)/y;
export const PLAIN_STRING = /(?:[bBxXnN]|[uU]&)?'[^']*(?:'|$)/y;
export const BACKSLASH_STRING = /[nN]?'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)/y;
export const QUOTED_IDENTIFIER = /(?:[uU]&)?"[^"]*(?:"|$)/y;
export const DOLLAR_QUOTE = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
export const VARIABLE =
  /:(?:'([A-Za-z0-9_\u0080-\uffff]+)'|"([A-Za-z0-9_\u0080-\uffff]+)"|\{\?([A-Za-z0-9_\u0080-\uffff]+)\}|([A-Za-z0-9_\u0080-\uffff]+))/y;
export const COMMAND_NAME = /[^\s\\]*/y;

/** Would a statement of these words, `;` for `\;`, read rows from the lines that follow (`COPY … FROM stdin`)? */
export function readsData(words: readonly string[]): boolean {
  return words.some(
    (word, at) =>
      word === 'from' &&
      (words[at + 1] === 'stdin' || words[at + 1] === 'stdout') &&
      words.slice(words.lastIndexOf(';', at) + 1, at).at(0) === 'copy',
  );
}

/** Does the statement begin `CREATE [OR REPLACE] FUNCTION|PROCEDURE`? */
export function isFunction(identifiers: readonly string[]): boolean {
  const [first, second, third, fourth] = identifiers;
  if (first !== 'create') return false;
  const kind = second === 'or' && third === 'replace' ? fourth : second;
  return kind === 'function' || kind === 'procedure';
}
