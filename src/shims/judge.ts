/**
 * The judge that a shim calls before it execs the real program: it takes one command through the gate and answers by
 * exit status alone (0: go on). It never writes to stdout and never makes or changes a verdict.
 */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RequestStore } from '../approvals/store.js';
import { hashFile, subjectDigest } from '../approvals/subject.js';
import { AuditLog } from '../audit/log.js';
import { loadPolicy, readBuiltinPacks } from '../config.js';
import { decide, type Request } from '../decide.js';
import { ExitStatus, GuardError, showPosition } from '../errors.js';
import { type Answer, type GateDoors, gate, type Outcome } from '../gate.js';
import { INPUT_LIMIT } from '../invocation/input.js';
import { redactText } from '../invocation/redact.js';
import { locate } from '../locate.js';
import { type Places, placesOf } from '../places.js';
import type { Policy, Verdict } from '../policy/rule.js';
import type { Content } from '../port.js';
import { ask } from '../presence/ask.js';
import { agentBehind, presenceAt } from '../presence/presence.js';
import { processOf } from '../presence/process.js';
import { type Question, questionLines, questionOf, shownCommand } from '../question.js';
import { refusal } from '../report.js';
import { bufferStdin } from '../run/stdin.js';
import { visible } from '../text.js';
import { realWorld } from '../world.js';

/** How a command came in: `shim` and `exec` bring an argv, `exec-c` one script. */
export interface Arrival {
  readonly door: 'shim' | 'exec' | 'exec-c';
  /** Where standard input may be spooled for the shim. */
  readonly spool: string;
  readonly words: readonly string[];
}

/** Judges one command; the result is the exit status for the shim. Never rejects: a fault is status 125. */
export async function judge(arrival: Arrival, env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const outcome = await new Judgement(arrival, env).take();
    if (outcome.run) return ExitStatus.allowed;
    rmSync(arrival.spool, { force: true });
    say(
      refusal(outcome.verdict, {
        why: outcome.why,
        ...(outcome.request !== undefined && { requestId: outcome.request }),
      }),
    );
    return ExitStatus.refused;
  } catch (fault) {
    say(explainFault(fault));
    return ExitStatus.fault;
  }
}

/** One command's way through the gate, with what is looked up once for it. */
class Judgement {
  readonly #arrival: Arrival;
  readonly #env: NodeJS.ProcessEnv;
  readonly #places: Places;
  readonly #cwd: string;
  readonly #agent: string | undefined;
  readonly #store: RequestStore;
  readonly #log: AuditLog;
  readonly #world: ReturnType<typeof realWorld>;
  #policy: Policy | undefined;
  #stdin: Content | undefined;
  #digest: string | undefined;

  constructor(arrival: Arrival, env: NodeJS.ProcessEnv) {
    this.#arrival = arrival;
    this.#env = env;
    this.#places = placesOf(env);
    this.#cwd = currentDirectory(env);
    this.#agent = agentBehind(env);
    this.#store = new RequestStore(this.#places.requests);
    this.#log = new AuditLog(this.#places.audit, sessionOf(this.#agent));
    this.#world = realWorld({
      cwd: this.#cwd,
      env,
      stdin: () => {
        this.#stdin = bufferStdin(0, arrival.spool, INPUT_LIMIT);
        return this.#stdin;
      },
    });
  }

  take(): Promise<Outcome> {
    const doors: GateDoors = {
      decide: () => this.#decide(),
      record: (kind, verdict, more) => {
        this.#log.append({ ...this.#entry(verdict), kind, ...more });
      },
      recordLost: fault => {
        this.#log.countLost();
        say(`guard: warning: this command is not in the audit log: ${fault.message}`);
      },
      takeGrant: verdict => this.#store.consume(this.#subject(verdict))?.id,
      ask: verdict => this.#ask(verdict),
      leaveRequest: verdict => this.#leaveRequest(verdict),
    };
    return gate(doors);
  }

  async #decide(): Promise<Verdict> {
    const script = dirname(process.argv[1] ?? '');
    const policy = await loadPolicy(this.#places, this.#cwd, readBuiltinPacks(join(script, 'rules.json')));
    for (const fault of policy.faults) say(`guard: ${fault.at}: ${fault.message}`);
    this.#policy = policy;
    return decide(this.#request(), policy, this.#world);
  }

  #request(): Request {
    const { door, words } = this.#arrival;
    if (door === 'exec-c') return { script: words[0] ?? '' };
    // Node turns bytes that are no UTF-8 into U+FFFD: such a word is not known exactly.
    return { argv: words.map(text => ({ text, certain: !text.includes('\ufffd') })) };
  }

  async #ask(verdict: Verdict): Promise<Answer> {
    const presence = presenceAt(this.#env, this.#policy?.terminals ?? []);
    if (!presence.present) return { kind: 'absent', why: presence.why };
    if (!this.#store.countPrompt()) {
      return {
        kind: 'rejected',
        why: 'five questions were asked in ten minutes; guard asks no more for now',
      };
    }
    const question = this.#question(verdict);
    const answer = await ask({ lines: questionLines(question), answer: question.target });
    return answer.approved ? { kind: 'approved' } : { kind: 'rejected', why: answer.why };
  }

  #leaveRequest(verdict: Verdict): string {
    const request = this.#store.open({
      ...this.#question(verdict),
      subject: this.#subject(verdict),
      cwd: visible(this.#cwd),
      ...(this.#agent !== undefined && { agent: this.#agent }),
    });
    return request.id;
  }

  #question(verdict: Verdict): Question {
    return questionOf(verdict, this.#command(verdict), this.#world);
  }

  #command(verdict: Verdict): string {
    const { door, words } = this.#arrival;
    return door === 'exec-c' ? visible(redactText(words[0] ?? '')) : shownCommand(verdict, words);
  }

  #subject(verdict: Verdict): string {
    const { door, words } = this.#arrival;
    this.#digest ??= subjectDigest(
      {
        argv: exactWords(door, words),
        cwd: this.#cwd,
        executable: locate(words[0] ?? '', this.#env['PATH']),
        env: this.#env,
        stdin: this.#stdin && this.#stdinDigest(this.#stdin),
        rules: verdict.matches.map(match => match.rule.id),
        policy: this.#policy?.hash ?? '',
      },
      this.#store.key(),
    );
    return this.#digest;
  }

  /** Of input that was cut for understanding, the whole spool counts. */
  #stdinDigest(content: Content): string {
    if (!content.complete && existsSync(this.#arrival.spool)) return hashFile(this.#arrival.spool);
    return createHash('sha256').update(content.text).digest('hex');
  }

  #entry(verdict: Verdict) {
    return {
      door: this.#arrival.door,
      ...(this.#agent !== undefined && { agent: this.#agent }),
      decision: verdict.decision,
      command: this.#command(verdict),
      cwd: visible(this.#cwd),
      rules: [...new Set(verdict.matches.map(match => match.rule.id))],
      policy: this.#policy?.hash.slice(0, 16) ?? '',
    };
  }
}

/** The words with every byte kept: Linux shows them to the process itself; elsewhere Node's decoding must do. */
function exactWords(door: string, words: readonly string[]): readonly string[] {
  if (process.platform !== 'linux') return [door, ...words];
  const all = readFileSync('/proc/self/cmdline').toString('latin1').split('\0');
  return [door, ...all.slice(-words.length - 1, -1)];
}

/** The terminal session, so that one agent's commands chain; the agent's name keeps two apart. */
function sessionOf(agent: string | undefined): string {
  const session = processOf(process.pid)?.session ?? process.ppid;
  return `${agent ?? 'user'}-${session}`;
}

function currentDirectory(env: NodeJS.ProcessEnv): string {
  try {
    return process.cwd();
  } catch (fault) {
    // The directory was removed under us; relative paths then mean nothing that exists.
    if (fault instanceof Error) return env['PWD'] ?? '/';
    throw fault;
  }
}

function explainFault(fault: unknown): string {
  if (fault instanceof GuardError) {
    const at = showPosition(fault.at);
    return [
      `guard: ${fault.message}${at === '' ? '' : ` (${at})`}`,
      ...(fault.hint ? [`  ${fault.hint}`] : []),
    ].join('\n');
  }
  const message =
    fault instanceof Error ? `${fault.name}: ${visible(redactText(fault.message))}` : 'unknown fault';
  return `guard: the command was refused because guard itself failed: ${message}\n  Repair: install guard again (README, Install), then run \`guard init\`.`;
}

function say(text: string): void {
  try {
    writeSync(2, `${text}\n`);
  } catch (fault) {
    // stderr is closed: there is nobody left to tell, and the exit status still says it.
    if (!(fault instanceof Error)) throw fault;
  }
}
