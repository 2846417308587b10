/**
 * The hook that a client calls before each tool: an event on standard input → exit status 0 and silence, 2 with one JSON
 * object on stdout and the reason on stderr, or 0 with an object that has the client ask its user. Whatever cannot be read,
 * judged or recorded is refused, for every client runs what its hook does not refuse.
 */

import { writeSync } from 'node:fs';
import { NestedGrants } from '../approvals/nested.js';
import type { Request } from '../decide.js';
import type { Arrival } from '../door/arrival.js';
import { Judgement } from '../door/judgement.js';
import { explainFault, say } from '../door/say.js';
import { GuardError } from '../errors.js';
import { redactText } from '../invocation/redact.js';
import { placesOf } from '../places.js';
import { isAlive } from '../presence/process.js';
import { refusal } from '../report.js';
import { sha256 } from '../sha256.js';
import { quote, visible } from '../text.js';
import { realWorld } from '../world.js';
import { type Asked, badEvent, type Fields, type HookAdapter } from './adapter.js';
import { clientProcess, sessionIn } from './client.js';
import { editCommands, patchCommand } from './edits.js';
import { parseEvent, readEvent } from './event.js';
import { adapters } from './index.js';

/** Long before the client's own timeout (adapter.ts), after which it would run the command. */
const PATIENCE_MS = 10_000;

/** How long an approved script may take to reach the commands in it that shims ask about. */
const SCRIPT_MS = 5 * 60_000;

/** The exit status that refuses in every client. */
const REFUSED = 2;

/**
 * Answers the event on standard input (or what else `read` gives) for the client of that name; the result is the exit status.
 * Never rejects.
 */
export async function answerHook(
  client: string,
  env: NodeJS.ProcessEnv,
  read = () => readEvent(),
): Promise<number> {
  const adapter = adapters.find(one => one.name === client);
  let reason: string;
  try {
    if (!adapter) throw badEvent(`guard knows no agent called ${visible(client)}`);
    const answer = await withinTime(read().then(bytes => answerTo(adapter, parseEvent(bytes), env)));
    if (answer.kind === 'ask') print(answer.output);
    if (answer.kind !== 'refuse') return 0;
    reason = answer.reason;
  } catch (fault) {
    reason = explainFault(fault);
  }
  print(adapter?.denial(reason) ?? { decision: 'block', reason });
  say(reason);
  return REFUSED;
}

type Reply =
  | { readonly kind: 'pass' }
  | { readonly kind: 'refuse'; readonly reason: string }
  /** The client is to ask its user. */
  | { readonly kind: 'ask'; readonly output: Fields };

async function answerTo(adapter: HookAdapter, event: Fields, env: NodeJS.ProcessEnv): Promise<Reply> {
  const asked = adapter.read(event);
  if (adapter.prompt) withdrawPrompted(env);
  if (asked.kind === 'nothing') return { kind: 'pass' };
  const outcome = await new Judgement(arrivalOf(adapter, event, asked, env)).take();
  if (outcome.run) {
    return adapter.prompt && outcome.question !== undefined
      ? { kind: 'ask', output: adapter.prompt.ask(outcome.question) }
      : { kind: 'pass' };
  }
  return { kind: 'refuse', reason: refusal(outcome.verdict, outcome) };
}

/** The client calls again: see `NestedGrants`. Who it is takes longer to tell than that nothing was given to anybody. */
function withdrawPrompted(env: NodeJS.ProcessEnv): void {
  const grants = new NestedGrants(`${placesOf(env).requests}/nested`, isAlive);
  const owner = grants.isEmpty ? undefined : clientProcess();
  if (owner) grants.withdrawPrompted(owner);
}

type Doing = Exclude<Asked, { readonly kind: 'nothing' }>;

function arrivalOf(adapter: HookAdapter, event: Fields, asked: Doing, env: NodeJS.ProcessEnv): Arrival {
  // Copilot also runs the hooks that a repository brings for Claude.
  const agent = env['COPILOT_CLI'] ? 'copilot' : adapter.name;
  const request = requestOf(asked, env);
  const text = shownText(asked);
  return {
    door: 'hook',
    env,
    commandEnv: env,
    cwd: asked.cwd,
    agent,
    session: `${agent}-${sessionIn(event) ?? process.ppid}`,
    request,
    exact: ['hook', asked.kind, asked.kind === 'script' ? asked.script : JSON.stringify(request)],
    program: undefined,
    // Every client gives its commands an empty standard input.
    input: { read: () => ({ text: '', complete: true }), each: () => 'read', digest: () => sha256('') },
    // A terminal here is the client's own, and whoever answered on it might be the agent.
    mayAsk: false,
    ...(agent === adapter.name && adapter.prompt?.reaches(event, env) && { clientPrompt: adapter.title }),
    // Nor is a hook held: a client that waits too long runs the command.
    mayWait: false,
    shown: () => text,
    owner: clientProcess,
    inside: { forMs: SCRIPT_MS, stdin: sha256('') },
    isInside: () => asked.kind === 'script',
  };
}

function requestOf(asked: Doing, env: NodeJS.ProcessEnv): Request {
  switch (asked.kind) {
    case 'script':
      return { script: asked.script };
    case 'patch':
      return { commands: [patchCommand(asked.patch, asked.cwd)] };
    case 'edits':
      return {
        commands: editCommands(asked.files, asked.cwd, realWorld({ cwd: asked.cwd, env })),
      };
  }
}

function shownText(asked: Doing): string {
  switch (asked.kind) {
    case 'script':
      return visible(redactText(asked.script));
    case 'patch':
      return 'apply_patch';
    case 'edits':
      return visible(asked.files.map(({ path, ...how }) => quote([verb(how), redactText(path)])).join('; '));
  }
}

function verb(how: object): string {
  if ('write' in how) return 'Write';
  return 'remove' in how ? 'rm' : 'Edit';
}

/** What `work` comes to. Its clock starts only where the event loop has to turn for it: most events are judged before. */
async function withinTime<T>(work: Promise<T>): Promise<T> {
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    // A tick that is asked for from within a promise comes behind all promises that are ready.
    Promise.resolve().then(() =>
      process.nextTick(() => {
        if (!isOver) timer = setTimeout(() => reject(tooSlow()), PATIENCE_MS);
      }),
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    isOver = true;
    if (timer !== undefined) clearTimeout(timer);
  }
}

function tooSlow(): GuardError {
  return new GuardError(
    'too-slow',
    `stopped, nothing was run: guard found no answer in ${PATIENCE_MS / 1000} seconds`,
    { hint: 'Run it again. If that happens often, see what is slow with `guard check --explain`.' },
  );
}

function print(denial: Fields): void {
  try {
    writeSync(1, `${JSON.stringify(denial)}\n`);
  } catch (fault) {
    // The client closed its end: the exit status and stderr still refuse.
    if (!(fault instanceof Error)) throw fault;
  }
}
