/**
 * `guard check`'s own standard input, as what the judged command would read: looked at only where judging asks for it, so
 * that nothing waits for input which the command does not take. Makes no verdict of its own.
 */

import { fstatSync } from 'node:fs';
import { decide, type Request } from '../decide.js';
import { faultCode } from '../errors.js';
import { INPUT_LIMIT } from '../invocation/input.js';
import type { Policy, Verdict } from '../policy/rule.js';
import type { World } from '../port.js';
import { StandardInput } from '../run/stdin.js';
import { realWorld, type Surroundings } from '../world.js';

type Shown = NonNullable<Surroundings['stdin']>;

/** Bytes of a pipe that are kept; of more the rest counts as not known. */
const PIPE_LIMIT = 64 * 1024 * 1024;
/** Milliseconds in which a pipe must bring something: whoever started guard may hold one open and mean nothing by it. */
const FIRST_WITHIN = 2_000;
/** Milliseconds of silence after which what has come is taken for a part. */
const NEXT_WITHIN = 10_000;

/** The verdict, and the world that it was made in. */
export async function judgeWithInput(
  request: Request,
  policy: Policy,
  around: Omit<Surroundings, 'stdin'>,
): Promise<{ readonly verdict: Verdict; readonly world: World }> {
  let isAsked = false;
  const unread: Shown = {
    read() {
      isAsked = true;
      return undefined;
    },
    each() {
      isAsked = true;
      return 'terminal';
    },
  };
  const first = realWorld({ ...around, stdin: unread });
  const verdict = await decide(request, policy, first);
  const stdin = isAsked ? await given() : undefined;
  if (!stdin) return { verdict, world: first };
  const world = realWorld({ ...around, stdin });
  return { verdict: await decide(request, policy, world), world };
}

/** What stands on descriptor 0; `undefined` for a terminal, and where nothing is there or comes. */
async function given(): Promise<Shown | undefined> {
  const stats = statOfInput();
  if (!stats || process.stdin.isTTY === true) return undefined;
  // A file is read in place, and no other device than /dev/null is read at all.
  if (!stats.isFIFO() && !stats.isSocket()) return new StandardInput(0, '', INPUT_LIMIT);
  const { bytes, ended } = await collected();
  if (bytes.length === 0 && !ended) {
    process.stderr.write('guard: nothing came on standard input; judged without it\n');
    return undefined;
  }
  return {
    read: () => ({
      text: bytes.subarray(0, INPUT_LIMIT).toString('utf8'),
      complete: ended && bytes.length <= INPUT_LIMIT,
    }),
    each(take) {
      take(bytes);
      return ended ? 'read' : 'endless';
    },
  };
}

function statOfInput() {
  try {
    return fstatSync(0);
  } catch (fault) {
    if (faultCode(fault) === 'EBADF') return undefined;
    throw fault;
  }
}

/** All that a pipe brings, within the bounds; `ended` where that was all. */
function collected(): Promise<{ readonly bytes: Buffer; readonly ended: boolean }> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    const end = (ended: boolean) => {
      clearTimeout(timer);
      // Nobody reads on: what is still to come must not keep guard alive.
      process.stdin.destroy();
      resolve({ bytes: Buffer.concat(parts), ended });
    };
    let timer = setTimeout(end, FIRST_WITHIN, false);
    process.stdin.on('data', (part: Buffer) => {
      parts.push(part);
      size += part.length;
      clearTimeout(timer);
      if (size > PIPE_LIMIT) end(false);
      else timer = setTimeout(end, NEXT_WITHIN, false);
    });
    process.stdin.on('end', () => end(true));
    process.stdin.on('error', reject);
  });
}
