/**
 * What guard costs, measured on this machine: `npm run bench -- [--quick] [--only <name>] [--json]`. Prints one table and
 * writes bench/results.json, from which `npm run bench:docs` makes docs/performance.md. Asserts nothing. Works in a
 * scratch HOME; but for the other guard that it installs from npm to measure against, it uses no network.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command, compare, find, median, run } from './measure.mjs';
import { hookOfOthers } from './others.mjs';
import { argvRate, batchSeconds, judgedInput } from './throughput.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, '..', 'dist');
const asJson = process.argv.includes('--json');
const judgeFile = join(dist, 'judge.cjs');
const quick = process.argv.includes('--quick');
const only = process.argv[process.argv.indexOf('--only') + 1];
const wanted = name => !process.argv.includes('--only') || name.includes(only);
const pairs = Number(process.env.PAIRS ?? (quick ? 15 : 100));

const home = mkdtempSync(join(tmpdir(), 'guard-bench-'));
const work = join(home, 'work');
const empty = join(home, 'empty.cjs');
const shims = join(home, '.local/share/guard/shims');
const barePath = process.env.PATH.split(':')
  .filter(entry => !existsSync(join(entry, '.guard-shims')))
  .join(':');
const bare = { HOME: home, PATH: barePath, LANG: 'C.UTF-8' };
const guarded = { ...bare, PATH: `${shims}:${barePath}` };
const node = file => command([process.execPath, ...file], { env: guarded, cwd: work });

const rows = [];
try {
  setUp();
  for (const line of [
    'git --version',
    'git status',
    'git log -1',
    'rm -f absent',
    'curl --version',
    'psql --version',
  ]) {
    shimRow(line);
  }
  cpuRows();
  forkRow();
  argumentRows();
  coldRows();
  wholeRow();
  hookRows();
  throughputRows();
  // Last: it changes the policy that every other row is measured with.
  ruleRows();
} finally {
  rmSync(home, { recursive: true, force: true });
}
if (asJson) process.stdout.write(`${JSON.stringify(results(), null, 2)}\n`);

function results() {
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    platform: process.platform,
    load: loadavg()[0],
  };
  return { machine, pairs, quick, rows };
}

function setUp() {
  mkdirSync(work);
  mkdirSync(join(home, '.claude'));
  writeFileSync(empty, '');
  guard('init', '--yes', '--no-rc');
  guard('hook', 'install', 'claude', '--yes');
  const git = (...args) => spawnSync('git', args, { cwd: work, env: { ...bare, GIT_CONFIG_NOSYSTEM: '1' } });
  git('init', '-q');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-q', '--allow-empty', '-m', 'first');
}

function guard(...words) {
  guardIn(guarded, ...words);
}

function guardIn(env, ...words) {
  const made = spawnSync(process.execPath, [join(dist, 'cli.cjs'), ...words], { env, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`guard ${words[0]} failed:\n${made.stderr}`);
}

/** A row of the table; a measurement that cannot be made here says why. */
function row(name, target, measure) {
  if (!wanted(name)) return;
  let found;
  try {
    found = measure();
  } catch (fault) {
    found = { skipped: fault.message };
  }
  const result = { name, target, ...found };
  rows.push(result);
  // After each row: a run that is interrupted keeps what it measured.
  if (!process.argv.includes('--only')) {
    writeFileSync(join(here, 'results.json'), `${JSON.stringify(results(), null, 2)}\n`);
  }
  const value = result.skipped ? `skipped: ${result.skipped}` : `${round(result.value)}${result.unit ?? '×'}`;
  const times =
    result.subject === undefined ? '' : `(${round(result.subject)} ms / ${round(result.base)} ms)`;
  const line = `${name.padEnd(62)} ${value.padEnd(14)} ${String(target ?? '').padEnd(11)} ${times}\n`;
  (asJson ? process.stderr : process.stdout).write(line);
}

function ratio(subject, base, more = {}) {
  const { ratio: value, ...times } = compare(subject, base, { pairs, ...more });
  return { value, ...times };
}

function shimRow(line) {
  const words = line.split(' ');
  const target = { 'git --version': '≤ 1.8', 'git status': '≤ 1.6' }[line];
  row(`${line}: shim / bare`, target, () =>
    ratio(command(words, { env: guarded, cwd: work }), command(words, { env: bare, cwd: work })),
  );
}

/** CPU that the shim adds to the bare command, over what a shim that only execs adds: the machine's speed cancels out. */
function cpuRows() {
  const words = {
    'git --version, hot': ['≤ 1.25', ['git', '--version']],
    'git branch -v, ruled': ['≤ 1.4', ['git', 'branch', '-v']],
  };
  for (const [name, [target, line]] of Object.entries(words)) {
    row(`CPU over a trivial shim's (${name}, audit as shipped)`, target, () => addedCpu(line));
  }
  row("CPU over a trivial shim's (git --version, audit full)", '≤ 1.4', () =>
    withPolicy('audit: { allowed: full }\n', () => addedCpu(['git', '--version'])),
  );
}

/** `text` as the user's policy while `measure` runs; shims are rewritten for it and back. */
function withPolicy(text, measure) {
  const file = join(home, '.config/guard/policy.yaml');
  const before = readFileSync(file);
  try {
    writeFileSync(file, text);
    guard('shim', 'install');
    return measure();
  } finally {
    writeFileSync(file, before);
    guard('shim', 'install');
  }
}

function addedCpu([program, ...args]) {
  const trivial = join(home, 'trivial');
  const [shebang] = readFileSync(join(shims, program), 'utf8').split('\n');
  writeFileSync(trivial, `${shebang}\nexec ${find(program, barePath)} "$@"\n`, { mode: 0o755 });
  const rounds = run(
    [
      command([program, ...args], { env: bare, cwd: work }),
      command([trivial, ...args], { env: bare, cwd: work }),
      command([program, ...args], { env: guarded, cwd: work }),
    ],
    pairs * 3,
  );
  const [own, plain, full] = [0, 1, 2].map(at => median(rounds.map(round => round[at][1])));
  return { value: (full - own) / (plain - own) };
}

function argumentRows() {
  const many = count => ['git', 'status', '--', ...Array.from({ length: count }, (_, i) => `file-${i}`)];
  for (const count of [1, 1000, 5000]) {
    row(`git status with ${count} arguments: shim / bare`, undefined, () =>
      ratio(
        command(many(count), { env: guarded, cwd: work }),
        command(many(count), { env: bare, cwd: work }),
      ),
    );
  }
  row('git status with one argument of 128 kB: added', '≤ 50 ms', () => {
    const words = ['git', 'status', '--', `-${'-f'.repeat(65_000)}`];
    const found = ratio(
      command(words, { env: guarded, cwd: work }),
      command(words, { env: bare, cwd: work }),
    );
    return { ...found, value: found.subject - found.base, unit: ' ms' };
  });
}

/** The judge alone against a node that does nothing. */
function coldRows() {
  const graphql = ['curl', '-s', '-d', '{"query":"query { a { b } }"}', 'https://api.example.com/graphql'];
  const commands = {
    'git push (argv)': ['≤ 1.15', ['git', 'push', 'origin', 'main']],
    'rm -f (argv)': ['≤ 1.15', ['rm', '-f', 'absent']],
    'psql -c DELETE … WHERE (SQL)': ['≤ 1.6', ['psql', '-c', 'delete from t where id = 1']],
    'curl (GraphQL)': ['≤ 1.6', graphql],
    'bash -c (script)': ['≤ 1.6', ['bash', '-c', 'ls; echo hi']],
  };
  for (const [name, [target, words]] of Object.entries(commands)) {
    row(`cold verdict on ${name} / node empty.cjs`, target, () =>
      ratio(node([judgeFile, 'shim', join(home, 'spool'), ...words]), node([empty]), { expected: [0, 126] }),
    );
  }
}

/** The shim and the judge with a user's own rules, against 60 of them; each is installed in a HOME of its own. */
function ruleRows() {
  const homes = {};
  const at = count => {
    homes[count] ??= ownRules(count);
    return homes[count];
  };
  for (const count of [1000, 2000]) {
    row(`git --version with ${count} own rules / with 60`, '≤ 1.1', () =>
      ratio(command(['git', '--version'], at(count)), command(['git', '--version'], at(60))),
    );
    row(`cold verdict on git push with ${count} own rules / with 60`, '≤ 1.1', () => {
      const judged = [
        process.execPath,
        judgeFile,
        'shim',
        join(home, 'spool'),
        'git',
        'push',
        'origin',
        'main',
      ];
      return ratio(command(judged, at(count)), command(judged, at(60)));
    });
  }
}

/** A HOME with `count` rules of the user's own, half of them on git. */
function ownRules(count) {
  const own = join(home, `rules-${count}`);
  const folder = join(own, '.config/guard/rules');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const line = i => (i % 2 === 0 ? `git bench${i} --drop` : `tool${i} drop`);
  const entry = i =>
    `  - id: bench.r${i}\n    decision: confirm\n    when: { command: "${line(i)}" }\n    reason: For the benchmark.\n    examples: { match: ["${line(i)}"], not_match: ["ls"] }`;
  const all = Array.from({ length: count }, (_, i) => entry(i)).join('\n');
  writeFileSync(join(folder, 'bench.yaml'), `pack: bench\nabout: For the benchmark.\nrules:\n${all}\n`, {
    mode: 0o600,
  });
  const env = { ...bare, HOME: own, PATH: `${join(own, '.local/share/guard/shims')}:${barePath}` };
  guardIn(env, 'init', '--yes', '--no-rc');
  return { env, cwd: work };
}

function wholeRow() {
  row('git push --dry-run, judged: shim / node empty.cjs', '≤ 1.2', () =>
    ratio(command(['git', 'push', '--dry-run'], { env: guarded, cwd: work }), node([empty]), {
      expected: [0, 128],
    }),
  );
}

function hookRows() {
  const event = script =>
    JSON.stringify({
      hook_event_name: 'PreToolUse',
      tool_name: 'Bash',
      cwd: work,
      session_id: 's',
      tool_input: { command: script },
    });
  const front = join(home, '.local/share/guard/guard-hook');
  const harmless = event('ls -la');
  const judged = event('ls && git push origin main');
  const hook = input => ({ ...command([front, 'claude'], { env: guarded, cwd: work }), input });
  const either = { expected: [0, 2], baseExpected: [0, 2] };
  row('hook, harmless / true', '≤ 2.2', () =>
    ratio(hook(harmless), { ...command(['true'], { env: bare, cwd: work }), input: harmless }),
  );
  row('hook, harmless / node empty.cjs', '≤ 1/15', () =>
    ratio(hook(harmless), { ...node([empty]), input: harmless }),
  );
  row('hook, judged / node empty.cjs', '≤ 1.25', () =>
    ratio(hook(judged), { ...node([empty]), input: judged }, either),
  );
  let others;
  for (const [name, input, target] of [
    ['harmless', harmless, '≥ 50'],
    ['judged', judged, '≥ 2'],
  ]) {
    row(`cc-safety-net hook / guard hook, ${name}`, target, () => {
      others ??= hookOfOthers(home, bare);
      return ratio({ ...others, cwd: work, input }, hook(input), either);
    });
  }
}

function throughputRows() {
  const rate = count => batchSeconds(dist, { cwd: work, env: guarded }, count);
  const [few, many] = quick ? [2000, 8000] : [5000, 30_000];
  row('guard check --batch, start included', undefined, () => ({
    value: many / rate(many),
    unit: ' commands/s',
  }));
  row('scripts parsed and judged, in process', '≥ 200000', () => ({
    value: (many - few) / (rate(many) - rate(few)),
    unit: ' /s',
  }));
  row('commands (argv) judged, in process', '≥ 1000000', () => ({
    value: argvRate(here, home),
    unit: ' /s',
  }));
  for (const megabytes of quick ? [3, 100] : [3, 100, 1000]) {
    row(`psql < ${megabytes} MB of SQL on a pipe`, '≥ 100 MB/s', () =>
      judgedInput(dist, { home, cwd: work, env: guarded }, megabytes),
    );
  }
}

/** Processes started before the real program, as strace sees them. */
function forkRow() {
  row('forks before exec on the harmless path', '0', () => {
    if (find('strace', barePath) === undefined) throw new Error('there is no strace here');
    const { stderr } = spawnSync(
      'strace',
      ['-f', '-e', 'trace=clone,clone3,fork,vfork,execve', join(shims, 'git'), '--version'],
      {
        env: guarded,
        cwd: work,
        encoding: 'utf8',
      },
    );
    const before = stderr.split(/execve\("[^"]*\/git", \["(?!.*shims)/)[0];
    return { value: (before.match(/^(?:\[pid +\d+\] )?(?:clone3?|v?fork)\(/gm) ?? []).length, unit: '' };
  });
}

function round(value) {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(2);
}
