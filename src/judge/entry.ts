/** The judge's program: `node judge.cjs <door> <spool> <words…>`, `node judge.cjs hook <client>`, `node judge.cjs ended <note> <status>`. Bundled alone; loads nothing that the CLI needs. */

import { ExitStatus } from '../errors.js';
import { answerHook } from '../hooks/hook.js';
import { recordEnd } from '../shims/ended.js';
import { type Call, judge } from '../shims/judge.js';
import { EVERYDAY, prepare as prepareRehearsal, rehearse as rehearseAll } from './rehearsal.js';

declare global {
  namespace NodeJS {
    interface Process {
      /** What `exit` calls in the end. Nothing here listens for the exit, and telling of it is compiled at each start. */
      reallyExit(status: number): never;
    }
  }
}

/** Judges the command that `process.argv` names, and ends the process with the answer. */
export function run(): void {
  // Where nothing is left that could settle the promise, node ends by itself, with what would be a yes: 0.
  process.exitCode = 1;
  statusOf(process.argv.slice(2), process.env).then(status => process.reallyExit(status));
}

async function statusOf([door, spool, ...words]: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  if (door === 'hook') return answerHook(spool ?? '', env);
  if (door === 'ended') {
    // The command ended when this process was started.
    recordEnd(spool ?? '', Number(words[0]), performance.timeOrigin);
    return ExitStatus.allowed;
  }
  if (!isDoor(door) || spool === undefined || words.length === 0) return ExitStatus.fault;
  return judge({ door, spool, words }, env);
}

function isDoor(word: string | undefined): word is Call['door'] {
  return word === 'shim' || word === 'exec' || word === 'exec-c';
}

/** What the build and the code cache have judged, each command from start to end: see rehearsal.ts. */
export function everyday(): typeof EVERYDAY {
  return EVERYDAY;
}

/** Makes a directory ready for `rehearse`: once, by a process of its own, for its cache must not hold what that runs. */
export function prepare(home: string): Promise<void> {
  return prepareRehearsal(home, statusOf);
}

/** Judges everyday commands in a directory that is ready. */
export function rehearse(home: string, kinds?: typeof EVERYDAY): Promise<void> {
  return rehearseAll(home, statusOf, kinds);
}
