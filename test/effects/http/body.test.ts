/** Bodies of any size: what could matter of a long one is found, wherever it stands and in whatever pieces it comes. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { locate } from '../../../src/effects/graphql/locate.js';
import { bodyManner } from '../../../src/effects/http/body.js';
import { flatten, readJson } from '../../../src/effects/http/json.js';
import { JsonCondenser } from '../../../src/effects/http/json-condense.js';
import { readUrl } from '../../../src/effects/http/url.js';
import { certain } from '../../../src/shell/command.js';
import { inPieces } from '../../support/pieces.js';

const MB = 1024 * 1024;

const read = (body: string | Uint8Array, size = 64 * 1024, isStripped = false) =>
  inPieces(bodyManner(isStripped).start(), body, size);

const documentsIn = (body: string) =>
  locate({
    method: certain('POST'),
    url: readUrl(certain('https://api.example.com/graphql')),
    headers: [],
    body: certain(body),
    parts: [],
    quotes: [],
    words: [],
  }).payloads;

describe('JSON', () => {
  const filler = fc.oneof(
    fc.constant('x'.repeat(5_000)),
    fc.constant('\\"é\n'.repeat(3_000)),
    fc.constant(Array.from({ length: 1_200 }, (_, i) => ({ id: i, name: 'n' }))),
    fc.constant(Object.fromEntries(Array.from({ length: 1_100 }, (_, i) => [`k${i}`, null]))),
    fc.string(),
    fc.constant({ a: [[], {}], b: true }),
  );
  const document = fc.record({
    query: fc.constantFrom('mutation { volumeDelete(volumeId: "x") }', 'query { me { id } }'),
    variables: fc.record({ id: fc.string(), file: filler }),
    operationName: fc.constantFrom('x', ''),
  });
  const body = fc.oneof(
    document,
    fc.record({ before: filler, variables: filler, query: fc.constant('mutation { a }'), after: filler }),
    fc.array(fc.oneof({ weight: 1, arbitrary: document }, { weight: 2, arbitrary: filler }), {
      maxLength: 5,
    }),
    fc
      .tuple(fc.array(document, { minLength: 1, maxLength: 2 }), fc.integer({ min: 0, max: 1_500 }))
      .map(([documents, at]) =>
        Array(1_500)
          .fill({ a: 1 })
          .toSpliced(at, 0, ...documents),
      ),
  );

  test('documents are found as in the whole, and the first leaves are the same', () => {
    fc.assert(
      fc.property(
        body,
        fc.integer({ min: 50, max: 50_000 }),
        fc.constantFrom(undefined, 1),
        (value, size, space) => {
          const text = JSON.stringify(value, null, space);
          const left = inPieces(new JsonCondenser(), text, size);
          expect(left.complete).toBe(true);
          // Members that are left out move those behind them.
          const short = (line: string) => line.slice(0, 1_000).replace(/\b\d+\b/g, '0');
          const [whole, condensed] = [text, left.text].map(one => flatten(readJson(one)!, 'body').map(short));
          expect(condensed?.slice(0, 20)).toEqual(whole?.slice(0, 20));
          const shown = (one: string) =>
            documentsIn(one).map(({ document, operationNames }) => [document, operationNames]);
          expect(shown(left.text)).toEqual(shown(text));
        },
      ),
      { numRuns: 25 },
    );
  });

  test('going past members that say nothing leaves what reading them byte by byte leaves', () => {
    const text = fc.constantFrom(
      '"a"',
      '"query"',
      '"q\\"{"',
      '"}],\\\\"',
      '"\\u0071uery"',
      '"TYPE"',
      '"typed"',
      '""',
    );
    const value = fc.oneof(
      text,
      fc.constantFrom('1', 'null', '[1,"query",{"b":2}]', '{"id":1,"on":[{}]}', '{"a" : {"type":1}}'),
    );
    const broken = fc.constantFrom('[}', '{"a"', '"open', '{"a","query":1}', '{"a":1 "type":2}', ']', '[[');
    const member = fc.oneof(
      { weight: 4, arbitrary: value },
      { weight: 4, arbitrary: fc.tuple(text, value).map(([key, of]) => `{"id":7,${key}: ${of}}`) },
      { weight: 1, arbitrary: fc.tuple(text, value).map(([key, of]) => `${key}:${of}`) },
      { weight: 1, arbitrary: fc.constant(`{"long":"${'x'.repeat(70_000)}"}`) },
    );
    fc.assert(
      fc.property(
        fc.array(member, { maxLength: 12 }),
        fc.option(broken),
        fc.constantFrom('[]', '{}'),
        fc.integer({ min: 2, max: 200 }),
        (members, fault, [open, close], size) => {
          const many = Array(1_000).fill(open === '[' ? '1' : '"k":1');
          const body = `${open}${[...many, ...members, ...(fault === null ? [] : [fault])].join(' ,')}${close}`;
          const [byBytes, ...others] = [1, size, 1024 * 1024].map(of =>
            inPieces(new JsonCondenser(), body, of),
          );
          for (const other of others) {
            expect(other.complete).toBe(byBytes?.complete);
            // Of what breaks off nothing is counted on.
            if (other.complete) expect(other.text === byBytes?.text).toBe(true);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test.each([
    [
      'behind a long value',
      `{"variables":{"f":"${'a'.repeat(6 * MB)}"},"query":"mutation { volumeDelete(id: 1) }"}`,
    ],
    ['before it', `{"query":"mutation { volumeDelete(id: 1) }","variables":{"f":"${'a'.repeat(6 * MB)}"}}`],
    [
      'under a key in escapes',
      `{"f":"${'a'.repeat(6 * MB)}","\\u0071uery":"mutation { volumeDelete(id: 1) }"}`,
    ],
    ['in a batch', `[${'{"a":1},'.repeat(200_000)}{"query":"mutation { volumeDelete(id: 1) }"}]`],
    [
      'below a byte order mark',
      `\ufeff{"f":"${'a'.repeat(2 * MB)}","query":"mutation { volumeDelete(id: 1) }"}`,
    ],
  ])('a mutation %s', (_title, text) => {
    const { text: left, complete } = read(text);
    expect(complete).toBe(true);
    expect(left.length).toBeLessThan(MB);
    expect(documentsIn(left).map(({ document }) => document)).toEqual(['mutation { volumeDelete(id: 1) }']);
  });

  test('what breaks off, or holds more documents than are read, is not complete', () => {
    expect(read(`{"a":"${'x'.repeat(2 * MB)}`).complete).toBe(false);
    expect(read(`{"query":"${'x'.repeat(6 * MB)}"}`).complete).toBe(false);
    expect(read(`{"a":"${'x'.repeat(2 * MB)}"} {}`).complete).toBe(false);
  });
});

describe('other bodies', () => {
  test('a short one stands as it is', () => {
    expect(read('a=b&c=d', 3)).toEqual({ text: 'a=b&c=d', complete: true });
    expect(read('{"a":\r\n1}', 3, true)).toEqual({ text: '{"a":1}', complete: true });
  });

  test('what is no text is known by its beginning, and not read to its end', () => {
    let pieces = 0;
    const reading = bodyManner(false).start();
    const image = Uint8Array.from({ length: 600_000 }, (_, i) => (i * 7919) % 256);
    while (reading.take(image) && pieces < 1_000) pieces += 1;
    expect(pieces).toBeLessThan(5);
    expect(reading.end().complete).toBe(true);
  });

  test('NUL bytes that curl drops hide nothing', () => {
    const text = `{"f":"${'a\0'.repeat(2 * MB)}","qu\0ery":"mutation { a }"}`;
    expect(documentsIn(read(text, 1_000, true).text).map(({ document }) => document)).toEqual([
      'mutation { a }',
    ]);
  });

  test('a bulk request that deletes, behind many lines that do not', () => {
    const lines = '{"index":{"_id":"1"}}\n{"a":"b"}\n'.repeat(200_000);
    const left = read(`${lines}{"delete":{"_id":"2"}}\n`, 1_000);
    expect(left.complete).toBe(false);
    expect(left.text.split('\n').at(-1)).toBe('{"delete":{"_id":"2"}}');
    expect(left.text.length).toBeLessThan(MB);
    expect(read(lines).text).not.toContain('delete');
  });

  test('a field of a form behind a long one', () => {
    const left = read(`a=${'x'.repeat(3 * MB)}&_method=delete`);
    expect(left.text).toContain('_method=delete');
  });
});
