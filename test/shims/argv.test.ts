/** Words reach the real program byte for byte, whatever shell the shim runs under. */

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { interpreters, program, ShimYard } from '../support/shells.js';

const bytes = (from: number, to: number) =>
  String.fromCharCode(...Array.from({ length: to - from + 1 }, (_, i) => from + i));

/** Words as bytes: one character each. */
const cases: readonly (readonly [string, readonly string[]])[] = [
  ['an empty word', ['']],
  ['three empty words', ['', '', '']],
  ['empty words among others', ['a', '', 'b', '']],
  ['spaces', [' ', 'a b', ' a  b ']],
  ['tabs', ['\t', 'a\tb']],
  ['newlines', ['\n', 'a\nb', 'a\n\n']],
  ['carriage returns', ['a\r\nb']],
  ['globs', ['*', '?', '[a-z]*', '/*']],
  ['braces and tildes', ['{a,b}', '~', '~root', '{1..3}']],
  ['single quotes', ["'", "it's"]],
  ['double quotes', ['"', '"a b"']],
  ['backslashes', ['\\', 'a\\', '\\n', '\\\\']],
  ['expansions', ['$HOME', '$IFS', '$(id)', '`id`', '$((1+1))', '!!']],
  ['operators', [';', '&&', '|', '>x', '<x', '#', '(', ')', '&']],
  ['control bytes', [bytes(0x01, 0x1f), '\x7f']],
  ["dash's own control bytes", [bytes(0x80, 0x8a), '\x81', 'a\x82b\x88']],
  ['the upper half', [bytes(0x80, 0xff)]],
  ['bytes that are no UTF-8', ['\xff\xfe', '\xc3', 'a\xe2\x82']],
  ['UTF-8', [Buffer.from('grün 日本 🦉').toString('latin1')]],
  ["options of the shell's own tools", ['-n', '-e', '--', '-', '-c', 'x']],
  ['assignments', ['A=1', '_gd=/x', '=']],
  ['an option with a byte that is no UTF-8', ['-\xfff']],
  ['an option with a newline', ['-\nf']],
  ['an option with a bracket', ['-]f']],
  ['a cluster of 100 kB', [`-${'a'.repeat(100_000)}f`]],
  ['a word of 128 kB', ['x'.repeat(131_000)]],
  ['1.9 MB of words', Array.from({ length: 14 }, () => 'y'.repeat(131_000))],
  ['5000 words', Array.from({ length: 5000 }, (_, i) => `word ${i}`)],
];

test('the cases are the 28 of the study', () => expect(cases).toHaveLength(28));

describe.each(interpreters)('under %s', interpreter => {
  const yard = new ShimYard(interpreter);
  // The judge of these tests notes nothing: it is given the same long words.
  writeFileSync(join(yard.root, 'judge'), 'exit 0\n');
  program(join(yard.real, 'tool'), `#!/bin/sh\nprintf '%s\\0' "$@"\n`);
  yard.shim('tool');

  test.each(['', 'C.UTF-8'])('every word arrives, LC_ALL=%s', locale => {
    for (const [title, words] of cases) {
      const list = join(yard.root, 'words');
      writeFileSync(list, words.map(word => `${word}\0`).join(''), 'latin1');
      const arrived = execFileSync('/usr/bin/xargs', ['-0', '-x', '-s', '1950000', '-a', list, 'tool'], {
        env: { PATH: `${yard.shims}:${yard.real}`, ...(locale && { LC_ALL: locale }) },
        maxBuffer: 4_000_000,
      });
      expect([title, arrived.toString('latin1') === words.map(word => `${word}\0`).join('')]).toEqual([
        title,
        true,
      ]);
    }
  });
});
