/** A table of many rows, which is laid out in pieces, looks like one of few. */

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
