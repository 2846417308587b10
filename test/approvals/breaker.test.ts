import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { Breaker } from '../../src/approvals/breaker.js';
import { decide } from '../../src/decide.js';
import { builtinPolicy } from '../support/policy.js';
import { scratchDirectory } from '../support/scratch.js';
import { fakeWorld } from '../support/world.js';

let directory: string;
let clock: number;
let breaker: Breaker;
const verdictOn = (script: string) => decide({ script }, builtinPolicy(), fakeWorld());
let form = 0;
async function attempt(script: string, agent = 'claude'): Promise<readonly string[]> {
  form += 1;
  const digest = String(form).padStart(16, '0');
  return breaker.count(await verdictOn(script), agent, digest, script).map(({ deed }) => deed);
}

beforeEach(() => {
  clock = 1_000_000_000;
  directory = join(scratchDirectory(), 'deeds');
  breaker = new Breaker(directory, () => clock);
});

const forms = [
  "psql -h db.example.com -c 'DROP TABLE users'",
  "echo 'drop table users' | psql -h db.example.com",
  "psql postgres://db.example.com/ -c 'DROP TABLE IF EXISTS users CASCADE'",
];

test('three forms of one deed lock it, for that agent, until a person has looked', async () => {
  expect(await attempt(forms[0]!)).toEqual([]);
  expect(await attempt(forms[1]!)).toEqual([]);
  expect(await attempt(forms[2]!)).toEqual(['delete sql.table users on db.example.com']);
  const [locked] = breaker.locked();
  expect(locked).toMatchObject({ agent: 'claude', commands: forms });
  const fourth = await verdictOn("psql -h db.example.com -c 'drop table public.users, users'");
  expect(breaker.lockedBy(fourth, 'claude')?.id).toBe(locked?.id);
  expect(breaker.lockedBy(fourth, 'codex')).toBeUndefined();
  expect(breaker.reset(locked?.id ?? '')).toBe(true);
  expect(breaker.lockedBy(fourth, 'claude')).toBeUndefined();
  expect(breaker.locked()).toEqual([]);
});

test('the same form again, another target and another agent do not count', async () => {
  const verdict = await verdictOn(forms[0]!);
  for (let i = 0; i < 5; i += 1) breaker.count(verdict, 'claude', 'a'.repeat(16), forms[0]!);
  await attempt("psql -h db.example.com -c 'DROP TABLE orders'");
  await attempt(forms[1]!, 'codex');
  expect(breaker.locked()).toEqual([]);
});

test('what no rule stops is never locked', async () => {
  for (const script of [
    'git push --force origin main',
    'git push -f origin main',
    'git push origin +HEAD:main',
  ])
    await attempt(script);
  expect(breaker.locked()).toHaveLength(1);
  const harmless = await verdictOn('git push --force-with-lease --force-if-includes origin feature');
  expect(breaker.lockedBy(harmless, 'claude')).toBeUndefined();
});

test('attempts an hour ago are forgotten; an approval forgets them too', async () => {
  await attempt(forms[0]!);
  await attempt(forms[1]!);
  clock += 61 * 60_000;
  expect(await attempt(forms[2]!)).toEqual([]);
  await attempt(forms[0]!);
  breaker.resetFor(await verdictOn(forms[0]!), 'claude');
  await attempt(forms[1]!);
  await attempt(forms[2]!);
  expect(breaker.locked()).toEqual([]);
});

test('deeds without end are forgotten, the oldest first, and what is locked last', async () => {
  for (const form of forms) await attempt(form);
  for (let i = 0; i < 1_200; i += 1)
    mkdirSync(join(directory, (0xa0000000 + i).toString(16).toUpperCase()), { mode: 0o700 });
  await attempt("psql -h db.example.com -c 'DROP TABLE orders'");
  expect(readdirSync(directory).length).toBeLessThan(1_100);
  expect(breaker.locked()).toHaveLength(1);
});

test('of one deed a few short forms are kept', async () => {
  const verdict = await verdictOn(forms[0]!);
  for (let i = 0; i < 20; i += 1)
    breaker.count(verdict, 'claude', `${i}`.padStart(16, '0'), 'x'.repeat(100_000));
  const [locked] = breaker.locked();
  expect(locked?.commands).toHaveLength(8);
  expect(locked?.commands.join('').length).toBeLessThan(5_000);
});
