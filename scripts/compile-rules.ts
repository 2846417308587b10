/**
 * Compiles rules/*.yaml to what guard ships: `compile-rules <rules> <folder>`. rules.json has all of a rule for the CLI;
 * rules-judge.json has what judging needs, and is read at every start. A pack that cannot be read, or an id that
 * stands twice, fails the build with the place. (That rules prove themselves is test/rules.test.ts.)
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GuardError, showPosition } from '../src/errors.js';
import { readPack } from '../src/policy/load.js';
import { toolsOf } from '../src/policy/policy-index.js';
import type { Pack, Rule } from '../src/policy/rule.js';

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
  writeFileSync(join(out, 'rules.json'), JSON.stringify(packs));
  writeFileSync(join(out, 'rules-judge.json'), JSON.stringify(packs.map(forJudging)));
}

/** Without what only people read, and with the tools of each pattern worked out. */
function forJudging(pack: Pack): Pack {
  const rules = pack.rules.map(({ see: _see, catalogue: _catalogue, ...rule }): Rule => {
    const when = rule.when.map(one => (one.command === undefined ? one : { ...one, tools: toolsOf(one) }));
    return { ...rule, when, examples: { match: [], not_match: [] } };
  });
  return { ...pack, about: '', rules };
}

const [folder = 'rules', out = 'dist'] = process.argv.slice(2);
compile(folder, out).catch((fault: unknown) => {
  if (!(fault instanceof GuardError)) throw fault;
  process.stderr.write(`${showPosition(fault.at)}: ${fault.message}\n  ${fault.hint ?? ''}\n`);
  process.exitCode = 1;
});
