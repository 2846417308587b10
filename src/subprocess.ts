/**
 * Programs that guard itself asks, found past its shims, bounded in time and output. Runs no shell and writes nothing;
 * what may be asked is the caller's matter.
 */

import { Lazy } from './lazy.js';
import { locate } from './locate.js';

const TIMEOUT_MS = 2_000;
const MAX_BYTES = 8 * 1024 * 1024;

/** Most commands ask nothing, and a judge starts thousands of times a day. */
const childProcess = new Lazy('child_process', () => import('node:child_process'));

/** For who asks programs outside `decide()`, which loads what it needs by itself. */
export function loadSubprocess(): Promise<void> {
  return childProcess.load();
}

export type Environment = Readonly<Record<string, string | undefined>>;

export interface How {
  readonly cwd?: string;
  /** All of its environment; the program is looked for on its PATH. */
  readonly env: Environment;
  /** Milliseconds; 2,000 where nothing is said. */
  readonly timeout?: number;
  /** Bytes of output; 8 MB where nothing is said. */
  readonly most?: number;
  readonly input?: string | Buffer;
}

/** How it ended. Output that came before the time was over is there. */
export interface Ran {
  /** The exit status, or -1 where it could not be asked or did not end in time. */
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** `missing`: there is no such program; `late`: the time was over; `long`: the output was. */
  readonly fault?: 'missing' | 'late' | 'long' | 'failed';
}

/** Runs a program by its name or path. Throws `NotLoaded` until `loadSubprocess()` has resolved. */
export function run(program: string, args: readonly string[], how: How): Ran {
  const empty = Buffer.alloc(0);
  const found = locate(program, how.env['PATH']);
  if (found === undefined) return { status: -1, stdout: empty, stderr: empty, fault: 'missing' };
  const { error, status, stdout, stderr } = childProcess.get().spawnSync(found, args, {
    ...(how.cwd !== undefined && { cwd: how.cwd }),
    env: { ...how.env },
    input: how.input ?? empty,
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: Math.max(1, Math.round(how.timeout ?? TIMEOUT_MS)),
    maxBuffer: how.most ?? MAX_BYTES,
  });
  const ended = { stdout: stdout ?? empty, stderr: stderr ?? empty };
  if (!error && status !== null) return { ...ended, status };
  const code = error && 'code' in error ? error.code : undefined;
  const fault = code === 'ETIMEDOUT' ? 'late' : code === 'ENOBUFS' ? 'long' : 'failed';
  return { ...ended, status: -1, fault };
}
