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
    const text = line.replace(/(^|\s)#.*$/, '').trim();
    if (text === '') continue;
    const row = readRow(text);
    for (const spelling of row.spellings) bySpelling.set(spelling, row);
  }
  tables.set(table, bySpelling);
  return bySpelling;
}

function readRow(text: string): OptionRow {
  const match =
    /^((?:-{1,2}[^\s,[=<]*(?:\[no-\][^\s,[=<]+)?(?:,\s*)?)+)\s*(\[=?<([^>]*)>\]|=?<([^>]*)>)?$/.exec(text);
  if (!match) throw new Error(`malformed option row: ${text}`);
  const negatable = match[1]!.includes('[no-]');
  const spellings = match[1]!
    .replaceAll('[no-]', '')
    .split(',')
    .map(spelling => spelling.trim())
    .filter(spelling => spelling !== '');
  const optional = match[3];
  const required = match[4];
  return {
    name: spellings.find(spelling => spelling.startsWith('--')) ?? spellings[0]!,
    spellings,
    arity: optional !== undefined ? 'optional' : required !== undefined ? 'required' : 'none',
    negatable,
    value: optional ?? required ?? '',
  };
}
