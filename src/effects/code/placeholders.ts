/** SQL as libraries take it, with places for values (`?`, `%s`, `:id`) → SQL that a parser reads. Decides nothing. */

import type { Word } from '../../shell/command.js';

/** The statement with every placeholder outside quotes as a value. */
export function withoutPlaceholders(sql: Word): Word {
  if (!sql.certain) return sql;
  const text = sql.text.replace(
    /('(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\/|::\w+)|%s|%\(\w+\)s|\?|(?<![:\w]):[a-z_]\w*/gi,
    (whole: string, kept: string | undefined) => (kept === undefined ? "'?'" : whole),
  );
  return { text, certain: true };
}
