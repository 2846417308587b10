/** What the judge can tell of its own process: the exact words, the session, the directory. Decides nothing. */

import { readFileSync } from 'node:fs';
import { environmentOfProcess, sessionOfProcess } from '../presence/process.js';
import { CLEARED } from '../start-node.js';

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

/** The environment that the command will have: with the variables that sh, which becomes it, kept from node (Linux). */
export function commandEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const of = environmentOfProcess(process.ppid);
  return of ? { ...env, ...Object.fromEntries(CLEARED.map(name => [name, of(name)])) } : env;
}
