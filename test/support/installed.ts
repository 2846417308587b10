/** guard installed in a scratch HOME, as `guard init` leaves it, and commands run there through its shims. */

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchDirectory } from './scratch.js';

export const dist = join(import.meta.dirname, '../../dist');

interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Buffer;
}

export interface Installed {
  readonly home: string;
  /** A scratch directory to work in. */
  readonly work: string;
  readonly shims: string;
  /** The environment of a person's shell with guard first on PATH. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs a script with sh, guard's shims first on PATH, no terminal. */
  sh(script: string, options?: RunOptions): Promise<Ended>;
  /** Runs a program of that environment. */
  run(program: string, args: readonly string[], options?: RunOptions): Promise<Ended>;
  guard(...args: readonly string[]): Promise<Ended>;
}

/** Installs guard. `policy` is the text of policy.yaml; `rc` also writes shell files. */
export function install({ policy, rc = false }: { policy?: string; rc?: boolean } = {}): Installed {
  const scratch = scratchDirectory();
  const home = join(scratch, 'home');
  const work = join(home, 'work');
  mkdirSync(work, { recursive: true });
  if (policy !== undefined) {
    mkdirSync(join(home, '.config/guard'), { recursive: true, mode: 0o700 });
    writeFileSync(join(home, '.config/guard/policy.yaml'), policy, { mode: 0o600 });
  }
  const shims = join(home, '.local/share/guard/shims');
  const env = { HOME: home, PATH: `${shims}:/usr/local/bin:/usr/bin:/bin`, LANG: 'C.UTF-8', TERM: 'xterm' };
  execFileSync(process.execPath, [join(dist, 'cli.cjs'), 'init', '--yes', ...(rc ? [] : ['--no-rc'])], {
    env,
    cwd: work,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const run: Installed['run'] = (program, args, options = {}) =>
    execute(program, args, { cwd: work, env, ...options }, env);
  return {
    home,
    work,
    shims,
    env,
    run,
    sh: (script, options) => run('/bin/sh', ['-c', script], options),
    guard: (...args) => run(process.execPath, [join(dist, 'cli.cjs'), ...args]),
  };
}

function execute(
  program: string,
  args: readonly string[],
  options: RunOptions,
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...env, ...options.env },
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout!.on('data', chunk => out.push(chunk));
    child.stderr!.on('data', chunk => err.push(chunk));
    child.on('error', reject);
    child.on('close', (status, signal) => {
      resolve({
        status,
        signal,
        stdout: Buffer.concat(out).toString(),
        stderr: Buffer.concat(err).toString(),
      });
    });
    // A command that is refused closes its input early.
    child.stdin?.on('error', () => child.stdin?.destroy());
    child.stdin?.end(options.input);
  });
}
