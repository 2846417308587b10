/**
 * What agents type about one subject, in test/corpus/<subject>-stop.txt and -allow.txt: a line a command, `#` begins a
 * comment. Judged with all packs in an empty directory that is no repository. A new subject is its two files.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decide } from '../src/decide.js';
import { exemplaryWorld } from '../src/rulecheck.js';
import { builtinPolicy } from './support/policy.js';

const folder = join(import.meta.dirname, 'corpus');
const subjects = readdirSync(folder).flatMap(file => /^(.+)-stop\.txt$/.exec(file)?.[1] ?? []);

function commandsOf(file: string): readonly string[] {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  return lines.filter(line => line.trim() !== '' && !line.startsWith('#'));
}

const judged = (script: string) => decide({ script }, builtinPolicy(), exemplaryWorld);

describe.each(subjects)('%s', subject => {
  test.each(commandsOf(`${subject}-stop.txt`))('stops %s', async command => {
    expect((await judged(command)).decision).not.toBe('allow');
  });

  test.each(commandsOf(`${subject}-allow.txt`))('passes %s', async command => {
    const { decision, matches } = await judged(command);
    expect([decision, ...matches.map(match => match.rule.id)]).toEqual(['allow']);
  });
});
