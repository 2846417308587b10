/** Rows of how much guard judges in a time: in process, by `guard check --batch`, and standard input through a judge. */

import { spawnSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
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
    ...(quick ? [3, 100] : [3, 100, 1000]).map(megabytes => ({
      name: `psql < ${megabytes} MB of SQL on a pipe`,
      target: '≥ 100 MB/s',
      measure: () => judgedInput(scratch, megabytes),
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

/**
 * Judges a pipe of SQL of `megabytes` once, its start included: MB a second by the wall, and the peak of resident memory
 * as the kernel counted it for the process. Says whether it was understood or asked about.
 */
function judgedInput({ home, spool, guarded, work }, megabytes) {
  const file = join(home, 'rows.sql');
  const out = openSync(file, 'w');
  const rows = Buffer.from(
    "INSERT INTO t (a, b) VALUES (1, 'one row of many, with some text in it');\n".repeat(14_000),
  );
  for (let written = 0; written < megabytes * 1e6; written += rows.length) writeSync(out, rows);
  closeSync(out);
  // Read at exit: the judge ends by itself, so a module loaded before it says what it took.
  const peak = join(home, 'peak.cjs');
  writeFileSync(
    peak,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(`${peak}.kB`)}, String(process.resourceUsage().maxRSS)));`,
  );
  const script = 'cat "$1" | "$2" -r "$5" "$3" shim "$4" psql';
  const words = ['bash', file, process.execPath, join(dist, 'judge.cjs'), spool, peak];
  const start = process.hrtime.bigint();
  const { status } = spawnSync('bash', ['-c', script, ...words], {
    cwd: work,
    env: guarded,
    encoding: 'utf8',
  });
  const spent = Number(process.hrtime.bigint() - start) / 1e9;
  const memory = existsSync(`${peak}.kB`) ? Number(readFileSync(`${peak}.kB`, 'utf8')) / 1024 : undefined;
  for (const made of [file, spool, `${peak}.kB`]) rmSync(made, { force: true });
  return { value: megabytes / spent, memory, unit: ` MB/s${status === 0 ? '' : ', not understood: asks'}` };
}
