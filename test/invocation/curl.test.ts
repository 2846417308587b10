/** curl's grammar against the installed curl: the same options, the same arity, the same reading. */

import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { curl } from '../../src/invocation/grammars/curl.js';
import { optionsOf } from '../../src/invocation/notation.js';
import { parse } from '../../src/invocation/parse.js';
import { certain } from '../../src/shell/command.js';

const read = (...words: string[]) => parse(['curl', ...words].map(certain), curl);
const names = (...words: string[]) =>
  read(...words).options.map(use =>
    [use.negated ? `no ${use.name}` : use.name, use.value?.text].join(' ').trim(),
  );

function installedHelp(): string {
  try {
    return execFileSync('curl', ['--help', 'all'], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

describe('the option table', () => {
  const help = installedHelp();
  test.skipIf(help === '')('has every option of curl --help all, with its arity', () => {
    const table = optionsOf(curl.options ?? '');
    const wrong: string[] = [];
    for (const line of help.split('\n')) {
      const [, short, long, after = ''] = /^\s*(?:(-\S), )?\s*(--[\w.-]+)(.*)$/.exec(line) ?? [];
      if (long === undefined) continue;
      const takesValue = /^ [<[]/.test(after);
      const row = table.get(long) ?? table.get(`--${long.slice('--no-'.length)}`);
      if (!row || (row.arity !== 'none') !== takesValue) wrong.push(`${long}${after}`);
      if (short !== undefined && table.get(short)?.name !== row?.name) wrong.push(`${short}, ${long}`);
    }
    expect(wrong).toEqual([]);
    expect(help.split('\n').length).toBeGreaterThan(200);
  });
});

describe('arguments', () => {
  test.each([
    [
      ['-sXDELETE', 'u'],
      ['--silent', '--request DELETE'],
    ],
    [
      ['-X', 'PUT', '--request', 'DELETE', '--request=POST'],
      ['--request PUT', '--request DELETE', '--request POST'],
    ],
    [['-sKfile'], ['--silent', '--config file']],
    [
      ['--data-b', '@f', '--js', 'x'],
      ['--data-binary @f', '--json x'],
    ],
    [
      ['--upl', 'f', '--up', 'g'],
      ['--upload-file f', '--upload-file g'],
    ],
    [
      ['--no-get', '--get', '-N', '--buffer'],
      ['no --get', '--get', '--no-buffer', 'no --no-buffer'],
    ],
    [
      ['--expand-url', '{{x}}', '--variable', 'x=1'],
      ['--expand-url {{x}}', '--variable x=1'],
    ],
    [['-:'], ['--next']],
    [['-d', '-X', 'u'], ['--data -X']],
    [['-d@file'], ['--data @file']],
    [
      ['-kLsS', '-#o', 'out'],
      ['--insecure', '--location', '--silent', '--show-error', '--progress-bar', '--output out'],
    ],
  ])('%j', (words, options) => {
    expect(names(...words)).toEqual(options);
  });

  test('an ambiguous or unknown option is recorded, not guessed', () => {
    expect(read('--dat', 'x').unknown.map(word => word.text)).toEqual(['--dat']);
    expect(read('--nonsense').unknown.map(word => word.text)).toEqual(['--nonsense']);
  });

  test('URLs stand anywhere, and -- ends the options', () => {
    expect(read('a', '-s', 'b', '--', '-c').operands.map(word => word.text)).toEqual(['a', 'b', '-c']);
  });
});
