/** Scripts that are taken apart without a parser: which they are, and that their words are the parser's own. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { understandScript } from '../../src/invocation/unwrap.js';
import { NotLoaded } from '../../src/lazy.js';
import { areSimple } from '../../src/plain/script.js';
import { fakeWorld } from '../support/world.js';

/** The commands of a simple script; nothing where it is none. */
function commandsOf(script: string): readonly (readonly string[])[] | undefined {
  const commands: (readonly string[])[] = [];
  const isSimple = areSimple(script, words => {
    commands.push(words);
    return true;
  });
  return isSimple ? commands : undefined;
}

test.each([
  ['ls', [['ls']]],
  ['ls -la src', [['ls', '-la', 'src']]],
  ['  ls  -l ', [['ls', '-l']]],
  ['a && b || c ; d | e', [['a'], ['b'], ['c'], ['d'], ['e']]],
  ['a&&b||c;d|e;', [['a'], ['b'], ['c'], ['d'], ['e']]],
  ['a\nb\n\nc\n', [['a'], ['b'], ['c']]],
  ['a &&\n b |\n\n c', [['a'], ['b'], ['c']]],
  [`git commit -m "x y" -m 'a "b" $c'`, [['git', 'commit', '-m', 'x y', '-m', 'a "b" $c']]],
  [`a --b='c d'e"f"''`, [['a', '--b=c def']]],
  [`a ''`, [['a', '']]],
  ['a >/dev/null 2>&1', [['a']]],
  ['a > /dev/null x 2> /dev/null | b', [['a', 'x'], ['b']]],
  ['git diff HEAD~2 x~', [['git', 'diff', 'HEAD~2', 'x~']]],
  ['a "*" \'{x,y}\' "#" \'~\'', [['a', '*', '{x,y}', '#', '~']]],
])('%j', (script, commands) => expect(commandsOf(script)).toEqual(commands));

describe('left to who reads scripts', () => {
  test.each([
    'ls &',
    'ls & rm x',
    'ls &&',
    'ls |',
    '&& ls',
    '; ls',
    'ls;;rm',
    'ls ; ; rm',
    'ls\n; rm',
    'ls\n| rm',
    'ls |& rm',
    'ls ||| rm',
    'ls &&& rm',
    'ls &>/dev/null',
    'ls > x',
    'ls >> x',
    'ls >/dev/nullx',
    'ls >/dev/null/../x',
    'ls 3>/dev/null',
    'ls x2>/dev/null',
    'ls <x',
    '>/dev/null ls',
    'A=1 ls',
    './ls',
    '/bin/ls',
    '"ls"',
    "l's'",
    'ls *',
    'ls ?',
    'ls [a]',
    'ls {a,b}',
    'ls ~',
    'ls a=~',
    'ls a:~',
    'ls ~/x',
    'ls "a"~',
    'ls $x',
    'ls "$x"',
    'ls `x`',
    'ls "`x`"',
    'ls "$(x)"',
    'ls (x)',
    '(ls)',
    '{ ls; }',
    '! ls',
    '[ -f x ]',
    'ls #x',
    'ls \\x',
    'ls "a\\"b"',
    'ls "a!b"',
    "ls 'a\nb'",
    "ls 'a",
    'ls "a',
    'ls\tx',
    'ls\rx',
    'ls \0x',
    'ls é',
    'ls "\ufffd"',
    'ls=x',
    "ls $'x'",
  ])('%j', script => expect(commandsOf(script)).toBeUndefined());
});

test('its words are those that the parser of scripts finds', async () => {
  const pieces = fc.constantFrom(
    ...[
      ' ',
      ' ',
      ' ',
      'a',
      'b',
      '-c',
      '=',
      '"',
      '"',
      "'",
      "'",
      ';',
      '|',
      '&',
      '&&',
      '\n',
      '>/dev/null',
      '2>&1',
    ],
    ...['2', '>', '$', '\\', '#', '~', '*', '{', '}', ',', '!', '(', ')', '<', 'é', '%', '@', '+', ':', '/'],
  );
  const scripts = fc
    .sample(fc.array(pieces, { maxLength: 12 }), { numRuns: 20_000, seed: 20261128 })
    .map(parts => `a ${parts.join('')}`);
  let simple = 0;
  for (const script of scripts) {
    const commands = commandsOf(script);
    if (commands === undefined) continue;
    simple += 1;
    expect([script, commands]).toEqual([script, await parsed(script)]);
  }
  expect(simple).toBeGreaterThan(1_000);
});

async function parsed(script: string): Promise<readonly (readonly string[])[]> {
  for (;;) {
    try {
      return understandScript(script, fakeWorld()).map(({ argv, doubts }) =>
        doubts.length > 0
          ? [`in doubt: ${doubts[0]!.why}`]
          : argv.map(word => (word.certain ? word.text : '?')),
      );
    } catch (fault) {
      if (!(fault instanceof NotLoaded)) throw fault;
      await fault.library.load();
    }
  }
}
