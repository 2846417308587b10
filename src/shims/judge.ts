/**
 * The judge that a shim calls before it execs the real program: it takes one command through the gate and answers by
 * exit status alone (0: go on). It never writes to stdout and never makes or changes a verdict.
 */

import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { flaggedCommands } from '../approvals/inside.js';
import { NestedGrants } from '../approvals/nested.js';
import { RequestStore } from '../approvals/store.js';
import { hashFile, subjectDigest } from '../approvals/subject.js';
import { AuditLog } from '../audit/log.js';
import { loadPolicy, readBuiltinPacks } from '../config.js';
import { decide, type Request } from '../decide.js';
import { ExitStatus } from '../errors.js';
import { type Answer, type GateDoors, type Grant, gate, type Outcome } from '../gate.js';
import { INPUT_LIMIT } from '../invocation/input.js';
import type { Invocation } from '../invocation/invocation.js';
import { redactText } from '../invocation/redact.js';
import { locate } from '../locate.js';
import { type Places, placesOf } from '../places.js';
import type { Policy, Verdict } from '../policy/rule.js';
import type { Content } from '../port.js';
import { ask } from '../presence/ask.js';
import { agentBehind, presenceAt } from '../presence/presence.js';
import { ancestorsOf, processOf } from '../presence/process.js';
import { type Question, questionLines, questionOf, shownCommand } from '../question.js';
import { refusal } from '../report.js';
import { bufferStdin } from '../run/stdin.js';
import { visible } from '../text.js';
import { loadGit, realWorld } from '../world.js';
import { currentDirectory, exactWords, sessionOf } from './own-process.js';
import { explainFault, say } from './say.js';

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
  readonly #nested: NestedGrants;
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
    this.#nested = new NestedGrants(
      join(this.#places.requests, 'nested'),
      ({ pid, started }) => processOf(pid)?.started === started,
    );
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
      takeGrant: verdict => this.#takeGrant(verdict),
      passOn: verdict => this.#passOn(verdict),
      ask: verdict => this.#ask(verdict),
      leaveRequest: verdict => this.#leaveRequest(verdict),
    };
    return gate(doors);
  }

  async #decide(): Promise<Verdict> {
    const script = dirname(process.argv[1] ?? '');
    const policy = await loadPolicy(
      this.#places,
      this.#cwd,
      readBuiltinPacks(join(script, 'rules-judge.json')),
    );
    for (const fault of policy.faults) say(`guard: ${fault.at}: ${fault.message}`);
    this.#policy = policy;
    const verdict = await decide(this.#request(), policy, this.#world);
    // What would be lost is looked up next, outside decide().
    if (verdict.decision !== 'allow') await loadGit();
    return verdict;
  }

  #request(): Request {
    const { door, words } = this.#arrival;
    if (door === 'exec-c') return { script: words[0] ?? '' };
    // Node turns bytes that are no UTF-8 into U+FFFD: such a word is not known exactly.
    return { argv: words.map(text => ({ text, certain: !text.includes('\ufffd') })) };
  }

  #takeGrant(verdict: Verdict): Grant | undefined {
    const own = this.#store.consume(this.#subject(verdict));
    if (own) return { reason: 'approved', request: own.id };
    const flagged = this.#flagged(verdict);
    const known = flagged.filter(command => command !== undefined);
    if (known.length < flagged.length || !this.#nested.take(ancestorsOf(process.pid), known))
      return undefined;
    return { reason: 'approved as part of the command around it' };
  }

  /** The shim becomes the real program, so what is allowed inside it is bound to the shim's process. */
  #passOn(verdict: Verdict): void {
    const owner = processOf(process.ppid);
    const inside = this.#flagged(verdict, one => one.via.length > 0 || this.#arrival.door === 'exec-c');
    const known = inside.filter(command => command !== undefined);
    if (owner && known.length > 0) this.#nested.give(owner, known);
  }

  #flagged(verdict: Verdict, which?: (invocation: Invocation) => boolean) {
    const stdin = this.#stdin && this.#stdinDigest(this.#stdin);
    const around = { env: this.#env, policy: this.#policy?.hash ?? '', key: this.#store.key(), stdin };
    return flaggedCommands(verdict, around, which);
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
