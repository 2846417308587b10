/** Documents that are made from the rules are in step with them. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('docs/rules/*.md are as `npm run docs` writes them', () => {
  const script = join(import.meta.dirname, '../scripts/rule-docs.mjs');
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});
