/**
 * Paired timings: each command with guard's shims and bare, in turn, in the same run; medians and ratios, written to
 * bench/results.json. Never part of the tests. Run by `npm run bench` after `npm run setup`.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, '..', 'dist');
const pairs = Number(process.env.PAIRS ?? 100);
const home = mkdtempSync(join(tmpdir(), 'guard-bench-'));
const work = join(home, 'work');
mkdirSync(work);

const barePath = (process.env.PATH ?? '')
  .split(':')
  .filter(entry => !existsSync(join(entry, '.guard-shims')))
  .join(':');
const bare = { HOME: home, PATH: barePath, LANG: 'C.UTF-8' };
const guarded = { ...bare, PATH: `${join(home, '.local/share/guard/shims')}:${barePath}` };

try {
  setUp();
  const rows = [
    measure('git --version (shim alone)', ['git', '--version']),
    measure('git status (shim alone)', ['git', 'status']),
    measure('git log -1 (shim alone)', ['git', 'log', '-1']),
    measure('rm -f absent (judged)', ['rm', '-f', 'absent']),
    measure('curl --version (shim alone)', ['curl', '--version']),
    measure('git push --dry-run (judged)', ['git', 'push', '--dry-run']),
    coldVerdict(),
  ];
  const batch = batchRate();
  for (const row of rows) print(row);
  process.stdout.write(`guard check --batch: ${Math.round(batch)} commands a second, start included\n`);
  const results = { node: process.version, pairs, rows, batchPerSecond: Math.round(batch) };
  writeFileSync(join(here, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
} finally {
  rmSync(home, { recursive: true, force: true });
}

function setUp() {
  const made = spawnSync(process.execPath, [join(dist, 'cli.cjs'), 'init', '--yes', '--no-rc'], {
    env: guarded,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`guard init failed:\n${made.stderr}`);
  const git = (...args) => spawnSync('git', args, { cwd: work, env: { ...bare, GIT_CONFIG_NOSYSTEM: '1' } });
  git('init', '-q');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-q', '--allow-empty', '-m', 'first');
  writeFileSync(join(home, 'empty.cjs'), '');
}

/** One command with guard and bare, in turn. */
function measure(name, [program, ...args]) {
  return compare(
    name,
    () => time(program, args, guarded),
    () => time(program, args, bare),
  );
}

/** The judge alone against a node that does nothing. */
function coldVerdict() {
  const judge = ['shim', join(home, 'spool'), 'git', 'push', 'origin', 'main'];
  const env = { ...guarded, NODE_OPTIONS: '' };
  return compare(
    'judge git push / node empty.cjs',
    () => time(process.execPath, [join(dist, 'judge.cjs'), ...judge], env),
    () => time(process.execPath, [join(home, 'empty.cjs')], env),
  );
}

function compare(name, first, second) {
  first();
  second();
  const ratios = [];
  const times = [];
  const bases = [];
  for (let i = 0; i < pairs; i += 1) {
    const [a, b] = i % 2 === 0 ? [first(), second()] : [second(), first()].reverse();
    ratios.push(a / b);
    times.push(a);
    bases.push(b);
  }
  return { name, ratio: median(ratios), guarded: median(times), bare: median(bases) };
}

/** Milliseconds of one run, found on the PATH of `env` as a shell would. */
function time(program, args, env) {
  const file = program.includes('/')
    ? program
    : env.PATH.split(':')
        .map(entry => join(entry, program))
        .find(existsSync);
  const start = process.hrtime.bigint();
  spawnSync(file, args, { cwd: work, env, stdio: 'ignore' });
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function batchRate() {
  const commands = [
    'git status',
    'npm test',
    'rm -rf node_modules',
    'git push --force',
    'ls -la src | head',
    'git commit -m "x y"',
  ];
  const count = 20_000;
  const input = Array.from(
    { length: count },
    (_, id) => `${JSON.stringify({ id, command: commands[id % commands.length] })}\n`,
  ).join('');
  const start = process.hrtime.bigint();
  spawnSync(process.execPath, [join(dist, 'cli.cjs'), 'check', '--batch'], {
    cwd: work,
    env: guarded,
    input,
    maxBuffer: 1 << 28,
  });
  return count / (Number(process.hrtime.bigint() - start) / 1e9);
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function print({ name, ratio, guarded: a, bare: b }) {
  process.stdout.write(
    `${name.padEnd(34)} ${ratio.toFixed(2)}×  (${a.toFixed(1)} ms / ${b.toFixed(1)} ms)\n`,
  );
}
