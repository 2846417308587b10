/**
 * The judge that a shim calls before it execs the real program: it takes one command through the gate and answers by
 * exit status alone (0: go on; 3: go on, and tell how it ended). It never writes to stdout and never makes or changes a verdict.
 */

import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { tidyAllowedLog } from '../audit/allowed.js';
import type { Request } from '../decide.js';
import type { Arrival } from '../door/arrival.js';
import { Judgement } from '../door/judgement.js';
import { commandEnvironment, currentDirectory, exactWords, sessionOf } from '../door/own-process.js';
import { explainFault, say } from '../door/say.js';
import { isStartedByTidier } from '../door/tidiers.js';
import { ExitStatus } from '../errors.js';
import { INPUT_LIMIT } from '../invocation/input.js';
import { redactText } from '../invocation/redact.js';
import { placesOf } from '../places.js';
import { agentBehind } from '../presence/presence.js';
import { processOf } from '../presence/process.js';
import { shownCommand } from '../report/command.js';
import { refusal } from '../report.js';
import { StandardInput } from '../run/stdin.js';
import { visible } from '../text.js';
import { noteOf, noteStart } from './ended.js';
import { refreshWhenStale } from './fresh.js';

/** How a command came in: `shim` and `exec` bring an argv, `exec-c` one script. */
export interface Call {
  readonly door: 'shim' | 'exec' | 'exec-c';
  /** Where standard input may be spooled for the shim. */
  readonly spool: string;
  readonly words: readonly string[];
}

/** Judges one command; the result is the exit status for the shim. Never rejects: a fault is status 125. */
export async function judge(call: Call, env: NodeJS.ProcessEnv): Promise<number> {
  const status = await statusOf(call, env);
  const places = placesOf(env);
  tidyAllowedLog(places.audit);
  refreshWhenStale(places, process.execPath, `${dirname(process.argv[1] ?? '')}/cli.cjs`);
  return status;
}

async function statusOf(call: Call, env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const judgement = new Judgement(arrivalOf(call, env));
    const outcome = await judgement.take();
    if (outcome.run) {
      const { intent } = judgement;
      const runner = `${dirname(dirname(process.argv[1] ?? ''))}/bin/guard-runner`;
      return intent && noteStart(noteOf(call.spool), intent, placesOf(env).audit, runner)
        ? ExitStatus.report
        : ExitStatus.allowed;
    }
    rmSync(call.spool, { force: true });
    say(refusal(outcome.verdict, outcome));
    return ExitStatus.refused;
  } catch (fault) {
    say(explainFault(fault));
    return ExitStatus.fault;
  }
}

function arrivalOf({ door, words, spool }: Call, env: NodeJS.ProcessEnv): Arrival {
  const agent = agentBehind(env);
  const script = words[0] ?? '';
  return {
    door,
    env,
    get commandEnv() {
      return commandEnvironment(env);
    },
    cwd: currentDirectory(env),
    agent,
    session: sessionOf(agent),
    request: requestOf(door, words),
    get exact() {
      return exactWords(door, words);
    },
    program: script,
    input: new StandardInput(0, spool, INPUT_LIMIT),
    mayAsk: true,
    mayWait: true,
    isTidied: () => isStartedByTidier(process.ppid),
    shown: verdict => (door === 'exec-c' ? visible(redactText(script)) : shownCommand(verdict, words)),
    // The shim becomes the real program, so what is allowed inside it is bound to the shim's process.
    owner: () => processOf(process.ppid),
    isInside: invocation => invocation.via.length > 0 || door === 'exec-c',
  };
}

function requestOf(door: Call['door'], words: readonly string[]): Request {
  if (door === 'exec-c') return { script: words[0] ?? '' };
  // Node turns bytes that are no UTF-8 into U+FFFD: such a word is not known exactly.
  return { argv: words.map(text => ({ text, certain: !text.includes('\ufffd') })) };
}
