/**
 * A flagged command's way to a human: grants that were given, the question on this terminal, the request that waits
 * elsewhere, and the level of evidence that its rules and the policy demand. Makes no verdict and writes no log.
 */

import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { boundTo } from '../approvals/bound.js';
import { Breaker } from '../approvals/breaker.js';
import { flaggedCommands } from '../approvals/inside.js';
import { NestedGrants } from '../approvals/nested.js';
import { RequestStore } from '../approvals/store.js';
import { type Covered, coveredBy, subjectOf } from '../approvals/subject.js';
import { SYSTEM, SystemGrants, type SystemPlaces, sudo, systemInForce } from '../approvals/system.js';
import { askingWith } from '../clients/index.js';
import type { Answer, Grant, Waited } from '../gate.js';
import type { Invocation } from '../invocation/invocation.js';
import { locate } from '../locate.js';
import type { Policy, PresenceLevel, Verdict } from '../policy/rule.js';
import type { World } from '../port.js';
import { ask } from '../presence/ask.js';
import { beyond, demandedPresence } from '../presence/level.js';
import { presenceAt } from '../presence/presence.js';
import { ancestorsOf, isAlive, processOf } from '../presence/process.js';
import { headOf, lossInShort, type Question, questionLines, questionOf, withUndo } from '../question.js';
import type { Arrival } from './arrival.js';
import { clientToAsk, leftTo } from './client-prompt.js';
import type { Saver } from './saving.js';
import { waitForAnswer } from './waiting.js';

/** What was looked up for the command so far. */
export interface Known {
  readonly policy: Policy;
  readonly world: World;
  readonly saver: Saver;
  /** SHA-256 of the command's standard input, where it was read. */
  readonly stdin: string | undefined;
}

/** One command's requests and grants. */
export class Approval {
  readonly #arrival: Arrival;
  readonly #known: Known;
  readonly #system: SystemPlaces | undefined;
  readonly #store: RequestStore;
  readonly #nested: NestedGrants;
  readonly #breaker: Breaker;
  #question: Question | undefined;
  #covered: Covered | undefined;
  /** The client's prompt was chosen to ask. */
  #leftToClient = false;

  /** `requests` is the user's own store; the system's is used where H1 is set up. */
  constructor(arrival: Arrival, requests: string, known: Known) {
    this.#arrival = arrival;
    this.#known = known;
    this.#system = systemInForce(process.getuid?.() ?? 0);
    const store = this.#system?.requests ?? requests;
    this.#store = new RequestStore(store, { isAlive });
    this.#nested = new NestedGrants(join(store, 'nested'), isAlive);
    this.#breaker = new Breaker(join(store, 'deeds'));
  }

  /** What a human allowed for exactly this command, by itself or inside another; used up by being taken. */
  takeGrant(verdict: Verdict): Grant | undefined {
    const level = this.#level(verdict);
    // A subject takes hashes of programs and files, which nobody needs where nothing is approved.
    const mayBe = level === 'H0' && this.#store.list('approved').length > 0;
    const given = mayBe ? this.#store.consume(this.#subject(verdict)) : undefined;
    const own = given ?? this.#takeSystemGrant(verdict, level);
    if (own) {
      this.#breaker.resetFor(verdict, this.#agent);
      const reason = level === 'H0' ? 'approved' : `approved (${level})`;
      return { reason, request: own.id, unsaved: level !== 'H0' || given?.unsaved === true };
    }
    if (level > 'H1' || this.#nested.isEmpty) return undefined;
    const flagged = this.#flagged(verdict);
    const known = flagged.filter(command => command !== undefined);
    if (known.length < flagged.length) return undefined;
    // What stands in the user's own store proves no more than H0: root must have let the command around it run.
    const grants = level === 'H1' && this.#system ? new SystemGrants(this.#system.grants) : undefined;
    if (level === 'H1' && !known.every(({ subject }) => grants?.hasInside(subject))) return undefined;
    const taken = this.#nested.take(ancestorsOf(process.pid), known);
    if (taken === undefined) return undefined;
    const where = taken === 'prompted' ? "in the client's own prompt" : 'as part of the command around it';
    return { reason: `approved ${where}`, inside: taken !== 'prompted' };
  }

  /** Lets the flagged commands inside an approved one run without a second question. */
  passOn(verdict: Verdict): void {
    const { inside } = this.#arrival;
    const owner = this.#arrival.owner();
    const flagged = this.#flagged(verdict, one => this.#arrival.isInside(one), inside?.stdin);
    const known = flagged.filter(command => command !== undefined);
    if (!owner || known.length === 0) return;
    this.#nested.give(owner, known, inside?.forMs, this.#leftToClient);
  }

  /** Asks the person here, or says why there is nobody to ask. */
  async ask(verdict: Verdict): Promise<Answer> {
    const { env, agent, mayAsk } = this.#arrival;
    const level = this.#level(verdict);
    if (level > 'H1' || (level === 'H1' && !this.#system)) return { kind: 'beyond', why: beyond(level) };
    const client = level === 'H0' && !this.#system && clientToAsk(this.#arrival, this.#known.policy, verdict);
    if (client && this.lockedBy(verdict) === undefined && this.#store.countPrompt()) {
      this.#leftToClient = true;
      return leftTo(client, this.#asQuestion(verdict));
    }
    if (!mayAsk) return { kind: 'absent', why: `an agent (${agent ?? 'unknown'}) started this command` };
    const presence = presenceAt(env, this.#known.policy.terminals);
    if (!presence.present) return { kind: 'absent', why: presence.why };
    if (!this.#store.countPrompt()) {
      return {
        kind: 'rejected',
        why: 'five questions were asked in ten minutes; guard asks no more for now',
      };
    }
    if (level === 'H1') return this.#askThroughRoot(verdict);
    const question = this.#asQuestion(verdict);
    const answer = await ask({ lines: questionLines(question), answer: question.target });
    if (!answer.approved) return { kind: 'rejected', why: answer.why };
    this.#breaker.resetFor(verdict, this.#agent);
    return { kind: 'approved' };
  }

  lockedBy(verdict: Verdict): string | undefined {
    const locked = this.#breaker.lockedBy(verdict, this.#agent);
    if (!locked) return undefined;
    return `it was tried in ${locked.commands.length} forms, so every form of it is refused until the user has looked: guard pending`;
  }

  countRefusal(verdict: Verdict): readonly string[] {
    const { argv } = this.#covers(verdict);
    const locked = this.#breaker.count(verdict, this.#agent, argv, this.#arrival.shown(verdict));
    return locked.map(({ deed }) => deed);
  }

  /** Leaves a request that a human may approve elsewhere; returns its number. */
  leaveRequest(verdict: Verdict): string {
    const { agent } = this.#arrival;
    const { instead, loss, undo = [] } = this.#asQuestion(verdict);
    const request = this.#store.open({
      covers: this.#covers(verdict),
      loss,
      undo,
      ...(this.#known.saver.hasFailed && { unsaved: true }),
      ...(instead !== undefined && { instead }),
      ...(agent !== undefined && { agent }),
    });
    return request.id;
  }

  /** What a human types to approve the request. */
  howToApprove(verdict: Verdict, request: string): string {
    return this.#level(verdict) === 'H0' && !this.#system
      ? `guard approve ${request}`
      : `sudo ${SYSTEM.program} approve ${request}`;
  }

  /** What would be lost, in one line for the refusal; it was looked up for the question where there was one. */
  lossInShort(verdict: Verdict): string {
    return lossInShort(this.#looked(verdict).loss);
  }

  /** Waits for the answer where the policy says so and the door may. */
  async awaitAnswer(request: string): Promise<Waited> {
    const { wait = 0 } = this.#known.policy;
    const self = processOf(process.pid);
    if (wait === 0 || !this.#arrival.mayWait || !self) return { kind: 'open' };
    return waitForAnswer(request, this.#store, { pid: self.pid, started: self.started }, wait);
  }

  get #agent(): string {
    return this.#arrival.agent ?? '-';
  }

  #level(verdict: Verdict): PresenceLevel {
    return demandedPresence(verdict, this.#known.policy.presence ?? (this.#system ? 'H1' : 'H0'));
  }

  #takeSystemGrant(verdict: Verdict, level: PresenceLevel) {
    if (level > 'H1' || !this.#system) return undefined;
    const grants = new SystemGrants(this.#system.grants);
    const grant = grants.find(this.#subject(verdict));
    return grant && grants.use(grant) ? grant : undefined;
  }

  /** sudo asks for the password, and root puts the question; then the grant is there or it is not. */
  #askThroughRoot(verdict: Verdict): Answer {
    const request = this.leaveRequest(verdict);
    const tty = openSync('/dev/tty', 'r+');
    try {
      spawnSync(sudo(), [SYSTEM.program, 'approve', request], { stdio: [tty, tty, tty] });
    } finally {
      closeSync(tty);
    }
    if (this.takeGrant(verdict)) return { kind: 'approved' };
    this.#store.cancel(request);
    return { kind: 'rejected', why: `it was not approved with sudo` };
  }

  #asQuestion(verdict: Verdict): Question {
    return withUndo(this.#looked(verdict), this.#known.saver.lines(verdict));
  }

  #looked(verdict: Verdict): Question {
    const { policy, world } = this.#known;
    const shown = this.#arrival.shown(verdict);
    this.#question ??= questionOf(verdict, shown, world, askingWith(policy.safety, world));
    return this.#question;
  }

  #subject(verdict: Verdict): string {
    return subjectOf(this.#covers(verdict));
  }

  #covers(verdict: Verdict): Covered {
    if (this.#covered) return this.#covered;
    const { exact, cwd, program, commandEnv: env, shown } = this.#arrival;
    const { policy, world, stdin } = this.#known;
    const inside = this.#flagged(verdict, one => this.#arrival.isInside(one)).flatMap(
      one => one?.subject ?? [],
    );
    this.#covered = coveredBy(
      {
        argv: exact,
        cwd,
        executable: program === undefined ? undefined : locate(program, env['PATH']),
        env,
        stdin,
        rules: verdict.matches.map(match => match.rule.id),
        policy: policy.hash,
        does: boundTo(verdict, world),
        shown: headOf(verdict, shown(verdict)),
        ...(inside.length > 0 && { inside }),
      },
      this.#store.key(),
    );
    return this.#covered;
  }

  #flagged(verdict: Verdict, which?: (invocation: Invocation) => boolean, stdin = this.#known.stdin) {
    const { policy } = this.#known;
    const around = { env: this.#arrival.commandEnv, policy: policy.hash, key: this.#store.key(), stdin };
    return flaggedCommands(verdict, around, which);
  }
}
