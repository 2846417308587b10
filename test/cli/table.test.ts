/** Tables: one of many rows, which is laid out in pieces, looks like one of few; and none is wider than its terminal. */

import { expect, test } from 'vitest';
import { tableOf } from '../../src/cli/table.js';

const rows = Array.from({ length: 450 }, (_, i) => [
  `${i}`,
  'x'.repeat(i % 37),
  i % 50 === 0 ? '日本語\nsecond' : 'é',
  'end',
]);

test.each([[undefined], [[8, 10, 8, 8]]])('columns stand below one another, widths %j', widths => {
  const lines = tableOf(['number', 'of', 'text', 'last'], rows, widths).split('\n');
  expect(lines.filter(line => line.startsWith('NUMBER'))).toHaveLength(1);
  const wide = /日本語/;
  const places = lines
    .filter(line => !wide.test(line) && / end$/.test(line))
    .map(line => line.indexOf(' end'));
  expect(new Set([...places, lines[0]!.indexOf(' LAST')]).size).toBe(1);
  expect(places).toHaveLength(441);
});

test('six columns fit into sixty', () => {
  const widths = [7, 6, 10, 44, 44, 26];
  const cell = 'some words that a person reads';
  const lines = tableOf(['id', 'age', 'size', 'what', 'command', 'where'], [Array(6).fill(cell)], widths, 60);
  expect(Math.max(...lines.split('\n').map(line => line.length))).toBeLessThanOrEqual(60);
});

test.each([[40], [60], [79]])(
  'in a terminal of %i columns no line is wider, and no word of a cell is lost',
  room => {
    const cell = 'some words that a person reads from the beginning to the end';
    const lines = tableOf(['id', 'command', 'why'], [['7F3K', cell, cell]], [7, 60, 60], room).split('\n');
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(room);
    for (const word of cell.split(' '))
      expect(
        lines
          .join(' ')
          .split(' ')
          .filter(one => one === word).length,
      ).toBeGreaterThanOrEqual(2);
  },
);
