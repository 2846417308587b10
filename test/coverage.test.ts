/**
 * Every id of the catalogue of destructive operations is covered: a rule names it under `catalogue`, or
 * docs/not-covered.md says why none does. An id is one line of catalogue-ids.txt.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const ids = read('test/catalogue-ids.txt').trim().split('\n');

interface Covering {
  readonly id: string;
  readonly catalogue?: readonly string[];
}

const rules = readdirSync(join(root, 'rules'))
  .filter(file => file.endsWith('.yaml'))
  .flatMap(file => (parse(read(`rules/${file}`)) as { rules: readonly Covering[] }).rules);
const covered = new Set(rules.flatMap(rule => rule.catalogue ?? []));

/** The rows `| id | reason |` of docs/not-covered.md. */
const excused = new Map(
  [...read('docs/not-covered.md').matchAll(/^\| *([A-Z0-9]+(?:-[A-Z0-9]+)+) *\| *(.*?) *\|$/gm)].map(
    ([, id = '', reason = '']) => [id, reason],
  ),
);

test('every id is covered by a rule, or docs/not-covered.md says why not', () => {
  const missing = ids.filter(id => !covered.has(id) && !excused.has(id));
  expect(missing.join(' '), 'ids that no rule names under `catalogue`').toBe('');
});

test('no id is both covered and excused', () => {
  expect([...excused.keys()].filter(id => covered.has(id))).toEqual([]);
});

test('only ids of the catalogue are named', () => {
  const known = new Set(ids);
  const wrong = rules.flatMap(({ id, catalogue = [] }) =>
    catalogue.filter(one => !known.has(one)).map(one => `${id}: ${one}`),
  );
  expect([...wrong, ...[...excused.keys()].filter(id => !known.has(id))]).toEqual([]);
});

test('each excuse is a sentence', () => {
  expect([...excused].filter(([, reason]) => !/\S+ \S+ .*\.$/.test(reason))).toEqual([]);
});
