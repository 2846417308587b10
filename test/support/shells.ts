/** The shells installed here, and a scratch directory in which a shim stands before a program. */

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NOTHING_PLAIN } from '../../src/plain/program.js';
import { type ShimParts, shimText } from '../../src/shims/text.js';
import { scratchDirectory } from './scratch.js';

/** Interpreters that a shim must run under, as they stand after `#!`; bash and zsh also as they are when named sh. */
export const interpreters = [
  '/bin/dash',
  '/bin/busybox sh',
  ...asSh('bash'),
  '/bin/bash -p',
  ...asSh('zsh'),
  '/bin/ksh',
  '/bin/mksh',
].filter(line => existsSync(line.split(' ')[0]!));

function asSh(shell: string): string[] {
  if (!existsSync(`/bin/${shell}`)) return [];
  const link = join(scratchDirectory(), shell, 'sh');
  mkdirSync(dirname(link));
  symlinkSync(`/bin/${shell}`, link);
  return [link];
}

/** Writes an executable file, its directory made. */
export function program(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

/** A directory of shims beside a judge that answers by the status in `status` and notes what it was asked in `asked`. */
export class ShimYard {
  readonly root = scratchDirectory();
  readonly shims = join(this.root, 'shims');
  readonly real = join(this.root, 'real');
  readonly asked = join(this.root, 'asked');
  readonly spool = join(this.root, 'spool');
  readonly #interpreter: string;

  constructor(interpreter: string) {
    this.#interpreter = interpreter;
    mkdirSync(this.shims);
    mkdirSync(this.real);
    mkdirSync(this.spool);
    writeFileSync(join(this.shims, '.guard-shims'), '');
    this.node('');
    this.judge('');
  }

  /** What stands in node's place: sh, which runs the judge. `text` is what it does first, its options in `$*`. */
  node(text: string): void {
    const options = 'while case $1 in --*) ;; *) false ;; esac; do shift; done';
    program(join(this.root, 'node'), `#!/bin/sh\n${text}\n${options}\nexec /bin/sh "$@"\n`);
  }

  /** What the judge does after it has noted its words: lines of sh, in which `$2` is the place for the spool. */
  judge(text: string): void {
    program(join(this.root, 'judge'), `printf '%s\\n' "$*" >>'${this.asked}'\n${text}\n`);
  }

  shim(tool: string, parts: Partial<ShimParts> = {}, directory = this.shims): string {
    return program(join(directory, tool), shimText({ ...this.parts(tool), ...parts }));
  }

  parts(tool: string): ShimParts {
    return {
      tool,
      interpreter: this.#interpreter,
      node: join(this.root, 'node'),
      judge: join(this.root, 'judge'),
      runner: join(import.meta.dirname, '../../bin/guard-runner'),
      spool: this.spool,
      pin: '',
      site: { home: '/nowhere', bases: ['/nowhere/c', '/nowhere/s', '/nowhere/d'], protect: [] },
      rm: '/bin/rm',
      shims: this.shims,
      sources: [],
      plain: NOTHING_PLAIN,
    };
  }

  /** Runs a program by name. `path` defaults to the shims, the real programs, and nothing else. */
  run(
    words: readonly string[],
    more: { path?: string; cwd?: string; input?: string; env?: NodeJS.ProcessEnv } = {},
  ) {
    const result = spawnSync('/usr/bin/env', [...words], {
      cwd: more.cwd ?? this.root,
      env: { PATH: more.path ?? `${this.shims}:${this.real}`, ...more.env },
      input: more.input ?? '',
    });
    return {
      status: result.status,
      signal: result.signal,
      stdout: result.stdout.toString('latin1'),
      stderr: result.stderr.toString('latin1'),
    };
  }
}
