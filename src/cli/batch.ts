/** `guard check --batch`: JSON lines of commands in, one line with each one's verdict out, in order. Runs nothing. */

import { join } from 'node:path';
import { decide } from '../decide.js';
import { ExitStatus } from '../errors.js';
import type { Policy } from '../policy/rule.js';
import type { World } from '../port.js';
import { type Answer, Series } from '../series.js';
import { visible } from '../text.js';
import { momentary, realWorld } from '../world.js';
import type { Context } from './context.js';

/** One line of input. */
interface Line {
  readonly id: unknown;
  readonly command: string;
  readonly cwd: string | undefined;
  readonly env: Readonly<Record<string, string>> | undefined;
}

/** One line of output. */
interface Said {
  readonly id: unknown;
  readonly decision: Answer['decision'];
  readonly rules: readonly string[];
  readonly reason: string;
}

/** What cannot be judged is refused, like everywhere; `error` says that it was not judged. */
interface NotJudged extends Said {
  readonly error: string;
}

/** Judges standard input to its end. Status 125 where any line could not be judged. */
export async function checkBatch(context: Context): Promise<number> {
  const policy = await context.policy();
  for (const fault of policy.faults)
    process.stderr.write(`guard: ${visible(fault.at)}: ${visible(fault.message)}\n`);
  // process.env is read anew at every access; a copy of it is not.
  const batch = new Batch(policy, { ...context.env });
  let rest = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    await batch.judge(lines);
  }
  await batch.judge([rest]);
  return batch.status;
}

class Batch {
  readonly #policy: Policy;
  readonly #env: World['env'];
  readonly #series: Series;
  #number = 0;
  status: number = ExitStatus.allowed;

  constructor(policy: Policy, env: World['env']) {
    this.#policy = policy;
    this.#env = env;
    this.#series = new Series(policy, env);
  }

  /** Answers all lines of one piece of input at once: whoever waits for an answer has sent no more. */
  async judge(lines: readonly string[]): Promise<void> {
    const said: string[] = [];
    // They came at one moment, and the disk is looked at once for all of them.
    const worlds = new Map<string | undefined, () => World>();
    const worldIn = (cwd: string | undefined): World => {
      const known = worlds.get(cwd) ?? momentary(worldOf(cwd, this.#env));
      worlds.set(cwd, known);
      return known();
    };
    for (const text of lines) {
      this.#number += 1;
      if (text.trim() === '') continue;
      const line = readLine(text, this.#number);
      if ('error' in line) {
        this.status = ExitStatus.fault;
        said.push(JSON.stringify(line));
        continue;
      }
      const found = this.#answer(line, worldIn);
      const { decision, matches } = found instanceof Promise ? await found : found;
      const rules = [...new Set(matches.map(match => match.rule.id))];
      const reason = [...new Set(matches.map(match => match.rule.reason))].join(' ');
      said.push(JSON.stringify({ id: line.id, decision, rules, reason } satisfies Said));
    }
    // Wait where the reader is slower, so that memory stays bounded.
    if (said.length > 0 && !process.stdout.write(`${said.join('\n')}\n`)) {
      await new Promise(resolve => process.stdout.once('drain', resolve));
    }
  }

  #answer(
    { command, cwd, env }: Line,
    worldIn: (cwd: string | undefined) => World,
  ): Answer | Promise<Answer> {
    if (env !== undefined) {
      return decide({ script: command }, this.#policy, worldOf(cwd, { ...this.#env, ...env }));
    }
    return this.#series.answer({ script: command }, cwd ?? '', () => worldIn(cwd));
  }
}

function readLine(text: string, number: number): Line | NotJudged {
  const refused = (id: unknown, error: string): NotJudged => ({
    id,
    error,
    decision: 'deny',
    rules: [],
    reason: error,
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (fault) {
    if (!(fault instanceof SyntaxError)) throw fault;
    return refused(null, `line ${number} is not JSON`);
  }
  if (typeof value !== 'object' || value === null)
    return refused(null, `line ${number} is not a JSON object`);
  const { id = null, command, cwd, env }: Partial<Record<keyof Line, unknown>> = value;
  if (typeof command !== 'string') return refused(id, `line ${number} has no "command" that is a string`);
  if (cwd !== undefined && typeof cwd !== 'string')
    return refused(id, `line ${number}: "cwd" is not a string`);
  if (env !== undefined && !isEnvironment(env)) {
    return refused(id, `line ${number}: "env" is not an object of strings`);
  }
  return { id, command, cwd, env };
}

function isEnvironment(value: unknown): value is Record<string, string> {
  return (
    typeof value === 'object' && value !== null && Object.values(value).every(one => typeof one === 'string')
  );
}

function worldOf(cwd: string | undefined, env: World['env']): World {
  if (cwd !== undefined) return realWorld({ cwd, env });
  // A project that nobody knows anything of: where this process happens to stand (in /tmp, say) is no evidence.
  const world = realWorld({ cwd: join(env['HOME'] ?? '/', 'some-project'), env });
  return { ...world, git: () => ({ status: -1, stdout: '' }) };
}
