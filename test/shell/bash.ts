/**
 * Asks the installed bash what a script would run: every program on its PATH is a recorder that notes its arguments and
 * does nothing. Scripts run in a scratch directory with a scratch HOME and an empty environment.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchDirectory } from '../support/scratch.js';

function realPath(program: string): string {
  return execFileSync('sh', ['-c', 'command -v "$0"', program], { encoding: 'utf8' }).trim();
}

export const PROGRAMS: readonly string[] = [
  ...[
    'rm',
    'mv',
    'cat',
    'ls',
    'git',
    'npm',
    'curl',
    'psql',
    'cmd',
    'rec',
    'touch',
    'find',
    'grep',
    'wc',
    'env',
    'tee',
  ],
  ...[
    'make',
    'tail',
    'sort',
    'diff',
    'date',
    'whoami',
    'hostname',
    'mktemp',
    'xargs',
    'sudo',
    'python3',
    'sh',
    'bash',
  ],
  ...['a', 'b', 'c', 'd', 'x', 'y', 'run', 'sleep', 'less', 'which', 'g', 'gp'],
];

export function hasBash(): boolean {
  return spawnSync('bash', ['-c', 'exit 0']).status === 0;
}

export class Bash {
  readonly root = scratchDirectory();
  readonly home = join(this.root, 'home');
  readonly cwd = join(this.root, 'app');
  readonly #bin = join(this.root, 'bin');
  readonly #log = join(this.root, 'log');

  constructor(files: readonly string[]) {
    for (const folder of [this.home, this.cwd, this.#bin]) mkdirSync(folder);
    for (const file of files) {
      mkdirSync(join(this.cwd, file, '..'), { recursive: true });
      writeFileSync(join(this.cwd, file), '');
    }
    const recorder = join(this.#bin, 'recorder');
    writeFileSync(recorder, '#!/bin/sh\nprintf "%s\\0" "$#" "${0##*/}" "$@" >> "$RECORD"\n');
    chmodSync(recorder, 0o755);
    // The one real program: scripts that make a directory go on inside of it.
    symlinkSync(realPath('mkdir'), join(this.#bin, 'mkdir'));
    for (const program of PROGRAMS) symlinkSync(recorder, join(this.#bin, program));
  }

  readonly #real = realPath('bash');

  get env(): Record<string, string> {
    return { HOME: this.home, PATH: this.#bin, LC_ALL: 'C.UTF-8' };
  }

  /** The argument lists of the programs that ran, in the order of their starting. */
  run(script: string): readonly (readonly string[])[] {
    writeFileSync(this.#log, '');
    const env = { ...this.env, RECORD: this.#log };
    const options = { cwd: this.cwd, env, input: '', timeout: 5_000 };
    spawnSync(this.#real, ['--norc', '--noprofile', '-c', script], options);
    const fields = readFileSync(this.#log, 'utf8').split('\0').slice(0, -1);
    const found: string[][] = [];
    for (let at = 0; at < fields.length; ) {
      const end = at + 2 + Number(fields[at]);
      found.push(fields.slice(at + 1, end));
      at = end;
    }
    return found;
  }
}
