/** wget's grammar against the installed wget: the same options, the same arity, the same reading. */

import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { wget } from '../../src/invocation/grammars/wget.js';
import { optionsOf } from '../../src/invocation/notation.js';
import { parse } from '../../src/invocation/parse.js';
import { certain } from '../../src/shell/command.js';

function installedHelp(): string {
  try {
    return execFileSync('wget', ['--help'], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

const help = installedHelp();
test.skipIf(help === '')('the table has every option of wget --help, with its arity', () => {
  const table = optionsOf(wget.options ?? '');
  const wrong: string[] = [];
  for (const line of help.split('\n')) {
    const [, short, long, value] = /^\s+(?:(-\w+),\s+)?(--[\w-]+)(=\S+)?/.exec(line) ?? [];
    if (long === undefined) continue;
    const row = table.get(long);
    // The help forgets the values of these two.
    const takesValue = value !== undefined || long === '--max-redirect' || long === '--hsts-file';
    if (!row || (row.arity !== 'none') !== takesValue) wrong.push(`${long}${value ?? ''}`);
    if (short !== undefined && table.get(short) !== row) wrong.push(`${short}, ${long}`);
  }
  expect(wrong).toEqual([]);
  expect(help.split('\n').length).toBeGreaterThan(150);
});

test.each([
  [['--meth=DELETE', 'u'], ['--method DELETE']],
  [
    ['-e', 'method=DELETE', '-qO-', 'u'],
    ['--execute method=DELETE', '--quiet', '--output-document -'],
  ],
  [
    ['-nv', '-nc', '-np'],
    ['--no-verbose', '--no-clobber', '--no-parent'],
  ],
  [
    ['--post-d', 'x', '--body-file=f'],
    ['--post-data x', '--body-file f'],
  ],
])('%j', (words, options) => {
  const reading = parse(['wget', ...words].map(certain), wget);
  expect(reading.options.map(use => [use.name, use.value?.text].join(' ').trim())).toEqual(options);
});
