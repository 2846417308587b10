/** The rules that guard ships, as a policy, and the decision on a script in a plain world. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decide } from '../../src/decide.js';
import { readPack } from '../../src/policy/load.js';
import type { Policy } from '../../src/policy/rule.js';
import type { World } from '../../src/port.js';
import { fakeWorld } from './world.js';

const folder = join(import.meta.dirname, '../../rules');
const packs = await Promise.all(
  readdirSync(folder).map(file =>
    readPack(readFileSync(join(folder, file), 'utf8'), file, { builtin: true }),
  ),
);

const shipped: Policy = {
  rules: packs.flatMap(pack => pack.rules),
  exceptions: [],
  faults: [],
  terminals: [],
  hash: '',
};

/** `allow`, `confirm` or `deny`, by all the rules that guard ships. */
export async function decisionOn(script: string, world: World = fakeWorld()): Promise<string> {
  return (await decide({ script }, shipped, world)).decision;
}
