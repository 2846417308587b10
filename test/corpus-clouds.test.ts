/** Ordinary and destructive commands of clouds, secret stores and queues, judged by every pack together. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decide } from '../src/decide.js';
import { readPack } from '../src/policy/load.js';
import { exemplaryWorld, policyOf } from '../src/rulecheck.js';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const files = readdirSync(join(root, 'rules')).filter(file => file.endsWith('.yaml'));
const packs = await Promise.all(
  files.map(file => readPack(read(`rules/${file}`), `rules/${file}`, { builtin: true })),
);
const policy = policyOf(packs);

/** A line is a command; `#` begins a comment. */
const commandsOf = (file: string) =>
  read(`test/corpus/${file}`)
    .split('\n')
    .filter(line => line.trim() !== '' && !line.startsWith('#'));

const verdictOn = async (script: string) => {
  const { decision, matches } = await decide({ script }, policy, exemplaryWorld);
  return { decision, rules: [...new Set(matches.map(match => match.rule.id))] };
};

describe('passes with no question', () => {
  const commands = commandsOf('clouds-allow.txt');
  test('there are many', () => expect(new Set(commands).size).toBeGreaterThanOrEqual(150));
  test.each(commands)('%s', async command => {
    expect(await verdictOn(command)).toEqual({ decision: 'allow', rules: [] });
  });
});

describe('is stopped', () => {
  const commands = commandsOf('clouds-stop.txt');
  test('there are many', () => expect(new Set(commands).size).toBeGreaterThanOrEqual(150));
  test.each(commands)('%s', async command => {
    expect(await verdictOn(command)).not.toMatchObject({ decision: 'allow' });
  });
});
