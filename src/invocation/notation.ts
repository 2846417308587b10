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
    const row = readLine(line);
    if (row) for (const spelling of row.spellings) bySpelling.set(spelling, row);
  }
  tables.set(table, bySpelling);
  return bySpelling;
}

/** How often single rows of a table were asked for. */
const asked = new Map<OptionTable, number>();
/** From then on the whole table is read. */
const OFTEN = 8;

/** The row of one spelling, read alone: a command uses few rows of a table, and a start of the judge reads each anew. */
export function rowOf(table: OptionTable, spelling: string): OptionRow | undefined {
  const times = (asked.get(table) ?? 0) + 1;
  asked.set(table, times);
  if (times > OFTEN || tables.has(table)) return optionsOf(table).get(spelling);
  const written = table.includes('[no-]') ? [spelling, spelling.replace(/^--/, '--[no-]')] : [spelling];
  const rows = written
    .flatMap(text => rowsWith(table, text))
    .filter(({ row }) => row.spellings.includes(spelling));
  // As in the whole table, the last of several rows counts.
  return rows.sort((one, other) => one.at - other.at).at(-1)?.row;
}

/** The rows that hold a text as a whole word, and where. */
function rowsWith(
  table: OptionTable,
  text: string,
): readonly { readonly at: number; readonly row: OptionRow }[] {
  const rows = [];
  for (let at = table.indexOf(text); at >= 0; at = table.indexOf(text, at + 1)) {
    const before = table[at - 1] ?? '\n';
    const behind = table[at + text.length] ?? '\n';
    if (!' ,\n'.includes(before) || !' ,=[\n'.includes(behind)) continue;
    const end = table.indexOf('\n', at);
    const row = readLine(table.slice(table.lastIndexOf('\n', at) + 1, end < 0 ? table.length : end));
    if (row) rows.push({ at, row });
  }
  return rows;
}

function readLine(line: string): OptionRow | undefined {
  const text = (line.includes('#') ? line.replace(/(^|\s)#.*$/, '') : line).trim();
  return text === '' ? undefined : readRow(text);
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
