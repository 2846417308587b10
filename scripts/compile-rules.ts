/**
 * Compiles rules/*.yaml to what guard ships: `compile-rules <rules> <folder>`. rules.json has all of a rule for the CLI;
 * policy.compiled has what judging needs, and is read at every start. A pack that cannot be read, or an id that
 * stands twice, fails the build with the place. (That rules prove themselves is test/rules.test.ts.)
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyOfLayers, readBuiltinPacks } from '../src/config.js';
import { GuardError, showPosition } from '../src/errors.js';
import { compilePolicy } from '../src/policy/compiled.js';
import { readPack } from '../src/policy/load.js';
import type { Pack } from '../src/policy/rule.js';

async function compile(folder: string, out: string): Promise<void> {
  const packs: Pack[] = [];
  const ids = new Set<string>();
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.yaml')) continue;
    const file = join(folder, name);
    const pack = await readPack(readFileSync(file, 'utf8'), file, { builtin: true });
    for (const { id } of pack.rules) {
      if (ids.has(id)) throw new GuardError('bad-rule', `${id} stands in two packs`, { at: { file } });
      ids.add(id);
    }
    packs.push(pack);
  }
  const rules = join(out, 'rules.json');
  writeFileSync(rules, JSON.stringify(packs));
  writeFileSync(join(out, 'policy.compiled'), compilePolicy(policyOfLayers(readBuiltinPacks(rules), [], [])));
}

const [folder = 'rules', out = 'dist'] = process.argv.slice(2);
compile(folder, out).catch((fault: unknown) => {
  if (!(fault instanceof GuardError)) throw fault;
  process.stderr.write(`${showPosition(fault.at)}: ${fault.message}\n  ${fault.hint ?? ''}\n`);
  process.exitCode = 1;
});
