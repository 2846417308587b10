/** Reads option tables into lookup tables, once per command. Knows no tool; may not judge. */

import type { OptionTable } from './grammar.js';

/** What an option takes: nothing, a value, or a value only when attached (`--color=auto`). */
type Arity = 'none' | 'required' | 'optional';

export interface OptionRow {
  readonly name: string;
  readonly spellings: readonly string[];
  readonly arity: Arity;
  /** The row says `[no-]`. */
  readonly negatable: boolean;
  /** The placeholder, without its brackets: `file`, `secret`. */
  readonly value: string;
}

const tables = new Map<OptionTable, ReadonlyMap<string, OptionRow>>();

/** Every spelling of a table, with its dashes, to its row. Throws on a malformed row: tables are guard's own. */
export function optionsOf(table: OptionTable): ReadonlyMap<string, OptionRow> {
  const known = tables.get(table);
  if (known) return known;
  const bySpelling = new Map<string, OptionRow>();
  for (const line of table.split('\n')) {
    const text = (line.includes('#') ? line.replace(/(^|\s)#.*$/, '') : line).trim();
    if (text === '') continue;
    const row = readRow(text);
    for (const spelling of row.spellings) bySpelling.set(spelling, row);
  }
  tables.set(table, bySpelling);
  return bySpelling;
}

/** Without a regex over each row, of which a start of the judge may read hundreds. */
function readRow(text: string): OptionRow {
  const open = text.indexOf('<');
  const close = text.indexOf('>', open);
  let end = open < 0 ? text.length : open;
  if (open > 0 && text[end - 1] === '=') end -= 1;
  const isOptional = open > 0 && text[end - 1] === '[';
  if (isOptional) end -= 1;
  const names = text.slice(0, end);
  const negatable = names.includes('[no-]');
  const spellings = (negatable ? names.replaceAll('[no-]', '') : names)
    .split(',')
    .map(spelling => spelling.trim())
    .filter(spelling => spelling !== '');
  if (open >= 0 && close < 0) throw new Error(`malformed option row: ${text}`);
  for (const spelling of spellings)
    if (!spelling.startsWith('-') || spelling.includes(' ')) throw new Error(`malformed option row: ${text}`);
  return {
    name: spellings.find(spelling => spelling.startsWith('--')) ?? spellings[0]!,
    spellings,
    arity: open < 0 ? 'none' : isOptional ? 'optional' : 'required',
    negatable,
    value: open < 0 ? '' : text.slice(open + 1, close),
  };
}
