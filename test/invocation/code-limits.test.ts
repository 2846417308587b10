import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/invocation/code/deed.js';
import { deedsOf } from '../../src/invocation/code/deeds.js';
import { loaded } from '../effects/http/loaded.js';

const languages: readonly Language[] = ['javascript', 'python', 'perl', 'ruby', 'php', 'awk'];
const scope = { place: { home: '/home/me', input: () => ({}) }, known: {} };
const read = (text: string, language: Language) => loaded(() => deedsOf(text, language, scope));

/** Pieces of programs, whole and broken, that come together in any order. */
const piece = fc.constantFrom(
  ...'os.system( fs.rmSync( system( exec eval ( ) [ ] { } " \' ` \n ; , . -> :: => = + $x @x %w( q{ qq( <<EOF EOF # // /* */ | > for x in if def sub function lambda: `${ #{ \\ / 1 a import from require'.split(
    ' ',
  ),
);

describe.each(languages)('%s', language => {
  test('any text is read without a fault', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), async pieces => {
        expect(await read(`system ${pieces.join(' ')}`, language)).toHaveProperty('deeds');
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['brackets', `system(${'('.repeat(100_000)}`],
    ['lists', `system${'['.repeat(100_000)}`],
    ['blocks', `system ${'{'.repeat(50_000)}`],
    ['calls', `system${'(1)'.repeat(20_000)}`],
    ['members', `system${'.a()'.repeat(20_000)}`],
    ['sums', `system(1${' + 1'.repeat(50_000)})`],
    ['quotes', `system ${'"'.repeat(100_000)}`],
    ['a long string', `system("${'a'.repeat(900_000)}")`],
    ['many calls', 'system("a")\n'.repeat(50_000)],
  ])(
    '%s without end are read to an end',
    // What grows with the square of the text does not end before the test's time does.
    async (_, text) => void (await read(text, language)),
  );
});

test('loops in loops are read in part', async () => {
  const list = `[${Array.from({ length: 60 }, (_, at) => at).join(', ')}]`;
  const nest = Array.from({ length: 12 }, (_, at) => `${' '.repeat(at)}for x${at} in ${list}:`).join('\n');
  const { deeds } = await read(`import os\n${nest}\n${' '.repeat(13)}os.system('rm -rf /')`, 'python');
  expect(deeds.length).toBeGreaterThan(0);
});
