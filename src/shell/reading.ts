/**
 * One reading of a script: what was found so far, what is in doubt, and the budget that keeps any input
 * bounded. Holds no knowledge of shell syntax.
 */

import { absolute } from '../paths.js';
import type { World } from '../port.js';
import type { Assignment, Doubt, SimpleCommand } from './command.js';
import { withGaps } from './gap.js';

export const LIMITS = {
  /** Characters of script text. */
  text: 1_000_000,
  /** Compound commands, substitutions and function calls inside one another. */
  nesting: 256,
  /** Words that one word may become by braces, and rounds that a `for` is followed through. */
  expansions: 64,
  /** Statements followed, and so commands found. */
  commands: 10_000,
  /** Characters that all expansions together may make. */
  expanded: 16_000_000,
  /** Substitutions and here-documents in a script; beyond, parsing alone would take seconds. */
  openers: 8_000,
} as const;

/** What a field costs of `LIMITS.expanded` beside its characters. */
const FIELD_COST = 64;

/** These name a directory without making it. */
const CHANGES_NOTHING = new Set(['cd', 'pushd', '[', 'test', 'ls', 'rm', 'rmdir']);

/** The commands whose standard output goes to one place: the next stage of a pipe, or a word. */
export interface Sink {
  readonly commands: SimpleCommand[];
  /** False where not each of them runs exactly once (branches, loops of unknown length). */
  exact: boolean;
}

/** A point that `rollback` returns to. */
export interface Mark {
  readonly commands: number;
  readonly sink: number;
  readonly exact: boolean;
}

export class Reading {
  readonly commands: SimpleCommand[] = [];
  readonly doubts: Doubt[] = [];
  sink: Sink = { commands: [], exact: true };
  /** True while the text being read is not the script's own (an alias, a sourced file), so that offsets mean nothing. */
  foreign = false;
  /** How many times over, by loops, the current statement is followed. */
  rounds = 1;
  /** The text has marks where bytes were left out. */
  hasGaps = false;
  readonly #names = new Set<string>();
  #readNames = 0;
  #absent: readonly string[] = [];
  readonly #listed = new Map<string, readonly string[]>();
  #depth = 0;
  #statements = 0;
  #expanded = 0;

  constructor(
    readonly world: World,
    /** Variables set around the script, which are all exported. */
    readonly variables: readonly Assignment[],
    /** True behind `env -i`: the world's environment is gone. */
    readonly clearedEnvironment: boolean,
  ) {}

  doubt(kind: Doubt['kind'], why: string): void {
    if (!this.doubts.some(known => known.kind === kind && known.why === why)) this.doubts.push({ kind, why });
  }

  /** Follows commands that run only where nothing stands at `path`. */
  where<T>(path: string | undefined, inner: () => T): T {
    const before = this.#absent;
    if (path !== undefined) this.#absent = [...before, path];
    const result = inner();
    this.#absent = before;
    return result;
  }

  emit(given: SimpleCommand): void {
    const whole = this.hasGaps ? withGaps(given) : given;
    const command = this.#absent.length > 0 ? { ...whole, absent: this.#absent } : whole;
    // What is moved there is somebody's.
    if (command.words[0]?.text === 'mv') this.#absent = [];
    this.commands.push(command);
    this.sink.commands.push(command);
  }

  /** A trap set before its variables are runs with what they hold by the end. */
  endTraps(variables: readonly Assignment[]): void {
    for (const list of new Set([this.commands, this.sink.commands])) {
      for (const [at, command] of list.entries()) {
        if (command.words[0]?.text !== 'trap') continue;
        const known = new Set((command.variables ?? []).map(({ name }) => name));
        const later = variables.filter(({ name }) => !known.has(name));
        if (later.length > 0) list[at] = { ...command, variables: [...(command.variables ?? []), ...later] };
      }
    }
  }

  /** One more statement; false once there are too many, and then nothing more is followed. */
  step(): boolean {
    this.#statements += 1;
    if (this.#statements <= LIMITS.commands && this.#expanded <= LIMITS.expanded) return true;
    this.doubt('limit', 'the script runs more commands than guard follows');
    return false;
  }

  /** Notes the size of what an expansion made; false where that is too much to go on with. */
  spend(characters: number): boolean {
    this.#expanded += characters + FIELD_COST;
    if (this.#expanded <= LIMITS.expanded) return true;
    this.doubt('limit', 'the script expands to more text than guard follows');
    return false;
  }

  /** Runs `inner` one level deeper, or gives `beyond` where that is too deep. */
  nested<T>(inner: () => T, beyond: T): T {
    if (this.#depth >= LIMITS.nesting) {
      this.doubt('limit', `the script is nested more than ${LIMITS.nesting} deep`);
      return beyond;
    }
    this.#depth += 1;
    try {
      return inner();
    } finally {
      this.#depth -= 1;
    }
  }

  /** Runs `inner` with a sink of its own. */
  collected<T>(inner: () => T): { readonly result: T; readonly sink: Sink } {
    const outer = this.sink;
    const sink: Sink = { commands: [], exact: true };
    this.sink = sink;
    try {
      return { result: inner(), sink };
    } finally {
      this.sink = outer;
    }
  }

  /** Runs `inner` over text that is not the script's own. */
  away<T>(inner: () => T): T {
    const before = this.foreign;
    this.foreign = true;
    try {
      return inner();
    } finally {
      this.foreign = before;
    }
  }

  /** Names in a directory, listed once for the whole reading. */
  list(path: string): readonly string[] {
    const known = this.#listed.get(path);
    if (known) return known;
    const names = this.world.list(path);
    this.#listed.set(path, names);
    return names;
  }

  /** Has a command so far named this path? Then it may well have made it. */
  named(path: string): boolean {
    for (const { words, directory } of this.commands.slice(this.#readNames)) {
      if (CHANGES_NOTHING.has(words[0]?.text ?? '')) continue;
      for (const word of words.slice(1)) {
        if (!word.certain || word.text.startsWith('-')) continue;
        if (word.text.startsWith('/') || directory.certain)
          this.#names.add(absolute(word.text, directory.text));
      }
    }
    this.#readNames = this.commands.length;
    return this.#names.has(path);
  }

  mark(): Mark {
    return { commands: this.commands.length, sink: this.sink.commands.length, exact: this.sink.exact };
  }

  /** Forgets the commands found since the mark; doubts stay. */
  rollback(mark: Mark): void {
    this.#readNames = Math.min(this.#readNames, mark.commands);
    this.commands.length = mark.commands;
    this.sink.commands.length = mark.sink;
    this.sink.exact = mark.exact;
  }
}
