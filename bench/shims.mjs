/** Rows of what a shim costs that answers by itself: against the bare command, and against the least a shim can cost. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, find, median, ratio, run } from './measure.mjs';
import { barePath } from './scratch.mjs';

const LINES = {
  'git --version': '≤ 1.8',
  'git status': '≤ 1.6',
  'git log -1': undefined,
  'chmod +x file': undefined,
  'rm -f absent': undefined,
  'curl --version': undefined,
  'psql --version': undefined,
};

/** Of each line: its name, its target, its words, and what of the harmless is logged where it is not what guard ships with. */
const CPU_LINES = [
  ['git --version, without the log', '≤ 1.25', ['git', '--version'], 'off'],
  ['git --version', '≤ 1.4', ['git', '--version']],
  ['git log -1', '≤ 1.4', ['git', 'log', '-1']],
  ['git branch -v, ruled', '≤ 1.4', ['git', 'branch', '-v']],
  ['git -C . log -1, an option first', '≤ 1.4', ['git', '-C', '.', 'log', '-1']],
];

/** Shells that may be /bin/sh somewhere, by name: the path, and what stands behind it after `#!`. */
const SHELLS = [
  ['dash', 'dash', '', '≤ 1.8'],
  ['busybox sh', 'busybox', ' sh', undefined],
  ['bash -p', 'bash', ' -p', '≤ 2.6'],
  ['mksh', 'mksh', '', undefined],
  ['ksh93', 'ksh', '', undefined],
  ['zsh as sh', 'zsh', 'sh', undefined],
];

export function shimRows(scratch, pairs) {
  const against = line => ratio(scratch.with(line), scratch.without(line), { pairs });
  writeFileSync(join(scratch.work, 'file'), '');
  return [
    ...Object.entries(LINES).map(([line, target]) => ({
      name: `${line}: shim / bare`,
      target,
      measure: () => against(line.split(' ')),
    })),
    ...SHELLS.map(([name, program, option, target]) => ({
      name: `git --version under ${name}: shim / bare`,
      target,
      measure: () => underShell(scratch, pairs, name, program, option),
    })),
    ...CPU_LINES.map(([name, target, line, logged]) => ({
      name: `CPU over a trivial shim's (${name})`,
      target,
      measure: () =>
        logged === undefined
          ? addedCpu(scratch, pairs, line)
          : scratch.withPolicy(`audit: { allowed: ${logged} }\n`, () => addedCpu(scratch, pairs, line)),
    })),
    { name: 'forks before exec on the harmless path', target: '0', measure: () => forks(scratch) },
    ...[1, 1000, 5000].map(count => ({
      name: `git status with ${count} argument${count === 1 ? '' : 's'}: shim / bare`,
      measure: () =>
        against(['git', 'status', '--', ...Array.from({ length: count }, (_, i) => `file-${i}`)]),
    })),
    {
      name: 'git status with one argument of 128 kB: added',
      target: '≤ 50 ms',
      measure() {
        const found = against(['git', 'status', '--', `-${'-f'.repeat(65_000)}`]);
        return { ...found, value: found.subject - found.base, unit: ' ms' };
      },
    },
  ];
}

/** The same shim with another shell behind its `#!`. */
function underShell(scratch, pairs, name, program, option) {
  let shell = find(program, barePath);
  if (shell === undefined) throw new Error(`there is no ${program} here`);
  const folder = join(scratch.home, `shells-${name.replaceAll(' ', '-')}`);
  mkdirSync(folder, { recursive: true });
  if (option === 'sh') {
    // zsh is what it is called.
    symlinkSync(shell, join(folder, 'sh'));
    shell = join(folder, 'sh');
  }
  const text = readFileSync(join(scratch.shims, 'git'), 'utf8');
  writeFileSync(
    join(folder, 'git'),
    text.replace(/^#!.*/, `#!${shell}${option.startsWith(' ') ? option : ''}`),
    {
      mode: 0o755,
    },
  );
  writeFileSync(join(folder, '.guard-shims'), '');
  const env = { ...scratch.bare, PATH: `${folder}:${barePath}` };
  const subject = command(['git', '--version'], { env, cwd: scratch.work });
  if (subject.words[0] !== join(folder, 'git')) throw new Error('the shim was not found first');
  return ratio(subject, scratch.without(['git', '--version']), { pairs });
}

/** CPU that the shim adds to the bare command, over what a shim that only execs adds: the machine's speed cancels out. */
function addedCpu(scratch, pairs, [program, ...args]) {
  const trivial = join(scratch.home, 'trivial');
  const [shebang] = readFileSync(join(scratch.shims, program), 'utf8').split('\n');
  writeFileSync(trivial, `${shebang}\nexec ${find(program, barePath)} "$@"\n`, { mode: 0o755 });
  const rounds = run(
    [
      scratch.without([program, ...args]),
      scratch.without([trivial, ...args]),
      scratch.with([program, ...args]),
    ],
    pairs * 3,
  );
  const [own, plain, full] = [0, 1, 2].map(at => median(rounds.map(round => round[at][1])));
  return { value: (full - own) / (plain - own) };
}

/** Processes started before the real program, as strace sees them. */
function forks(scratch) {
  const strace = find('strace', barePath);
  if (strace === undefined || !existsSync(strace)) throw new Error('there is no strace here');
  const { stderr } = spawnSync(
    strace,
    ['-f', '-e', 'trace=clone,clone3,fork,vfork,execve', join(scratch.shims, 'git'), '--version'],
    { env: scratch.guarded, cwd: scratch.work, encoding: 'utf8' },
  );
  const before = stderr.split(/execve\("[^"]*\/git", \["(?!.*shims)/)[0];
  return { value: (before.match(/^(?:\[pid +\d+\] )?(?:clone3?|v?fork)\(/gm) ?? []).length, unit: '' };
}
