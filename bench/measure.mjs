/**
 * Paired measurements: two commands run in turn, in random order, and what counts is the median of the ratios of the
 * pairs, which does not depend on how fast a machine is or on what else it is doing. bench/runner.py starts them.
 */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const runner = join(dirname(fileURLToPath(import.meta.url)), 'runner.py');

/** A command: `[program, ...arguments]`, and the environment and input it gets. */
export function command([program, ...args], { env, cwd, input } = {}) {
  const file = program.includes('/') ? program : find(program, env.PATH);
  if (file === undefined) throw new Error(`there is no ${program} here`);
  return { words: [file, ...args], env, cwd, input };
}

/** `rounds` rounds of the commands: for each round `[wall, cpu, memory]` of each command, in milliseconds and kB. */
export function run(commands, rounds) {
  const input = JSON.stringify({
    rounds,
    commands: commands.map(one => ({ expected: [0], ...one })),
  });
  const { status, stdout, stderr, error } = spawnSync('python3', [runner], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error) throw new Error('python3 is needed to start and time the commands');
  if (status !== 0) throw new Error(stderr.trim().split('\n').at(-1));
  return JSON.parse(stdout);
}

/**
 * Medians over `pairs` pairs: the ratio of their wall times and of their CPU times, and each one's wall time; and the
 * subject's highest peak of memory, in MB.
 * `expected`, `baseExpected`: exit statuses; a run that ends otherwise is no measurement.
 */
function compare(subject, base, { pairs, expected = [0], baseExpected = [0] }) {
  const rounds = run(
    [
      { ...subject, expected },
      { ...base, expected: baseExpected },
    ],
    pairs,
  );
  return {
    ratio: median(rounds.map(([a, b]) => a[0] / b[0])),
    cpu: median(rounds.map(([a, b]) => a[1] / b[1])),
    subject: median(rounds.map(([a]) => a[0])),
    base: median(rounds.map(([, b]) => b[0])),
    memory: Math.max(...rounds.map(([a]) => a[2])) / 1024,
  };
}

/** The same as the result of a row, its value the ratio of wall times. */
export function ratio(subject, base, options) {
  const { ratio: value, ...found } = compare(subject, base, options);
  return { value, ...found };
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** A program's path on a PATH, or `undefined`. */
export function find(program, path) {
  return path
    .split(':')
    .map(entry => join(entry, program))
    .find(file => existsSync(file));
}
