/**
 * One command, one decision: what a person approved as a whole (a script, `env git push --force`) lets each flagged
 * command inside it run once more without a question, when its own shim asks, and only below the approved process (from
 * a hook: below the agent's client, for a while).
 * Each is a file, and taking it one unlink, so that of many racing processes one wins. Decides nothing else.
 */

import { randomBytes } from 'node:crypto';
import { readdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomic } from '../durable.js';
import { isMissing } from '../errors.js';
import { textAt } from '../unblocked.js';
import { isMoment, isOver, type Moment, moment } from './clock.js';
import { objectIn } from './files.js';

/** A process; `started` keeps a later one of the same number apart. */
export interface Owner {
  readonly pid: number;
  readonly started: string;
}

/** Each is a file; what is over it is asked about at its own shim. */
const MAX_GIVEN = 1_024;

/** One flagged command. */
export interface NestedCommand {
  /** The digest of argv, directory, environment, program, files, rules and policy. */
  readonly subject: string;
  /** The same without the environment. */
  readonly bare: string;
  /** Keyed hashes of the variables that matter, as the command sees them. */
  readonly environment: Hashes;
  /** Those of them that the command's own script sets; `null` where it removes one. */
  readonly assigned: Hashes;
  /** SHA-256 of its standard input; `undefined` where it is not known or was not read. */
  readonly stdin: string | undefined;
}

type Hashes = Readonly<Record<string, string | null>>;

/**
 * What a hook lets run. It is gone before the command starts, so the owner is the agent's client, which lives on: hence
 * a time, by two clocks. And it does not see the environment that the client will give the command: what
 * the script sets is compared, the rest is not.
 */
interface BareGrant extends Owner {
  readonly given: Moment;
  readonly forMs: number;
  readonly bare: string;
  readonly assigned: Hashes;
  readonly stdin: string | undefined;
  /** The client's own prompt asks, and nobody tells guard the answer: good until the client's next call. */
  readonly prompted: boolean;
}

interface WholeGrant extends Owner {
  readonly subject: string;
  readonly stdin: string | undefined;
}

type NestedGrant = BareGrant | WholeGrant;

/** The commands that may still run inside approved ones. */
export class NestedGrants {
  readonly #directory: string;
  readonly #isAlive: (owner: Owner) => boolean;
  readonly #now: () => Moment;

  constructor(directory: string, isAlive: (owner: Owner) => boolean, now: () => Moment = moment) {
    this.#directory = directory;
    this.#isAlive = isAlive;
    this.#now = now;
  }

  /** Lets the commands run below `owner`, each once; from a hook, for a time. `prompted`: see `withdrawPrompted`. */
  give({ pid, started }: Owner, commands: readonly NestedCommand[], forMs?: number, prompted = false): void {
    this.#sweep();
    for (const { subject, bare, assigned, stdin } of commands.slice(0, MAX_GIVEN)) {
      const grant: NestedGrant =
        forMs === undefined
          ? { pid, started, subject, stdin }
          : { pid, started, given: this.#now(), forMs, bare, assigned, stdin, prompted };
      const name = `${pid}-${randomBytes(8).toString('hex')}.json`;
      writeAtomic(join(this.#directory, name), JSON.stringify(grant));
    }
  }

  /** True where nothing is given to anybody, so that nobody need work out what they would take. */
  get isEmpty(): boolean {
    return !this.#names().some(isGrantFile);
  }

  /**
   * Takes a grant for every one of the commands, or none, which is `undefined`; says who was asked, guard's question or
   * (`prompted`) the client's. `ancestors` are the processes that they run below.
   */
  take(ancestors: readonly Owner[], commands: readonly NestedCommand[]): 'approved' | 'prompted' | undefined {
    const given = this.#read().filter(({ grant }) =>
      ancestors.some(one => one.pid === grant.pid && one.started === grant.started),
    );
    const taken = new Map<string, NestedGrant>();
    for (const command of commands) {
      const found = given.find(
        ({ name, grant }) => !taken.has(name) && !this.#isOver(grant) && covers(grant, command),
      );
      if (!found) return undefined;
      taken.set(found.name, found.grant);
    }
    if (taken.size === 0 || ![...taken.keys()].every(name => this.#remove(name))) return undefined;
    return [...taken.values()].some(isPrompted) ? 'prompted' : 'approved';
  }

  /** The client calls again, so its prompt was answered: whatever a yes left unused, or a no left, is over. */
  withdrawPrompted({ pid, started }: Owner): void {
    for (const { name, grant } of this.#read()) {
      if (isPrompted(grant) && grant.pid === pid && grant.started === started) this.#remove(name);
    }
  }

  #sweep(): void {
    for (const { name, grant } of this.#read()) {
      if (!this.#isAlive(grant) || this.#isOver(grant)) this.#remove(name);
    }
  }

  #isOver(grant: NestedGrant): boolean {
    return 'given' in grant && isOver(grant.given, grant.forMs, this.#now());
  }

  #read(): readonly { readonly name: string; readonly grant: NestedGrant }[] {
    return this.#names().flatMap(name => {
      if (!isGrantFile(name)) return [];
      const text = unlessMissing(() => textAt(join(this.#directory, name)), '');
      const grant = parse(text);
      return grant ? [{ name, grant }] : [];
    });
  }

  #names(): readonly string[] {
    return unlessMissing(() => readdirSync(this.#directory), []);
  }

  #remove(name: string): boolean {
    return unlessMissing(() => {
      unlinkSync(join(this.#directory, name));
      return true;
    }, false);
  }
}

function isGrantFile(name: string): boolean {
  return name.endsWith('.json');
}

function isPrompted(grant: NestedGrant): boolean {
  return 'prompted' in grant && grant.prompted;
}

/** Input that the shim read must be what was approved; what it had no need to read decides nothing. */
function covers(grant: NestedGrant, command: NestedCommand): boolean {
  if (command.stdin !== undefined && command.stdin !== grant.stdin) return false;
  if ('subject' in grant) return grant.subject === command.subject;
  const isSet = ([name, hash]: [string, string | null]) => (command.environment[name] ?? null) === hash;
  return grant.bare === command.bare && Object.entries(grant.assigned).every(isSet);
}

function parse(text: string): NestedGrant | undefined {
  const value = objectIn(text);
  if (!value) return undefined;
  const { pid, started, given, forMs, bare, assigned, subject, prompted } = value;
  if (typeof pid !== 'number' || typeof started !== 'string') return undefined;
  const stdin = typeof value['stdin'] === 'string' ? value['stdin'] : undefined;
  if (typeof subject === 'string') return { pid, started, subject, stdin };
  if (!isMoment(given) || typeof forMs !== 'number') return undefined;
  if (typeof bare !== 'string' || !isHashes(assigned)) return undefined;
  return { pid, started, given, forMs, bare, assigned, stdin, prompted: prompted === true };
}

function isHashes(value: unknown): value is Hashes {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every(hash => hash === null || typeof hash === 'string')
  );
}

function unlessMissing<T>(action: () => T, otherwise: T): T {
  try {
    return action();
  } catch (fault) {
    if (isMissing(fault)) return otherwise;
    throw fault;
  }
}
