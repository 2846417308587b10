/**
 * What a command would take, saved before it runs: the plan for the question, the snapshot for the record. Judges
 * nothing; what cannot be saved is a sentence, not a verdict.
 */

import { GuardError } from '../errors.js';
import type { Saving } from '../gate.js';
import type { Policy, Verdict } from '../policy/rule.js';
import type { World } from '../port.js';
import { environmentsIn } from '../question.js';
import { visible } from '../text.js';
import { isLocalWork } from '../undo/local.js';
import { type Plan, planOf, retentionOf } from '../undo/plan.js';
import { type About, SnapshotStore } from '../undo/store.js';
import { say } from './say.js';

/** Snapshots for one command: planned once, taken when it may run. */
export class Saver {
  readonly #store: SnapshotStore;
  readonly #world: World;
  readonly #policy: Policy | undefined;
  readonly #isTidied: () => boolean;
  #plan: Plan | undefined;
  #failed: string | undefined;

  constructor(
    directory: string,
    world: World,
    policy: Policy | undefined,
    isTidied: () => boolean = () => false,
  ) {
    this.#store = new SnapshotStore(directory);
    this.#world = world;
    this.#policy = policy;
    this.#isTidied = isTidied;
  }

  /**
   * May it run without a question, once it is saved? The person's own policy says so, or a program that brings it back by
   * itself started it; and all of it can be saved.
   */
  mayReplaceQuestion(verdict: Verdict): boolean {
    if (this.#policy?.presence !== undefined || environmentsIn(verdict.matches) !== '') return false;
    if (!isLocalWork(verdict, this.#world)) return false;
    if (this.#policy?.safety?.local !== 'snapshot' && !this.#isTidied()) return false;
    return this.#planned(verdict).whole;
  }

  /** Saving was tried, and could not be done. */
  get hasFailed(): boolean {
    return this.#failed !== undefined;
  }

  /** What guard saves first and what it cannot undo, in sentences for the question. */
  lines(verdict: Verdict): readonly string[] {
    if (this.#failed === undefined) return this.#planned(verdict).lines;
    return [`guard cannot save this first: ${visible(this.#failed)}. What is lost is lost.`];
  }

  #planned(verdict: Verdict): Plan {
    this.#plan ??= planOf(verdict, this.#world, retentionOf(this.#policy?.safety).one, this.#policy?.safety);
    return this.#plan;
  }

  /** Takes the snapshot and says its number, unless told to be quiet, or where a program reads what git says. */
  save(verdict: Verdict, { command, cwd, agent, rules }: About, quiet: boolean): Saving {
    const quietly = quiet || this.#isTidied();
    const { items } = this.#planned(verdict);
    if (items.length === 0) return { kind: 'none' };
    try {
      const retention = retentionOf(this.#policy?.safety);
      const about = { command, cwd, rules, ...(agent !== undefined && { agent }) };
      const { id, items: saved } = this.#store.take(items, about, retention, this.#world.env);
      const left = saved.flatMap(item => item.left);
      if (!quietly) say(`guard: what this takes is saved; to get it back: guard undo ${id}`);
      if (left.length > 0 && !quietly) say(`guard: not saved: ${left.slice(0, 3).join('; ')}`);
      return { kind: 'saved', id };
    } catch (fault) {
      if (!(fault instanceof GuardError) || fault.code !== 'not-saved') throw fault;
      this.#failed = fault.message;
      say(`guard: what this takes cannot be saved first: ${visible(fault.message)}`);
      return { kind: 'failed', why: fault.message };
    }
  }
}
