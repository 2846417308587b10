/**
 * The circuit breaker: an agent that was refused the same deed in three forms is refused every form of it until a person
 * has looked. It only ever refuses; a deed is an action on a resource with a target, and whose attempt it was.
 */

import { createHash } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomic } from '../durable.js';
import { isMissing } from '../errors.js';
import type { Invocation } from '../invocation/invocation.js';
import { redactPart } from '../invocation/redact.js';
import { type Match, strictestOf, type Verdict } from '../policy/rule.js';
import { inShort, visible } from '../text.js';
import { objectIn, StateFiles } from './files.js';

const FORMS = 3;
const WINDOW_MS = 60 * 60_000;
const MAX_DEED = 200;
/** Of a command that would do more, the first count: each is a file. */
const MAX_DEEDS = 16;
/** Of one deed, by what is forbidden anyway and so never locked out. */
const MAX_FORMS = 8;
const MAX_COMMAND = 400;
/** Deeds that are remembered; of more, the oldest go, those that are locked last. */
const MAX_KEPT = 1_024;
/** So many over it before they are looked through. */
const SLACK = 64;

/** A deed that is refused in every form. */
export interface LockedDeed {
  readonly id: string;
  readonly agent: string;
  /** What would be done, for people: `delete sql.table users`. */
  readonly deed: string;
  /** The forms that were tried, secrets removed, oldest first. */
  readonly commands: readonly string[];
}

interface Attempt {
  readonly deed: string;
  readonly agent: string;
  readonly command: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Attempts and locked deeds of one user, a directory each. */
export class Breaker {
  readonly #root: string;
  readonly #now: () => number;

  constructor(root: string, now: () => number = Date.now) {
    this.#root = root;
    this.#now = now;
  }

  /** Notes a refused attempt in the form `form` (a digest); the deeds that this locks. */
  count(verdict: Verdict, agent: string, form: string, command: string): readonly LockedDeed[] {
    this.#forgetMany();
    const shortened = inShort(command, MAX_COMMAND);
    return deedsRefused(verdict).flatMap(deed => {
      const id = idOf(agent, deed);
      this.#forgetOld(id);
      const before = this.#attempts(id).length;
      if (before >= MAX_FORMS) return [];
      const attempt: Attempt = { deed, agent, command: shortened, at: this.#now() };
      writeAtomic(join(this.#root, id, `${form.slice(0, 16)}.json`), JSON.stringify(attempt));
      const attempts = this.#attempts(id);
      return attempts.length >= FORMS && before < FORMS ? [asLocked(id, attempts)] : [];
    });
  }

  /** The locked deed that a stopped command would do, if any. What no rule stops is never locked. */
  lockedBy(verdict: Verdict, agent: string): LockedDeed | undefined {
    const ids = deedsRefused(verdict).map(deed => idOf(agent, deed));
    return this.#lockedAmong(ids);
  }

  #lockedAmong(ids: readonly string[]): LockedDeed | undefined {
    const known = new Set(this.#names());
    for (const id of ids.filter(one => known.has(one))) {
      const attempts = this.#attempts(id);
      if (attempts.length >= FORMS) return asLocked(id, attempts);
    }
    return undefined;
  }

  locked(): readonly LockedDeed[] {
    return this.#names().flatMap(id => {
      const attempts = this.#attempts(id);
      return attempts.length >= FORMS ? [asLocked(id, attempts)] : [];
    });
  }

  /** A person has looked: the deed's attempts are forgotten. False where there are none. */
  reset(id: string): boolean {
    if (!this.#names().includes(id)) return false;
    rmSync(join(this.#root, id), { recursive: true, force: true });
    return true;
  }

  /** A person approved it, and so has looked at every deed in it. */
  resetFor(verdict: Verdict, agent: string): void {
    for (const deed of deedsRefused(verdict)) this.reset(idOf(agent, deed));
  }

  #forgetOld(id: string): void {
    const attempts = this.#attempts(id);
    if (attempts.length >= FORMS) return;
    if (attempts.some(({ at }) => at < this.#now() - WINDOW_MS)) this.reset(id);
  }

  #forgetMany(): void {
    const names = this.#names();
    if (names.length <= MAX_KEPT + SLACK) return;
    const deeds = names.flatMap(id => {
      const stats = statSync(join(this.#root, id), { throwIfNoEntry: false });
      return stats ? [{ id, isLocked: this.#attempts(id).length >= FORMS, at: stats.mtimeMs }] : [];
    });
    const oldest = deeds.toSorted((a, b) => Number(a.isLocked) - Number(b.isLocked) || a.at - b.at);
    for (const { id } of oldest.slice(0, -MAX_KEPT)) this.reset(id);
  }

  #attempts(id: string): readonly Attempt[] {
    const attempts = new StateFiles(this.#root).read(id).flatMap(([, text]) => parse(text) ?? []);
    return attempts.toSorted((a, b) => a.at - b.at);
  }

  #names(): readonly string[] {
    try {
      return readdirSync(this.#root).filter(name => /^[0-9A-F]{8}$/.test(name));
    } catch (fault) {
      if (isMissing(fault)) return [];
      throw fault;
    }
  }
}

/** What the matches that stopped it would do. One without a named target could be anything, and locks nothing. The first of many. */
function deedsRefused(verdict: Verdict): readonly string[] {
  const deeds = new Set<string>();
  for (const match of strictestOf(verdict)) {
    const deed = deeds.size < MAX_DEEDS ? deedOf(match) : undefined;
    if (deed !== undefined) deeds.add(deed);
  }
  return [...deeds];
}

function deedOf({ effect, rule, invocation }: Match): string | undefined {
  if (effect) {
    const { action, resource, target, host } = effect;
    if (target === '' || action === 'unknown') return undefined;
    return shown(invocation, `${action} ${resource} ${target}${host === '' ? '' : ` on ${host}`}`);
  }
  // A rule that names a command form: the same rule on the same operands.
  return shown(invocation, `${rule.id} ${invocation.operands.map(word => word.text).join(' ')}`.trim());
}

function shown(invocation: Invocation, text: string): string {
  return visible(redactPart(invocation, text)).slice(0, MAX_DEED);
}

function idOf(agent: string, deed: string): string {
  const digest = createHash('sha256').update(JSON.stringify([agent, deed]));
  return digest.digest('hex').slice(0, 8).toUpperCase();
}

function asLocked(id: string, attempts: readonly Attempt[]): LockedDeed {
  const { deed = '', agent = '' } = attempts[0] ?? {};
  return { id, agent, deed, commands: attempts.map(({ command }) => command) };
}

function parse(text: string): Attempt | undefined {
  const value = objectIn(text);
  if (!value) return undefined;
  const { deed, agent, command, at } = value;
  if (typeof deed !== 'string' || typeof agent !== 'string' || typeof command !== 'string') return undefined;
  return typeof at === 'number' ? { deed, agent, command, at } : undefined;
}
