/**
 * Whether a person can be asked here: level H0. Every check can only say no; what says yes is the person, who types
 * the target's name. Asks nothing itself.
 */

import { closeSync, openSync } from 'node:fs';
import { type Holder, holderOf } from './holder.js';
import { agentIn } from './markers.js';
import { ancestorsOf, environmentOfProcess, parentIdsOf, processOf } from './process.js';

/** Why nobody is asked here, as a clause for a message, and the agent where one is known. */
interface Absence {
  readonly present: false;
  readonly why: string;
  readonly agent?: string;
}

export type Presence = { readonly present: true } | Absence;

/** The agent that stands behind this process: its own environment first, then every ancestor's. */
export function agentBehind(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const own = agentIn(name => env[name]);
  if (own !== undefined) return own;
  for (const ancestor of parentIdsOf(process.pid)) {
    const theirs = environmentOfProcess(ancestor);
    const agent = theirs && agentIn(theirs);
    if (agent !== undefined) return agent;
  }
  return undefined;
}

/** The checks of H0, in order; the first doubt decides. `terminals` are extra holder names from the user's policy. */
export function presenceAt(
  env: Readonly<Record<string, string | undefined>>,
  terminals: readonly string[],
): Presence {
  const agent = agentBehind(env);
  if (agent !== undefined) return { present: false, why: `an agent (${agent}) started this command`, agent };
  if (!hasTerminal()) return { present: false, why: 'there is no terminal to ask on' };
  const self = processOf(process.pid);
  if (!self) return { present: false, why: 'this process cannot be seen in the process table' };
  if (self.foreground !== self.group) return { present: false, why: 'this command runs in the background' };
  const chain = ancestorsOf(process.pid);
  const top = chain.at(-1);
  if (!top || top.parent > 1) return { present: false, why: 'the chain of parent processes is broken' };
  const hidden = chain.find(
    one => one.user === self.user && self.user !== 0 && isHidden(one.pid, one.executable),
  );
  if (hidden)
    return { present: false, why: `the environment of a parent process (${hidden.name}) cannot be read` };
  const holder = holderOf(self, terminals);
  if (!holder.known)
    return { present: false, why: `the terminal is held by ${holder.name}, which guard does not know` };
  return { present: true };
}

/**
 * The checks below sudo, which asked for the password: no agent stands behind it, and there is a terminal. Whose terminal
 * it is cannot be told, for sudo may have put one of its own between.
 */
export function presenceBelowSudo(env: Readonly<Record<string, string | undefined>>): Presence {
  const agent = agentBehind(env);
  if (agent !== undefined) return { present: false, why: `an agent (${agent}) started this command`, agent };
  return hasTerminal() ? { present: true } : { present: false, why: 'there is no terminal to ask on' };
}

/** Who holds this process's terminal; `undefined` where there is none or an agent is behind it. `terminals`: as for `presenceAt`. */
export function terminalHolder(
  env: Readonly<Record<string, string | undefined>>,
  terminals: readonly string[],
): Holder | undefined {
  const self = processOf(process.pid);
  if (!self || !hasTerminal() || agentBehind(env) !== undefined) return undefined;
  return holderOf(self, terminals);
}

/** A process of our own whose environment we cannot read hides it; sshd and setgid terminals are closed wholly. */
function isHidden(pid: number, executable: string | undefined): boolean {
  return process.platform === 'linux' && executable !== undefined && environmentOfProcess(pid) === undefined;
}

function hasTerminal(): boolean {
  try {
    closeSync(openSync('/dev/tty', 'r+'));
    return true;
  } catch (fault) {
    if (fault instanceof Error) return false;
    throw fault;
  }
}
