/** What a command is read within, and the invocations that stand for what could not be read there. May not judge. */

import type { Assignment, Doubt } from '../shell/command.js';
import { readGenerically } from './generic.js';
import type { Invocation } from './invocation.js';
import type { Mount } from './mounts.js';

/** What the commands around this one have settled. */
export interface Outer {
  readonly via: readonly string[];
  readonly environment: readonly Assignment[];
  readonly clearedEnvironment: boolean;
  readonly openEnded: boolean;
  readonly span?: Invocation['span'];
  readonly remote?: string;
  readonly mounts?: readonly Mount[];
  readonly fresh?: readonly string[];
  /** Shared by everything that is read in one go. */
  readonly budget: { left: number };
}

/** Around nothing yet; so many commands may be read. */
export function outermost(commands: number): Outer {
  return {
    via: [],
    environment: [],
    clearedEnvironment: false,
    openEnded: false,
    budget: { left: commands },
  };
}

/** An invocation that stands for what could not be read, so that policy decides about it like about any other. */
export function unreadable(
  doubts: readonly Doubt[],
  from: Pick<Invocation, 'program' | 'input' | 'directory'>,
  outer: Outer,
): readonly Invocation[] {
  if (doubts.length === 0) return [];
  return [
    {
      ...readGenerically([]),
      tool: '',
      known: false,
      program: from.program,
      argv: [],
      environment: outer.environment,
      clearedEnvironment: outer.clearedEnvironment,
      redirects: [],
      input: from.input,
      directory: from.directory,
      via: outer.via,
      openEnded: false,
      doubts,
    },
  ];
}

/** Reading was given up for its time. */
export function tooMuch(): Doubt {
  return { kind: 'limit', why: 'the commands are more than guard reads in two seconds' };
}

/** Reading was given up for its depth; `most` levels are read. */
export function tooDeep(most: number): Doubt {
  return { kind: 'limit', why: `commands are nested more than ${most} deep` };
}
