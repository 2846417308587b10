/** What agents type about databases, migrations, stores and backups, judged by all packs: what must stop and what must not. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decide } from '../src/decide.js';
import { readPack } from '../src/policy/load.js';
import type { Pack } from '../src/policy/rule.js';
import { exemplaryWorld, policyOf } from '../src/rulecheck.js';

const folder = join(import.meta.dirname, '../rules');
const packs: Pack[] = [];
for (const file of readdirSync(folder).filter(name => name.endsWith('.yaml'))) {
  packs.push(await readPack(readFileSync(join(folder, file), 'utf8'), file, { builtin: true }));
}
const policy = policyOf(packs);

function commandsOf(file: string): readonly string[] {
  const text = readFileSync(join(import.meta.dirname, 'corpus', file), 'utf8');
  return text.split('\n').filter(line => line !== '' && !line.startsWith('#'));
}

describe('stops', () => {
  test.each(commandsOf('data-stop.txt'))('%s', async script => {
    expect((await decide({ script }, policy, exemplaryWorld)).decision).not.toBe('allow');
  });
});

describe('passes', () => {
  test.each(commandsOf('data-allow.txt'))('%s', async script => {
    const { decision, matches } = await decide({ script }, policy, exemplaryWorld);
    expect([decision, ...matches.map(match => match.rule.id)]).toEqual(['allow']);
  });
});
