/** What must hold for any script: it is read without a fault and in bounded time, and quoted words come back whole. */

import fc from 'fast-check';
import { quote } from 'shell-quote';
import { describe, expect, test } from 'vitest';
import { certain } from '../../src/shell/command.js';
import { bashParser } from '../../src/shell/parser.js';
import { readPlainly } from '../../src/shell/plain.js';
import { readFully, readScript } from '../../src/shell/script.js';
import { fakeWorld } from '../support/world.js';

await bashParser.load();

const world = fakeWorld({ files: { '/work/app/a.txt': '', '/work/app/src/b.ts': '' } });
const scope = { world, directory: certain('/work/app') };

describe('words that shell-quote quotes', () => {
  test('come back identical and certain', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 20 }).filter(text => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), words => {
        const { commands, doubts } = readFully(`rec ${quote(words)}`, scope);
        expect(doubts).toEqual([]);
        expect(commands).toHaveLength(1);
        expect(commands[0]!.words).toEqual(['rec', ...words].map(certain));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the short way', () => {
  const character = fc.constantFrom(...'abzAZ019_./:=,@%+-', ...'ls rm git');
  const word = fc.oneof(
    fc.string({ unit: character, minLength: 1, maxLength: 8 }),
    fc.constantFrom(
      'if',
      'done',
      'time',
      'cd',
      'export',
      'A=1',
      '-',
      '--',
      '=x',
      'x=~/y',
      'a{b',
      'noglob',
      'set',
      '!',
      '{',
      '}',
    ),
    fc.constantFrom(
      'exec',
      'eval',
      'unset',
      'read',
      'trap',
      'test',
      '[',
      ']',
      'alias',
      'source',
      '.',
      ':',
      'coproc',
    ),
  );
  const blank = fc.constantFrom(' ', '  ', '\t', ' \t ');
  const line = fc
    .tuple(fc.array(fc.tuple(word, blank), { maxLength: 6 }), fc.constantFrom('', '\n', ' ', ' \n'))
    .map(([parts, end]) => parts.flat().join('') + end);

  test('gives what the long way gives, or nothing', () => {
    let taken = 0;
    fc.assert(
      fc.property(line, text => {
        const short = readPlainly(text, scope);
        if (short === undefined) return;
        taken += 1;
        expect(short).toEqual(readFully(text, scope));
      }),
      { numRuns: 5_000 },
    );
    expect(taken).toBeGreaterThan(500);
  });

  test.each([
    'git status',
    'npm run build',
    'ls -la /tmp',
    'rm -rf node_modules dist',
    'git push origin a:b',
  ])('%s needs no parser', script => expect(readPlainly(script, scope)).toBeDefined());
});

describe('any input', () => {
  const pieces = [
    ...[
      '$(',
      ')',
      '`',
      '"',
      "'",
      '${',
      '}',
      '{',
      '((',
      '))',
      '$((',
      '[[',
      ']]',
      '<<E\n',
      'E\n',
      '<(',
      '\\',
      '\n',
      ';',
    ],
    ...[
      'if ',
      'then ',
      'fi ',
      'for x in ',
      'do ',
      'done ',
      'case ',
      ' in ',
      'esac',
      'f() ',
      'while ',
      '&&',
      '||',
      '|',
      '&',
    ],
    ...[
      'a',
      'x=',
      'x+=(',
      '$x',
      '"$@"',
      '${x:-',
      '${x/',
      '~',
      '*',
      '?',
      '[a',
      '{a,b}',
      '{1..9}',
      ' ',
      '!',
      'cd ',
      'eval ',
    ],
    ...[
      'export ',
      'set -- ',
      'shift',
      'alias a=',
      'local ',
      'break',
      'return',
      'exit',
      '>',
      '<<<',
      '2>&1',
      'coproc ',
      'source ',
    ],
  ];

  test('made of shell’s own pieces is read without a fault', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), parts => {
        readScript(parts.join(''), scope);
      }),
      { numRuns: 10_000 },
    );
  });

  test('random characters are read without a fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        readScript(text, scope);
      }),
      { numRuns: 3_000 },
    );
  });

  const shapes: readonly (readonly [name: string, script: string])[] = [
    ...pieces.map(piece => [`100 kB of ${piece}`, piece.repeat(Math.ceil(100_000 / piece.length))] as const),
    ['nested substitutions', `${'$('.repeat(300)}x${')'.repeat(300)}`],
    ['nested quotes', '"$('.repeat(4_000)],
    ['nested groups', `${'{ '.repeat(400)}x; ${'}; '.repeat(400)}`],
    ['a variable that doubles', `a=xxxxxxxx\n${'a=$a$a\n'.repeat(60)}rm $a`],
    ['an array that doubles', `a=(x y)\n${'a=("${a[@]}" "${a[@]}")\n'.repeat(60)}rm "\${a[@]}"`],
    ['braces that multiply', `rm ${'{a,b}'.repeat(60)}`],
    ['open braces', `rm ${'{'.repeat(50_000)}{a,b}`],
    ['loops in loops', `${'for i in {1..9}; do '.repeat(12)}rm $i;${' done;'.repeat(12)}`],
    ['while in while', `${'while x; do a=$a; b=$a; c=$b; '.repeat(12)}a=1; rm $c;${' done;'.repeat(12)}`],
    [
      'functions that multiply',
      Array.from({ length: 40 }, (_, at) => `f${at + 1}() { f${at}; f${at}; }`)
        .join('\n')
        .concat('\nf0() { x; }\nf40'),
    ],
    ['many statements', 'rm a;'.repeat(200_000)],
    ['many assignments', Array.from({ length: 60_000 }, (_, at) => `a${at}=1`).join('\n')],
    ['a long pipe', 'a|'.repeat(20_000).concat('b')],
    ['many globs', `rm ${'* '.repeat(200_000)}`],
    ['patterns', `a=${'a'.repeat(1_000)}; ${'x ${a##*a*a*a*a*b} ${a//*b/c};'.repeat(500)}`],
    ['aliases of one another', `alias a='b;b' b='a;a'; a`],
    ['eval of eval', `a='eval "$a"'; eval "$a"`],
    ['a megabyte', `rm ${'x'.repeat(999_990)}`],
    ['more than a megabyte', `rm ${'x'.repeat(1_000_001)}`],
    ['a sourced file that sources itself', '. /loop.sh'],
  ];
  const looping = { ...scope, world: fakeWorld({ files: { '/loop.sh': '. /loop.sh; . /loop.sh' } }) };

  test.each(shapes)('%s ends', (_, script) => {
    readScript(script, looping);
  });

  test('beyond a limit there is a doubt', () => {
    const doubtsOf = (script: string) => readScript(script, looping).doubts.map(doubt => doubt.kind);
    expect(doubtsOf(`rm ${'x'.repeat(1_000_001)}`)).toContain('limit');
    expect(doubtsOf('rm a;'.repeat(10_001))).toContain('limit');
    expect(doubtsOf('{ '.repeat(400))).toContain('limit');
    expect(doubtsOf('rm f{1..65}')).toContain('limit');
  });
});
