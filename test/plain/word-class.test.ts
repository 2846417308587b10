import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bundled, isOf, shellPattern, UNCLEAN, wordClass } from '../../src/plain/word-class.js';
import { interpreters } from '../support/shells.js';

test.each(['*a*b*', '*[ab]*c', '-*a*b*', '-*[a]*[b]*'])(
  '%s would cost sh quadratic time and is refused',
  glob => {
    expect(() => wordClass(glob)).toThrow('linear');
  },
);

test.each(['[a;b]*', "[']", '[!a b]*'])('%s has characters that shells quote differently', glob => {
  expect(() => wordClass(glob)).toThrow('linear');
});

test('sh and JavaScript draw the same lines', () => {
  const classes = [
    ...['--ou*', '-x', 'a;b', "it's", '', '[:+]*', '*ext::*', '+*'].map(wordClass),
    ...bundled('fD'),
    UNCLEAN,
  ];
  const pieces = [
    '-',
    '--',
    'f',
    'D',
    'ou',
    'x',
    ' ',
    '\n',
    '*',
    '?',
    "'",
    'ext::',
    '+',
    ':',
    'é',
    '\\',
    '[',
    ']',
    '!',
  ];
  const words = fc
    .sample(fc.array(fc.constantFrom(...pieces), { maxLength: 5 }), 400)
    .map(parts => parts.join(''));
  const arms = classes.map((one, i) => `case $w in ${shellPattern(one)}) printf '${i} ' ;; esac`);
  const script = `for w do\n${arms.join('\n')}\necho .\ndone\n`;
  const expected = words.map(
    word => `${classes.flatMap((one, i) => (isOf(one, word) ? [`${i} `] : [])).join('')}.`,
  );
  for (const interpreter of interpreters) {
    const [program = '', ...options] = interpreter.split(' ');
    const shown = execFileSync(program, [...options, '-c', script, 'sh', ...words], {
      env: { LC_ALL: 'C.UTF-8' },
      encoding: 'utf8',
    });
    expect([interpreter, shown.trimEnd().split('\n')]).toEqual([interpreter, expected]);
  }
});
