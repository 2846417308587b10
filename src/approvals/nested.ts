/**
 * One command, one decision: what a person approved as a whole (a script, `env git push --force`) lets each flagged
 * command inside it run once more without a question, when its own shim asks, and only below the approved process.
 * Each is a file, and taking it one unlink, so that of many racing processes one wins. Decides nothing else.
 */

import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomic } from '../durable.js';

/** A process; `started` keeps a later one of the same number apart. */
export interface Owner {
  readonly pid: number;
  readonly started: string;
}

/** One flagged command. */
export interface NestedCommand {
  /** The digest of argv, directory, environment, program, files, rules and policy. */
  readonly subject: string;
  /** SHA-256 of its standard input; `undefined` where it is not known or was not read. */
  readonly stdin: string | undefined;
}

/** The commands that may still run inside approved ones. */
export class NestedGrants {
  readonly #directory: string;
  readonly #isAlive: (owner: Owner) => boolean;

  constructor(directory: string, isAlive: (owner: Owner) => boolean) {
    this.#directory = directory;
    this.#isAlive = isAlive;
  }

  /** Lets the commands run below `owner`, each once. */
  give(owner: Owner, commands: readonly NestedCommand[]): void {
    this.#sweep();
    for (const command of commands) {
      const name = `${owner.pid}-${randomBytes(8).toString('hex')}.json`;
      writeAtomic(join(this.#directory, name), JSON.stringify({ ...owner, ...command }));
    }
  }

  /** Takes a grant for every one of the commands, or none. `ancestors` are the processes that they run below. */
  take(ancestors: readonly Owner[], commands: readonly NestedCommand[]): boolean {
    const given = this.#read().filter(({ grant }) =>
      ancestors.some(one => one.pid === grant.pid && one.started === grant.started),
    );
    const taken = new Set<string>();
    for (const command of commands) {
      const found = given.find(({ name, grant }) => !taken.has(name) && covers(grant, command));
      if (!found) return false;
      taken.add(found.name);
    }
    return taken.size > 0 && [...taken].every(name => this.#remove(name));
  }

  #sweep(): void {
    for (const { name, grant } of this.#read()) if (!this.#isAlive(grant)) this.#remove(name);
  }

  #read(): readonly { readonly name: string; readonly grant: Owner & NestedCommand }[] {
    return unlessMissing(() => readdirSync(this.#directory), []).flatMap(name => {
      if (!name.endsWith('.json')) return [];
      const text = unlessMissing(() => readFileSync(join(this.#directory, name), 'utf8'), '');
      const grant = parse(text);
      return grant ? [{ name, grant }] : [];
    });
  }

  #remove(name: string): boolean {
    return unlessMissing(() => {
      unlinkSync(join(this.#directory, name));
      return true;
    }, false);
  }
}

/** Input that the shim read must be what was approved; what it had no need to read decides nothing. */
function covers(grant: NestedCommand, command: NestedCommand): boolean {
  return grant.subject === command.subject && (command.stdin === undefined || command.stdin === grant.stdin);
}

function parse(text: string): (Owner & NestedCommand) | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined;
    throw fault;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const part = (name: string): unknown => Reflect.get(value, name);
  const [pid, started, subject, stdin] = ['pid', 'started', 'subject', 'stdin'].map(part);
  if (typeof pid !== 'number' || typeof started !== 'string' || typeof subject !== 'string') return undefined;
  return { pid, started, subject, stdin: typeof stdin === 'string' ? stdin : undefined };
}

function unlessMissing<T>(action: () => T, otherwise: T): T {
  try {
    return action();
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return otherwise;
    throw fault;
  }
}
