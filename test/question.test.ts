/** What a person is asked: of a command of any length, what is stopped in it is before their eyes. */

import { expect, test } from 'vitest';
import { decide } from '../src/decide.js';
import { questionLines, questionOf } from '../src/question.js';
import { builtinPolicy } from './support/policy.js';
import { fakeWorld } from './support/world.js';

const linesOn = async (script: string) =>
  questionLines(questionOf(await decide({ script }, builtinPolicy(), fakeWorld()), script, fakeWorld()));

test('a short command is shown once', async () => {
  const lines = await linesOn('git push --force origin main');
  expect(lines.filter(line => line.includes('git push --force origin main'))).toHaveLength(1);
});

test('in a long script, what is stopped is said after it', async () => {
  const lines = await linesOn(
    `${'echo fine; '.repeat(200)}git push --force origin main; ${'echo fine; '.repeat(200)}`,
  );
  expect(lines[0]?.length).toBeLessThan(2_000);
  expect(lines[0]).toMatch(/characters more/);
  expect(lines[1]).toBe('  stopped in it: git push --force origin main');
});

test('a hundred commands and long words stay within a screen', async () => {
  const script = Array.from({ length: 100 }, (_, i) => `rm -rf /srv/${i}/${'x'.repeat(2_000)}`).join('; ');
  const lines = await linesOn(script);
  expect(lines.length).toBeLessThan(40);
  expect(lines.join('').length).toBeLessThan(12_000);
  expect(lines).toContain('  stopped in it: and 92 commands more');
});
