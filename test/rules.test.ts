/** Every rule of rules/*.yaml proves itself: see src/rulecheck.ts. This file need not change when rules do. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPack } from '../src/policy/load.js';
import type { Pack } from '../src/policy/rule.js';
import { checkConditions, checkExample, checkExampleLists, checkInstead } from '../src/rulecheck.js';

const folder = join(import.meta.dirname, '../rules');
const files = readdirSync(folder).filter(file => file.endsWith('.yaml'));
const faults: string[] = [];
const packs: Pack[] = [];
for (const file of files) {
  const text = readFileSync(join(folder, file), 'utf8');
  await readPack(text, `rules/${file}`, { builtin: true }).then(
    pack => packs.push(pack),
    fault => faults.push(`${file}: ${fault.message} (${fault.at?.line}:${fault.at?.column}) ${fault.hint}`),
  );
}

test('every pack can be read', () => expect(faults).toEqual([]));

test('no id stands twice', () => {
  const ids = packs.flatMap(pack => pack.rules.map(rule => rule.id));
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
});

const rules = packs.flatMap(pack => pack.rules.map(rule => [rule.id, rule] as const));

describe.each(rules)('%s', (_id, rule) => {
  for (const [kind, title] of [
    ['match', 'matches'],
    ['not_match', 'does not match'],
  ] as const) {
    describe(title, () => {
      test.each(rule.examples[kind])('%s', async example => {
        expect((await checkExample(rule, packs, kind, example)).map(problem => problem.message)).toEqual([]);
      });
    });
  }

  test('needs each of its conditions', async () => {
    const problems = [...checkExampleLists(rule, true), ...(await checkConditions(rule))];
    expect(problems.map(problem => problem.message)).toEqual([]);
  });

  test('recommends what is allowed', async () => {
    expect((await checkInstead(rule, packs)).map(problem => problem.message)).toEqual([]);
  });
});
