/** Documents that are made from the rules are in step with them. */

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('docs/performance.md names no place on the machine that it was measured on', () => {
  const text = readFileSync(join(import.meta.dirname, '../docs/performance.md'), 'utf8');
  expect(text).not.toMatch(/\/(tmp|home|root|var|private|Users)\//);
});

test('docs/rules/*.md are as `npm run docs` writes them', () => {
  const script = join(import.meta.dirname, '../scripts/rule-docs.mjs');
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});
