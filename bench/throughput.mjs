/** How much guard judges in a time: commands by `guard check --batch`, and standard input through a judge. */

import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const COMMANDS = [
  'git status',
  'npm test',
  'rm -rf node_modules',
  'git push --force',
  'ls -la src | head',
  'git commit -m "x y"',
];

/** Seconds of one `guard check --batch` over `count` commands. */
export function batchSeconds(dist, options, count) {
  const line = id => `${JSON.stringify({ id, command: COMMANDS[id % COMMANDS.length] })}\n`;
  const input = Array.from({ length: count }, (_, id) => line(id)).join('');
  const start = process.hrtime.bigint();
  const { status } = spawnSync(process.execPath, [join(dist, 'cli.cjs'), 'check', '--batch'], {
    ...options,
    input,
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`guard check --batch ended with ${status}`);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/**
 * Verdicts a second of `decide()` on argv, warm, with all built-in rules: bundled from the sources, for the shipped
 * bundles end with one verdict. `World` is an empty machine.
 */
export function argvRate(here, home) {
  const bundle = join(home, 'engine.cjs');
  buildSync({
    stdin: { contents: ENGINE, resolveDir: join(here, '..'), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: bundle,
    define: { 'import.meta.dirname': JSON.stringify(join(here, '../test/support')), 'import.meta.url': '""' },
    logLevel: 'silent',
  });
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(stderr.trim().split('\n').at(-1) ?? 'the engine did not run');
  return Number(stdout);
}

/** Runs inside `argvRate`'s process: a second to warm up, three measured. */
const ENGINE = `
import { decide } from './src/decide.js';
import { certain } from './src/shell/command.js';
import { builtinPolicy } from './test/support/policy.js';
import { fakeWorld } from './test/support/world.js';
const lines = ['git status', 'git commit -m x', 'git push origin main', 'git log -1', 'rm -f a', 'curl -s https://example.com'];
const requests = lines.map(line => ({ argv: line.split(' ').map(word => certain(word)) }));
const policy = builtinPolicy();
const world = fakeWorld();
async function run(seconds) {
  const start = process.hrtime.bigint();
  let count = 0;
  for (;;) {
    for (const request of requests) await decide(request, policy, world);
    count += requests.length;
    const spent = Number(process.hrtime.bigint() - start) / 1e9;
    if (spent >= seconds) return count / spent;
  }
}
run(1).then(() => run(3)).then(rate => process.stdout.write(String(rate)));
`;

/**
 * Judges a pipe of SQL of `megabytes` once, its start included: MB a second by the wall, and the peak of resident memory
 * as the kernel counted it for the process (/proc, where there is one). Says whether it was understood or asked about.
 */
export function judgedInput(dist, { home, ...options }, megabytes) {
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
  const words = ['bash', file, process.execPath, join(dist, 'judge.cjs'), join(home, 'spool'), peak];
  const start = process.hrtime.bigint();
  const { status } = spawnSync('bash', ['-c', script, ...words], { ...options, encoding: 'utf8' });
  const spent = Number(process.hrtime.bigint() - start) / 1e9;
  const memory = existsSync(`${peak}.kB`)
    ? `, ${Math.round(Number(readFileSync(`${peak}.kB`, 'utf8')) / 1024)} MB memory`
    : '';
  for (const made of [file, join(home, 'spool'), `${peak}.kB`]) rmSync(made, { force: true });
  return { value: megabytes / spent, unit: ` MB/s${memory}${status === 0 ? '' : ', not understood: asks'}` };
}
