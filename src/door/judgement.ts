/**
 * One command's way through the gate, the same for every door: the policy, the world, the way to a human and the log.
 * What differs between doors is an `Arrival`. Never writes to stdout; never makes or changes a verdict.
 */

import { dirname } from 'node:path';
import { systemAnchor } from '../audit/anchor.js';
import type { AuditRecord } from '../audit/entry.js';
import { AuditLog } from '../audit/log.js';
import { repositoryAround } from '../audit/repository.js';
import { decide } from '../decide.js';
import { type GateDoors, gate, type Outcome } from '../gate.js';
import { asSentence, asTamper, watchFiles } from '../integrity/watch.js';
import { type Places, placesOf } from '../places.js';
import { policyFor } from '../policy/agents.js';
import type { Policy, Verdict } from '../policy/rule.js';
import { environmentsIn } from '../question.js';
import { loadSubprocess } from '../subprocess.js';
import { visible } from '../text.js';
import { realWorld } from '../world.js';
import { Approval } from './approval.js';
import type { Arrival } from './arrival.js';
import { loadCompiledPolicy } from './policy.js';
import { Saver } from './saving.js';
import { say } from './say.js';
import { tamperIn } from './tamper.js';

/** One command's way through the gate, with what is looked up once for it. */
export class Judgement {
  readonly #arrival: Arrival;
  readonly #places: Places;
  readonly #log: AuditLog;
  readonly #world: ReturnType<typeof realWorld>;
  #policy: Policy | undefined;
  #hasReadInput = false;
  #approval: Approval | undefined;
  #intent: AuditRecord | undefined;
  #saver: Saver | undefined;

  constructor(arrival: Arrival) {
    const { env, cwd, input } = arrival;
    this.#arrival = arrival;
    this.#places = placesOf(env);
    this.#log = new AuditLog(this.#places.audit, arrival.session, systemAnchor);
    this.#world = realWorld({
      cwd,
      env,
      stdin: {
        read: () => {
          this.#hasReadInput = true;
          return input?.read();
        },
        each: take => {
          this.#hasReadInput = true;
          return input?.each(take) ?? 'terminal';
        },
      },
    });
  }

  /** Takes the command through the gate. Rejects only where guard itself failed. */
  async take(): Promise<Outcome & { readonly approveWith?: string; readonly loss?: string }> {
    const doors: GateDoors = {
      decide: () => this.#decide(),
      record: (kind, verdict, more) => {
        const record = this.#log.append({ ...this.#entry(verdict), kind, ...more });
        if (kind === 'intent' && verdict.decision !== 'allow') this.#intent = record;
      },
      recordLost: fault => {
        this.#log.countLost();
        say(`guard: warning: this command is not in the audit log: ${fault.message}`);
      },
      takeGrant: verdict => this.#human.takeGrant(verdict),
      passOn: verdict => this.#human.passOn(verdict),
      ask: verdict => this.#human.ask(verdict),
      lockedBy: verdict => this.#human.lockedBy(verdict),
      countRefusal: verdict => this.#human.countRefusal(verdict),
      leaveRequest: verdict => this.#human.leaveRequest(verdict),
      awaitAnswer: request => this.#human.awaitAnswer(request),
      mayRunSaved: verdict => this.#saving.mayReplaceQuestion(verdict),
      // A hook that lets a command pass says nothing; the log and `guard undo` name the snapshot.
      save: (verdict, quietly = false) =>
        this.#saving.save(verdict, this.#entry(verdict), quietly || this.#arrival.door === 'hook'),
    };
    const outcome = await gate(doors);
    // Whoever seals the log looks after guard's files as well: one command in half a minute.
    if (this.#log.hasSealed) this.#watchFiles();
    if (outcome.run) return outcome;
    const { verdict, request } = outcome;
    const loss = this.#human.lossInShort(verdict);
    if (request === undefined) return { ...outcome, loss };
    return { ...outcome, loss, approveWith: this.#human.howToApprove(verdict, request) };
  }

  async #decide(): Promise<Verdict> {
    const script = dirname(process.argv[1] ?? '');
    const policy = await loadCompiledPolicy(this.#places, this.#arrival.cwd, script);
    for (const fault of policy.faults) say(`guard: ${visible(fault.at)}: ${visible(fault.message)}`);
    this.#policy = policyFor(policy, this.#arrival.agent);
    const verdict = await decide(this.#arrival.request, this.#policy, this.#world);
    // What would be lost is looked up next, outside decide().
    if (verdict.decision !== 'allow') await loadSubprocess();
    return verdict;
  }

  #watchFiles(): void {
    const { agent, cwd } = this.#arrival;
    watchFiles(this.#places, found => {
      say(asSentence(found, this.#places.home));
      this.#log.append({
        kind: 'tamper',
        door: 'guard',
        ...(agent !== undefined && { agent }),
        command: '',
        cwd: visible(cwd),
        rules: [],
        reason: 'files of guard are not as guard left them',
        tamper: asTamper(found),
      });
    });
  }

  /** The record of a flagged command that may start; how it ends is worth a record too. */
  get intent(): AuditRecord | undefined {
    return this.#intent;
  }

  /** Only a flagged command needs the way to a human. */
  get #human(): Approval {
    this.#approval ??= new Approval(this.#arrival, this.#places.requests, {
      policy: this.#policy!,
      world: this.#world,
      saver: this.#saving,
      stdin: this.#hasReadInput ? this.#arrival.input?.digest() : undefined,
    });
    return this.#approval;
  }

  get #saving(): Saver {
    this.#saver ??= new Saver(this.#places.undo, this.#world, this.#policy, this.#arrival.isTidied);
    return this.#saver;
  }

  #entry(verdict: Verdict) {
    const { door, agent, cwd } = this.#arrival;
    const environment = environmentsIn(verdict.matches);
    const tamper = tamperIn(verdict);
    const repo = repositoryAround(cwd);
    return {
      door,
      ...(agent !== undefined && { agent }),
      decision: verdict.decision,
      command: this.#arrival.shown(verdict),
      cwd: visible(cwd),
      ...(repo !== undefined && { repo: visible(repo) }),
      rules: [...new Set(verdict.matches.map(match => match.rule.id))],
      ...(environment !== '' && { environment }),
      policy: this.#policy?.hash.slice(0, 16) ?? '',
      ...(tamper.length > 0 && { tamper }),
    };
  }
}
