/**
 * One command's way through the gate, the same for every door: the policy, the world, requests and grants, the log and
 * the question. What differs between doors is an `Arrival`. Never writes to stdout; never makes or changes a verdict.
 */

import { dirname, join } from 'node:path';
import { flaggedCommands } from '../approvals/inside.js';
import { NestedGrants, type Owner } from '../approvals/nested.js';
import { RequestStore } from '../approvals/store.js';
import { type Covered, coveredBy, subjectOf } from '../approvals/subject.js';
import { AuditLog } from '../audit/log.js';
import { loadPolicy, readBuiltinPacks } from '../config.js';
import { decide, type Request } from '../decide.js';
import { type Answer, type GateDoors, type Grant, gate, type Outcome } from '../gate.js';
import type { Invocation } from '../invocation/invocation.js';
import { locate } from '../locate.js';
import { type Places, placesOf } from '../places.js';
import type { Policy, Verdict } from '../policy/rule.js';
import type { Content } from '../port.js';
import { ask } from '../presence/ask.js';
import { presenceAt } from '../presence/presence.js';
import { ancestorsOf, isAlive } from '../presence/process.js';
import { environmentsIn, headOf, type Question, questionLines, questionOf } from '../question.js';
import { visible } from '../text.js';
import { loadGit, realWorld } from '../world.js';
import { say } from './say.js';

/** A command as its door brings it. */
export interface Arrival {
  /** The door's name in the log. */
  readonly door: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the command would run. */
  readonly cwd: string;
  readonly agent: string | undefined;
  /** Whose records are chained: see `sessionOf`. */
  readonly session: string;
  readonly request: Request;
  /** All that was asked, every byte kept: what an approval covers. */
  readonly exact: readonly string[];
  /** The program that would run, as it was named; none for a script. */
  readonly program: string | undefined;
  /** The command's standard input, where the door can read it. */
  readonly input?: Input;
  /** A person may be asked on the terminal of this process. */
  readonly mayAsk: boolean;
  /** The command for people, secrets removed. */
  shown(verdict: Verdict): string;
  /** The process below which what an approved command holds runs without a second question. */
  owner(): Owner | undefined;
  /** Is this flagged command one inside the approved one, to be met at a shim? */
  isInside(invocation: Invocation): boolean;
}

interface Input {
  read(): Content | undefined;
  /** SHA-256 of all of it. */
  digest(content: Content): string;
}

/** One command's way through the gate, with what is looked up once for it. */
export class Judgement {
  readonly #arrival: Arrival;
  readonly #places: Places;
  readonly #store: RequestStore;
  readonly #nested: NestedGrants;
  readonly #log: AuditLog;
  readonly #world: ReturnType<typeof realWorld>;
  #policy: Policy | undefined;
  #stdin: Content | undefined;
  #question: Question | undefined;
  #covered: Covered | undefined;

  constructor(arrival: Arrival) {
    const { env, cwd, input } = arrival;
    this.#arrival = arrival;
    this.#places = placesOf(env);
    this.#store = new RequestStore(this.#places.requests, { isAlive });
    this.#nested = new NestedGrants(join(this.#places.requests, 'nested'), isAlive);
    this.#log = new AuditLog(this.#places.audit, arrival.session);
    this.#world = realWorld({
      cwd,
      env,
      stdin: () => {
        this.#stdin = input?.read();
        return this.#stdin;
      },
    });
  }

  /** Takes the command through the gate. Rejects only where guard itself failed. */
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
      this.#arrival.cwd,
      readBuiltinPacks(join(script, 'rules-judge.json')),
    );
    for (const fault of policy.faults) say(`guard: ${fault.at}: ${fault.message}`);
    this.#policy = policy;
    const verdict = await decide(this.#arrival.request, policy, this.#world);
    // What would be lost is looked up next, outside decide().
    if (verdict.decision !== 'allow') await loadGit();
    return verdict;
  }

  #takeGrant(verdict: Verdict): Grant | undefined {
    const own = this.#store.consume(subjectOf(this.#covers(verdict)));
    if (own) return { reason: 'approved', request: own.id };
    const flagged = this.#flagged(verdict);
    const known = flagged.filter(command => command !== undefined);
    if (known.length < flagged.length || !this.#nested.take(ancestorsOf(process.pid), known))
      return undefined;
    return { reason: 'approved as part of the command around it' };
  }

  #passOn(verdict: Verdict): void {
    const owner = this.#arrival.owner();
    const inside = this.#flagged(verdict, one => this.#arrival.isInside(one));
    const known = inside.filter(command => command !== undefined);
    if (owner && known.length > 0) this.#nested.give(owner, known);
  }

  #flagged(verdict: Verdict, which?: (invocation: Invocation) => boolean) {
    const { env } = this.#arrival;
    const around = {
      env,
      policy: this.#policy?.hash ?? '',
      key: this.#store.key(),
      stdin: this.#stdinDigest(),
    };
    return flaggedCommands(verdict, around, which);
  }

  async #ask(verdict: Verdict): Promise<Answer> {
    const { env, agent, mayAsk } = this.#arrival;
    if (!mayAsk) return { kind: 'absent', why: `an agent (${agent ?? 'unknown'}) started this command` };
    const presence = presenceAt(env, this.#policy?.terminals ?? []);
    if (!presence.present) return { kind: 'absent', why: presence.why };
    if (!this.#store.countPrompt()) {
      return {
        kind: 'rejected',
        why: 'five questions were asked in ten minutes; guard asks no more for now',
      };
    }
    const question = this.#asQuestion(verdict);
    const answer = await ask({ lines: questionLines(question), answer: question.target });
    return answer.approved ? { kind: 'approved' } : { kind: 'rejected', why: answer.why };
  }

  #leaveRequest(verdict: Verdict): string {
    const { agent } = this.#arrival;
    const { instead, loss } = this.#asQuestion(verdict);
    const request = this.#store.open({
      covers: this.#covers(verdict),
      loss,
      ...(instead !== undefined && { instead }),
      ...(agent !== undefined && { agent }),
    });
    return request.id;
  }

  #asQuestion(verdict: Verdict): Question {
    this.#question ??= questionOf(verdict, this.#arrival.shown(verdict), this.#world);
    return this.#question;
  }

  #covers(verdict: Verdict): Covered {
    const { exact, cwd, program, env } = this.#arrival;
    this.#covered ??= coveredBy(
      {
        argv: exact,
        cwd,
        executable: program === undefined ? undefined : locate(program, env['PATH']),
        env,
        stdin: this.#stdinDigest(),
        rules: verdict.matches.map(match => match.rule.id),
        policy: this.#policy?.hash ?? '',
        shown: headOf(verdict, this.#arrival.shown(verdict)),
      },
      this.#store.key(),
    );
    return this.#covered;
  }

  #stdinDigest(): string | undefined {
    return this.#stdin && this.#arrival.input?.digest(this.#stdin);
  }

  #entry(verdict: Verdict) {
    const { door, agent, cwd } = this.#arrival;
    const environment = environmentsIn(verdict.matches);
    return {
      door,
      ...(agent !== undefined && { agent }),
      decision: verdict.decision,
      command: this.#arrival.shown(verdict),
      cwd: visible(cwd),
      rules: [...new Set(verdict.matches.map(match => match.rule.id))],
      ...(environment !== '' && { environment }),
      policy: this.#policy?.hash.slice(0, 16) ?? '',
    };
  }
}
