/** What the judge can tell of its own process: the exact words, the session, the directory. Decides nothing. */

import { readFileSync } from 'node:fs';
import { sessionOfProcess } from '../presence/process.js';

/** The words with every byte kept: Linux shows them to the process itself; elsewhere Node's decoding must do. */
export function exactWords(door: string, words: readonly string[]): readonly string[] {
  if (process.platform !== 'linux') return [door, ...words];
  const all = readFileSync('/proc/self/cmdline').toString('latin1').split('\0');
  return [door, ...all.slice(-words.length - 1, -1)];
}

/** The terminal session, so that one agent's commands chain; the agent's name keeps two apart. */
export function sessionOf(agent: string | undefined): string {
  const session = sessionOfProcess(process.pid) ?? process.ppid;
  return `${agent ?? 'user'}-${session}`;
}

/** The working directory; by name where it is gone. */
export function currentDirectory(env: NodeJS.ProcessEnv): string {
  try {
    return process.cwd();
  } catch (fault) {
    // The directory was removed under us; relative paths then mean nothing that exists.
    if (fault instanceof Error) return env['PWD'] ?? '/';
    throw fault;
  }
}
