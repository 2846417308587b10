/** The tree that is made without the parser is the parser's own. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bashParser } from '../../src/shell/parser.js';
import { plainTree } from '../../src/shell/tree.js';
import { corpus } from '../support/plain-cases.js';

await bashParser.load();
const { parse } = bashParser.get();

/** Fields that the parser works out when they are asked for. */
const ASKED = ['value', 'parts', 'args', 'redirects'] as const;

/** As plain objects, without fields that hold nothing. */
function plain(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(plain);
  if (typeof node !== 'object' || node === null) return node;
  const keys = [...Object.keys(node), ...ASKED.filter(key => key in node)];
  return Object.fromEntries(
    keys.map(key => [key, plain(Reflect.get(node, key))]).filter(([, value]) => value !== undefined),
  );
}

/** Was a tree made without the parser? Then it is the parser's. */
function agrees(text: string): boolean {
  const tree = plainTree(text);
  if (tree === undefined) return false;
  expect(plain(tree), text).toEqual(plain(parse(text)));
  return true;
}

test.each([
  'cd x && npm test 2>&1 | tail -5',
  `git commit -m "a b" --author='c' -x="d e"f'g'; git push`,
  'a;\nb;\n\nc',
  'a && b || c | d &&\n  e',
  'a > f 2>> g >/dev/null 1>&2 b',
  "echo '' \"\" 'it is'",
])('%j', text => {
  expect(agrees(text)).toBe(true);
});

test.each([
  'a &',
  'a |& b',
  'a &&& b',
  'a &&',
  'a |',
  ';',
  'a;;b',
  'a $b',
  'a `b`',
  'a *',
  'a {b,c}',
  'a ~',
  'a "$b"',
  'a "b',
  'a \\b',
  'a # b',
  'if a',
  'time a',
  'export A=1',
  'A=1 b',
  'a <b',
  'a >| b',
  'a &> b',
  'a >& b',
  'a b2>c',
  'a 12>c',
  '>a',
  '"a" b',
  '! a',
  '(a)',
  'a\tb',
  'a \r',
])('%j is the parser’s', text => {
  expect(plainTree(text)).toBeUndefined();
});

test('of whatever is made of such pieces', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...'abz09_./:=,@%+-~',
      '&&',
      '||',
      '|',
      '&',
      ';',
      '\n',
      '>',
      '>>',
      '>&',
      '2>',
      '2>&1',
      '<',
      '#',
      '!',
    ),
    fc.constantFrom(
      "'",
      '"',
      "'a b'",
      '"c d"',
      '""',
      '$',
      '`',
      '\\',
      '*',
      '{',
      '}',
      '(',
      ')',
      '[',
      '\t',
      '\r',
      '\0',
      'é',
    ),
    fc.constantFrom(
      'cd ',
      'ls ',
      'git ',
      'if ',
      'then ',
      'time ',
      'export ',
      'local ',
      'eval ',
      'set ',
      'exec ',
      'let ',
      'in ',
      'do ',
    ),
    fc.constantFrom(
      ' ',
      ' ',
      ' ',
      'word',
      'A=1',
      '/dev/null',
      '1',
      '2',
      '[[ ',
      'coproc ',
      'function ',
      'select ',
    ),
  );
  const text = fc.array(piece, { minLength: 1, maxLength: 14 }).map(pieces => pieces.join(''));
  const joined = fc.array(piece, { minLength: 1, maxLength: 14 }).map(pieces => pieces.join(' '));
  let made = 0;
  fc.assert(
    fc.property(fc.oneof(text, joined), script => {
      if (agrees(script)) made += 1;
    }),
    { numRuns: 40_000 },
  );
  expect(made).toBeGreaterThan(1_000);
});

test('of what agents type all day, of which it makes a third or more', () => {
  const scripts = corpus('everyday.txt');
  const made = scripts.filter(agrees);
  expect(made.length).toBeGreaterThan(scripts.length / 3);
});
