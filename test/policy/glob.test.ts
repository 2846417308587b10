import fc from 'fast-check';
import { braceExpand } from 'minimatch';
import { describe, expect, test } from 'vitest';
import { compileGlobs, escapeGlob, expandBraces } from '../../src/policy/glob.js';

const rows: [glob: string | string[], text: string, matches: boolean][] = [
  ['main', 'main', true],
  ['main', 'mainline', false],
  ['*Delete', 'volumeDelete', true],
  ['*Delete', 'volumeDeleteAll', false],
  ['*', '', true],
  ['**', 'a/b', true],
  ['/data/*', '/data/a/b/.c', true],
  ['/data/*', '/database', false],
  ['a*b*c', 'aXbYc', true],
  ['a*b*c', 'aXcYb', false],
  ['ab*ba', 'aba', false],
  ['a*aa', 'aaa', true],
  ['pg_temp.*', 'pg_temp.', true],
  ['backboard.railway.{app,com}', 'backboard.railway.com', true],
  ['backboard.railway.{app,com}', 'backboard.railway.dev', false],
  ['{a,b{c,d}}*', 'bdx', true],
  ['release-?', 'release-1', true],
  ['release-?', 'release-10', false],
  ['v[0-9].*', 'v3.x', true],
  ['v[!0-9].*', 'v3.x', false],
  ['a[', 'a[', true],
  ['\\*', '*', true],
  ['\\*', 'x', false],
  ['\\{a,b\\}', '{a,b}', true],
  [['main', 'release/*'], 'release/1', true],
  [['main', 'release/*'], 'main', true],
  [['main', 'release/*'], 'dev', false],
  [[], 'main', false],
  ['!main', 'dev', false],
  ['#x', '#x', true],
];

describe('glob', () => {
  test.each(rows)('%j × %j → %s', (glob, text, matches) => {
    expect(compileGlobs(glob)(text)).toBe(matches);
  });

  test('an escaped text matches itself alone', () => {
    const hostile = 'a*b?[c]{d,e}\\f';
    expect(compileGlobs(escapeGlob(hostile))(hostile)).toBe(true);
    expect(compileGlobs(escapeGlob(hostile))('aXb1c{d,e}\\f')).toBe(false);
  });

  test('a long text and many stars come to an end', () => {
    expect(compileGlobs('*a'.repeat(50))(`${'a'.repeat(100_000)}b`)).toBe(false);
  });

  test('braces beyond a thousand alternatives are refused', () => {
    expect(() => compileGlobs('{a,b}'.repeat(11))).toThrow(/more than 1000/);
  });
});

test('braces stand for what the library says, whether it is asked or not', () => {
  const piece = fc.constantFrom('a', '*', '{', '}', ',', '.', '..', '\\', '$', '{a,b}', '{,c}', '{1..3}');
  const glob = fc.array(piece, { maxLength: 7 }).map(pieces => `{x,y}${pieces.join('')}`);
  const same = fc.property(glob, text => {
    expect(expandBraces(text)).toEqual(braceExpand(text));
  });
  fc.assert(same, { numRuns: 2000 });
});
