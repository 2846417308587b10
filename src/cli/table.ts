/** Tables for people: one look for every command, without ruled lines between the rows. Knows no command. */

import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};

/** Rows that are laid out at a time: the library's time grows with the square of them. */
const PIECE = 200;
const BETWEEN = 2;

/** Rows under a head. `widths` are columns in characters; without them each column is as wide as its text. */
export function tableOf(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  widths?: readonly number[],
): string {
  const titles = head.map(title => title.toUpperCase());
  if (rows.length <= PIECE) return laidOut(titles, rows, widths, widths !== undefined);
  const columns = widths ?? titles.map((title, i) => widthOf([title, ...rows.map(row => row[i] ?? '')]));
  const pieces = Array.from({ length: Math.ceil(rows.length / PIECE) }, (_, i) =>
    laidOut(i === 0 ? titles : [], rows.slice(i * PIECE, (i + 1) * PIECE), columns, widths !== undefined),
  );
  return pieces.join('\n');
}

function laidOut(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly number[] | undefined,
  wraps: boolean,
): string {
  const table = new Table({
    head: [...titles],
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': BETWEEN },
    ...(widths && { colWidths: [...widths] }),
    ...(wraps && { wordWrap: true, wrapOnWordBoundary: true }),
  });
  for (const row of rows) table.push([...row]);
  return table.toString().replace(/ +$/gm, '');
}

/** Columns that the longest line of the texts takes, with what stands between. Letters that may be wide count as wide. */
function widthOf(texts: readonly string[]): number {
  let most = 0;
  for (const text of texts)
    for (const line of stripVTControlCharacters(text).split('\n')) {
      let width = 0;
      for (const character of line) width += character.codePointAt(0)! < 0x1100 ? 1 : 2;
      most = Math.max(most, width);
    }
  return most + BETWEEN;
}
