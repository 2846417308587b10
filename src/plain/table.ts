/** Reads the tables of what is plain (`PlainTable`) into trees of words. Knows no tool. */

import type { PlainTable } from '../invocation/grammar.js';

/** The words of a table up to one place, and what it says of the words after them. */
export interface Row {
  readonly next: ReadonlyMap<string, Row>;
  /** The command line may end here. */
  readonly ends: boolean;
  /** Any one word may follow that is no option, or is made of the characters in `only` alone: then what this says. */
  readonly any?: Row;
  readonly only?: string;
  /** Any words may follow, unless one of these is among them. */
  readonly unless?: readonly string[];
}

interface Growing {
  any?: Growing;
  only?: string;
  readonly next: Map<string, Growing>;
  ends: boolean;
  unless?: readonly string[];
}

const trees = new Map<PlainTable, Row>();

/** The tree of a table. Throws on a malformed row: tables are guard's own. */
export function readTable(table: PlainTable): Row {
  const known = trees.get(table);
  if (known) return known;
  const root: Growing = { next: new Map(), ends: false };
  for (const line of table.split('\n')) {
    const text = line.replace(/(^|\s)#.*$/, '').trim();
    if (text !== '') addRow(root, text);
  }
  trees.set(table, root);
  return root;
}

function addRow(root: Growing, text: string): void {
  const [, alone, paths = '', unless] = /^(=)?([^:]+)(?::(.*))?$/.exec(text) ?? [];
  if (alone !== undefined && unless !== undefined) throw new Error(`malformed row: ${text}`);
  for (const path of listOf(paths)) {
    let at = root;
    for (const word of path === '*' ? [] : path.split(/\s+/)) {
      const [isAny, only] = /^\?(?:\[(.+)\])?$/.exec(word) ?? [];
      const known = isAny ? at.any : at.next.get(word);
      const next: Growing = known ?? { next: new Map(), ends: false };
      if (isAny && known && at.only !== only) throw new Error(`two kinds of any word: ${text}`);
      if (isAny) Object.assign(at, { any: next, only });
      else at.next.set(word, next);
      at = next;
    }
    at.ends = true;
    if (alone === undefined) at.unless = listOf(unless ?? '');
  }
}

function listOf(text: string): readonly string[] {
  return text
    .split(/,(?![^[]*\])/)
    .map(one => one.trim())
    .filter(one => one !== '');
}
