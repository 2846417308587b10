/** The built-in rules in force and nothing else, as the build compiled them. */

import { join } from 'node:path';
import { readBuiltinPacks } from '../../src/config.js';
import type { Policy } from '../../src/policy/rule.js';
import { policyOf } from '../../src/rulecheck.js';
import { dist } from './installed.js';

let policy: Policy | undefined;

export function builtinPolicy(): Policy {
  policy ??= policyOf(readBuiltinPacks(join(dist, 'rules.json')));
  return policy;
}
