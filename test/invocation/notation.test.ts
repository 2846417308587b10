import { expect, test } from 'vitest';
import type { CommandGrammar } from '../../src/invocation/grammar.js';
import { grammars } from '../../src/invocation/grammars/index.js';
import { optionsOf, rowOf } from '../../src/invocation/notation.js';

test('a row read alone is the row of the whole table', () => {
  const tables = new Set(grammars.flatMap(tablesOf));
  let rows = 0;
  for (const table of tables) {
    // A space behind it is another table that says the same, of which nothing was read yet.
    let fresh = table;
    for (const [spelling, row] of optionsOf(table)) {
      fresh += ' ';
      expect(rowOf(fresh, spelling)).toEqual(row);
      rows += 1;
    }
    for (const spelling of ['-', '--', '--n', '-~'])
      expect(rowOf(`${fresh} `, spelling)).toEqual(optionsOf(table).get(spelling));
  }
  expect(rows).toBeGreaterThan(10_000);
});

function tablesOf({ options, subcommands = {} }: CommandGrammar): readonly string[] {
  return [...(options === undefined ? [] : [options]), ...Object.values(subcommands).flatMap(tablesOf)];
}
