/**
 * What was seen of the world on the way to a verdict. A verdict depends on the request, the policy and these answers alone:
 * it stands for as long as the world gives the same answers again. Judges nothing.
 */

import type { GitAnswer, World } from './port.js';

/** Asks one question again: does this world give the same answer? */
type Look = (now: World) => boolean;

/** A world that takes down what it is asked and what it answers. */
export class Looks {
  readonly world: World;
  readonly #looks: Look[] = [];
  #weight = 0;
  #areWhole = true;

  constructor(world: World) {
    const seen = <T>(was: T, weight: number, again: (now: World) => T): T => {
      this.#weight += weight;
      this.#looks.push(now => areSame(was, again(now)));
      return was;
    };
    this.world = {
      ...world,
      stat: path => seen(world.stat(path), path.length, now => now.stat(path)),
      readText: (path, limit) => {
        const was = world.readText(path, limit);
        return seen(was, 'text' in was ? was.text.length : 0, now => now.readText(path, limit));
      },
      list: path => {
        const names = world.list(path);
        return seen(names, names.join().length, now => now.list(path));
      },
      stdin: () => {
        const was = world.stdin();
        return seen(was, was?.text.length ?? 0, now => now.stdin());
      },
      git: (args, cwd, timeout) => {
        const was = world.git(args, cwd, timeout);
        // What time cut off may be answered another time.
        if (was.status === -1 && timeout !== undefined) this.#areWhole = false;
        return seen<GitAnswer>(was, was.stdout.length, now => now.git(args, cwd, timeout));
      },
      names: (path, kind) => {
        this.#areWhole = false;
        return world.names?.(path, kind);
      },
      through: (path, name, start) => {
        const was = world.through?.(path, name, start);
        // What was read of a whole text is not compared.
        if (was !== undefined) this.#areWhole = false;
        return seen(was, 0, now => now.through?.(path, name, start));
      },
    };
  }

  /** Nothing was seen that cannot be compared. */
  get areWhole(): boolean {
    return this.#areWhole;
  }

  /** Nothing was seen at all. */
  get areNone(): boolean {
    return this.#looks.length === 0;
  }

  /** Characters that are kept for the comparison. */
  get weight(): number {
    return this.#weight;
  }

  /** Does this world show the same? */
  holdIn(now: World): boolean {
    for (const look of this.#looks) if (!look(now)) return false;
    return true;
  }
}

/** Of answers: plain objects and lists of plain values. */
function areSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const names = Object.keys(a);
  const others: Readonly<Record<string, unknown>> = { ...b };
  return (
    names.length === Object.keys(others).length &&
    Object.entries(a).every(([name, value]) => Object.hasOwn(others, name) && Object.is(value, others[name]))
  );
}
