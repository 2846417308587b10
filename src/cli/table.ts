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

/** No column is made narrower than this for a terminal's sake. */
const NARROWEST = 12;

/**
 * Rows under a head. `widths` are columns in characters; without them each column is as wide as its text. Where a terminal reads, the
 * widest columns give way until the whole fits into `room`.
 */
export function tableOf(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  widths?: readonly number[],
  room: number = process.stdout.columns ?? Number.POSITIVE_INFINITY,
): string {
  const titles = head.map(title => title.toUpperCase());
  const wanted = widths ?? titles.map((title, i) => widthOf([title, ...rows.map(row => row[i] ?? '')]));
  const columns = fitted(wanted, room);
  const wraps = widths !== undefined || columns !== wanted;
  const pieces = Array.from({ length: Math.max(1, Math.ceil(rows.length / PIECE)) }, (_, i) =>
    laidOut(i === 0 ? titles : [], rows.slice(i * PIECE, (i + 1) * PIECE), columns, wraps),
  );
  return pieces.join('\n');
}

function fitted(wanted: readonly number[], room: number): readonly number[] {
  const within = (most: number) => wanted.map(width => Math.min(width, most));
  const sum = (widths: readonly number[]) => widths.reduce((all, width) => all + width, 0);
  if (sum(wanted) <= room) return wanted;
  let most = Math.max(...wanted);
  while (most > NARROWEST && sum(within(most)) > room) most -= 1;
  return within(most);
}

function laidOut(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
  wraps: boolean,
): string {
  const table = new Table({
    head: [...titles],
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': BETWEEN },
    colWidths: [...widths],
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
