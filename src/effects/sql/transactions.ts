/**
 * Which effects of a session last: what a ROLLBACK in the same text takes back does not, provided that everything
 * since its BEGIN was understood and runs unconditionally. Keeps temporary tables' names beside it.
 */

import type { TransactionStmt } from 'libpg-query';
import type { Effect } from '../effect.js';

/** Effects that no ROLLBACK takes back: outside the database, or refused inside a transaction. */
const LASTING =
  /^sql\.(program|file|connection|replication-slot|database|tablespace|subscription|server-setting|statement|value)$/;

interface Entry {
  readonly event: number;
  readonly effect: Effect;
}

export class Transactions {
  #entries: Entry[] = [];
  /** Where the open transaction began, in entries; `undefined` outside one. */
  #start: number | undefined;
  #savepoints: { readonly name: string; readonly start: number }[] = [];
  /** False where some statement may not run, or was not understood. */
  #trusted = true;
  /** Temporary tables that exist now, by bare name. */
  temporaries = new Set<string>();
  #before = new Set<string>();
  #tillCommit = new Set<string>();

  add(event: number, effects: readonly Effect[]): void {
    this.#entries.push(...effects.map(effect => ({ event, effect })));
  }

  /** By event, in order. */
  effects(events: number): readonly (readonly Effect[])[] {
    const found: Effect[][] = Array.from({ length: events }, () => []);
    for (const { event, effect } of this.#entries) found[event]?.push(effect);
    return found;
  }

  /** A new connection. */
  reset(): void {
    this.#start = undefined;
    this.#savepoints = [];
    this.temporaries = new Set();
  }

  /** From here on a statement in the text may not run: no ROLLBACK proves anything. */
  distrust(): void {
    this.#trusted = false;
  }

  addTemporary(name: string, tillCommit: boolean): void {
    if (tillCommit && this.#start === undefined) return; // gone at once
    this.temporaries.add(name);
    if (tillCommit) this.#tillCommit.add(name);
  }

  apply({ kind, savepoint_name: name = '', chain }: TransactionStmt): void {
    switch (kind) {
      case 'TRANS_STMT_BEGIN':
      case 'TRANS_STMT_START':
        if (this.#start === undefined) this.#begin();
        return;
      case 'TRANS_STMT_ROLLBACK':
        if (this.#start !== undefined) this.#undo(this.#start);
        this.#end(chain === true);
        return;
      case 'TRANS_STMT_SAVEPOINT':
        this.#savepoints.push({ name, start: this.#entries.length });
        return;
      case 'TRANS_STMT_ROLLBACK_TO': {
        const savepoint = this.#savepoints.findLast(one => one.name === name);
        if (savepoint && this.#start !== undefined) this.#undo(savepoint.start);
        return;
      }
      case 'TRANS_STMT_RELEASE':
        return;
      default: // COMMIT, END, PREPARE TRANSACTION and its kin
        for (const table of this.#tillCommit) this.temporaries.delete(table);
        this.#end(chain === true);
    }
  }

  #begin(): void {
    this.#start = this.#entries.length;
    this.#savepoints = [];
    this.#before = new Set(this.temporaries);
    this.#tillCommit = new Set();
  }

  #end(chain: boolean): void {
    this.#start = undefined;
    this.#savepoints = [];
    if (chain) this.#begin();
  }

  #undo(start: number): void {
    const undone = this.#entries.slice(start);
    this.temporaries = new Set([...this.temporaries].filter(name => this.#before.has(name)));
    // Something not understood may have been a COMMIT.
    if (!this.#trusted || undone.some(({ effect }) => effect.action === 'unknown')) return;
    this.#entries = [...this.#entries.slice(0, start), ...undone.filter(({ effect }) => isLasting(effect))];
  }
}

function isLasting(effect: Effect): boolean {
  return LASTING.test(effect.resource) || effect.with.includes('dblink=true');
}
