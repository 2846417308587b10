/** Redis commands of any number on standard input, as lines and in the server's protocol: what may have an effect is found. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redisLines } from '../../src/effects/nosql/redis.js';
import { redisManner } from '../../src/effects/nosql/redis-commands.js';
import { lineOf, wordsOfLine } from '../../src/effects/nosql/redis-lines.js';
import { certain } from '../../src/shell/command.js';
import { inPieces } from '../support/pieces.js';

const counted = (words: readonly string[]) =>
  `*${words.length}\r\n${words.map(word => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;

const show = (text: string) =>
  redisLines(certain(text)).map(one => `${one.action} ${one.resource} ${one.target}`);

const read = (text: string, kind: 'lines' | 'protocol', size = text.length) =>
  inPieces(redisManner(kind).start(), text, Math.max(size, 1));

const name = fc.constantFrom(
  'SET',
  'get',
  'DEL',
  'flushall',
  'UNLINK',
  'expire',
  'HSET',
  'config',
  'rename',
  'EVAL',
  'xyz',
);
const word = fc.oneof(
  fc.constantFrom('k', '0', 'FLUSHALL', 'set', 'a b', '"', "'", 'é', '*1', '$8', 'x'.repeat(300)),
  fc.string({ maxLength: 12 }).filter(text => !text.includes('\0')),
);
const commands = fc.array(
  fc.tuple(name, fc.array(word, { maxLength: 4 })).map(([first, rest]) => [first, ...rest]),
);

describe('in pieces of any size what is left is what each command alone would do', () => {
  const expected = (list: readonly (readonly string[])[]) => list.flatMap(words => show(lineOf(words)));

  test('counted', () => {
    fc.assert(
      fc.property(commands, fc.constantFrom(1, 7, 40, 10_000), (list, size) => {
        const { text, complete } = read(list.map(counted).join(''), 'protocol', size);
        expect([show(text), complete]).toEqual([expected(list), true]);
      }),
    );
  });

  test('lines, in either', () => {
    fc.assert(
      fc.property(
        commands,
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('\n', '\r\n'),
        (list, size, end) => {
          for (const kind of ['lines', 'protocol'] as const) {
            const { text } = read(list.map(words => lineOf(words) + end).join(''), kind, size);
            expect(show(text)).toEqual(expected(list));
          }
        },
      ),
    );
  });

  test('a line is its words', () => {
    fc.assert(
      fc.property(
        fc.array(
          word.filter(text => text !== ''),
          { minLength: 1 },
        ),
        words => {
          expect(wordsOfLine(lineOf(words))).toEqual(words);
        },
      ),
    );
  });
});

test.each([
  ['a value that reads like a command', counted(['SET', 'a', '\r\nFLUSHALL\r\n']), []],
  [
    'both forms in one stream',
    `PING\r\n${counted(['FLUSHALL'])}DEL a\r\n`,
    ['delete redis.database every database', 'delete redis.key a'],
  ],
  [
    'a value longer than a chunk',
    counted(['SET', 'a', 'x'.repeat(200_000)]) + counted(['DEL', 'b']),
    ['delete redis.key b'],
  ],
])('protocol: %s', (_title, text, effects) => {
  expect(show(read(text, 'protocol', 1000).text)).toEqual(effects);
});

test.each([
  ['a count before the command', '3 FLUSHDB\n', ['delete redis.database the database']],
  ['quotes around the name', '"FLUSHALL"\n', ['delete redis.database every database']],
  ['escapes in it', '"\\x46LUSHALL"\n', ['delete redis.database every database']],
  ['no line break at the end', 'SET a b\nFLUSHALL', ['delete redis.database every database']],
  [
    'the protocol, which a client without --pipe takes for lines',
    '*1\r\n$8\r\nFLUSHALL\r\n',
    ['delete redis.database every database'],
  ],
  ['a long value before it', `SET a ${'x'.repeat(200_000)}\nDEL b\n`, ['delete redis.key b']],
])('lines: %s', (_title, text, effects) => {
  expect(show(read(text, 'lines', 1000).text)).toEqual(effects);
});

test('what is too much is said to be missing', () => {
  expect(read('DEL a\n'.repeat(2_000), 'lines').complete).toBe(false);
  expect(read(`DEL ${'x'.repeat(200_000)}\n`, 'lines', 1000).complete).toBe(false);
  expect(read('SET a b\n'.repeat(2_000), 'lines')).toEqual({ text: '', complete: true });
});
