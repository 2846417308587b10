/** Rows of how much guard judges in a time: in process, and by `guard check --batch`. */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { command, run } from './measure.mjs';
import { dist, root } from './scratch.mjs';

/** What in-process rates are taken of. Commands are all different, unless the name says otherwise. */
const RATES = [
  ['plainArgv', 'commands (argv) that the tables prove harmless', '≥ 1000000'],
  ['judgedArgv', 'commands (argv) with rules, each understood', undefined],
  ['everydayArgv', 'commands (argv) that agents run all day', '≥ 1000000'],
  ['plainScripts', 'scripts that the tables prove harmless', '≥ 200000'],
  ['judgedScripts', 'scripts with rules, each parsed and understood', undefined],
  ['everydayScripts', 'scripts that agents run all day', '≥ 200000'],
  ['repeatedScripts', 'the same everyday scripts again and again', undefined],
  ['decideArgv', 'decide() alone on commands that agents run all day', undefined],
];

export function rateRows(scratch, quick) {
  let rates;
  return [
    ...RATES.map(([key, name, target]) => ({
      name: `${name}, in process`,
      target,
      measure() {
        rates ??= engine(scratch, quick ? 0.5 : 2);
        return { value: rates[key], unit: ' /s' };
      },
    })),
    ...[
      ['harmless', 200_000, id => `git log --oneline -${id} -- src/file${id}.ts | head -20`],
      ['with rules', 20_000, id => `git push --force origin feature-${id}`],
    ].map(([name, lines, script]) => ({
      name: `guard check --batch, each further line, ${name}`,
      memory: true,
      measure: () => batch(scratch, script, quick ? lines / 2 : lines),
    })),
  ];
}

/** Lines a second of CPU, the start left out: what so many more lines cost. */
function batch({ guarded, work }, script, count) {
  const call = lines => ({
    ...command([process.execPath, join(dist, 'cli.cjs'), 'check', '--batch'], { env: guarded, cwd: work }),
    input: Array.from({ length: lines }, (_, id) => `${JSON.stringify({ id, command: script(id) })}\n`).join(
      '',
    ),
  });
  const [[few, many]] = run([call(count / 5), call(count)], 1);
  return { value: (count * 0.8) / ((many[1] - few[1]) / 1000), unit: ' lines/s', memory: many[2] / 1024 };
}

/** Verdicts a second of CPU by kind of command, warm: bundled from the sources, for the shipped judge ends with one verdict. */
function engine({ home, work, guarded }, seconds) {
  const folder = join(home, 'engine/lib');
  mkdirSync(folder, { recursive: true });
  const bundle = join(folder, 'engine.cjs');
  buildSync({
    entryPoints: [join(root, 'bench/engine.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: bundle,
    define: { 'import.meta.dirname': JSON.stringify(join(root, 'test/support')), 'import.meta.url': '""' },
    logLevel: 'silent',
  });
  // Where the parsers of SQL look for theirs.
  cpSync(join(dist, 'lib/libpg-query.wasm'), join(folder, 'libpg-query.wasm'));
  cpSync(join(dist, 'wasm'), join(folder, '../wasm'), { recursive: true });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [bundle, String(seconds), join(dist, 'rules.json')],
    { cwd: work, env: guarded, encoding: 'utf8', timeout: 600_000 },
  );
  if (status !== 0) throw new Error(stderr.trim().split('\n').at(-1) || 'the engine did not run');
  return JSON.parse(stdout);
}
