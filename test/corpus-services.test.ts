/** The commands of test/corpus/services-*.txt, judged with all packs in an empty directory that is no repository. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decide } from '../src/decide.js';
import { readPack } from '../src/policy/load.js';
import { exemplaryWorld, policyOf } from '../src/rulecheck.js';

const rules = join(import.meta.dirname, '../rules');
const packs = await Promise.all(
  readdirSync(rules)
    .filter(file => file.endsWith('.yaml'))
    .map(file => readPack(readFileSync(join(rules, file), 'utf8'), `rules/${file}`, { builtin: true })),
);
const policy = policyOf(packs);

function corpus(name: string): readonly string[] {
  const text = readFileSync(join(import.meta.dirname, 'corpus', name), 'utf8');
  return text.split('\n').filter(line => line !== '' && !line.startsWith('#'));
}

test.each(corpus('services-stop.txt'))('stopped: %s', async command => {
  const { decision } = await decide({ script: command }, policy, exemplaryWorld);
  expect(decision).not.toBe('allow');
});

test.each(corpus('services-allow.txt'))('passes: %s', async command => {
  const { matches } = await decide({ script: command }, policy, exemplaryWorld);
  expect(matches.map(match => match.rule.id)).toEqual([]);
});
