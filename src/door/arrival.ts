/** What a door brings: a command, where and how it would run, and what may be done on the way. Holds no verdict. */

import type { Owner } from '../approvals/nested.js';
import type { Request } from '../decide.js';
import type { Invocation } from '../invocation/invocation.js';
import type { Verdict } from '../policy/rule.js';
import type { StandardInput } from '../world.js';

/** A command as its door brings it. */
export interface Arrival {
  /** The door's name in the log. */
  readonly door: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The same as the command will have it, every variable: what an approval covers. */
  readonly commandEnv: Readonly<Record<string, string | undefined>>;
  /** Where the command would run. */
  readonly cwd: string;
  readonly agent: string | undefined;
  /** Whose records are chained: see `sessionOf`. */
  readonly session: string;
  readonly request: Request;
  /** All that was asked, every byte kept: what an approval covers. */
  readonly exact: readonly string[];
  /** The program that would run, as it was named; none for a script. */
  readonly program: string | undefined;
  /** The command's standard input, where the door can read it. */
  readonly input?: Input;
  /** A person may be asked on the terminal of this process. */
  readonly mayAsk: boolean;
  /** The agent's client, by its title, where its own prompt can ask: see `HookAdapter.prompt`. */
  readonly clientPrompt?: string;
  /** It may be held until a person has answered elsewhere, where the policy says so. */
  readonly mayWait: boolean;
  /** Is what it takes from the working directory being put away by whoever started it: see `isStartedByTidier`? */
  isTidied?(): boolean;
  /** The command for people, secrets removed. */
  shown(verdict: Verdict): string;
  /** The process below which what an approved command holds runs without a second question. */
  owner(): Owner | undefined;
  /** Where that process outlives the command: for how long such a part may start, and what it finds to read. */
  readonly inside?: { readonly forMs: number; readonly stdin: string };
  /** Is this flagged command one inside the approved one, to be met at a shim? */
  isInside(invocation: Invocation): boolean;
}

interface Input extends StandardInput {
  /** SHA-256 of all of it; `undefined` for a terminal. */
  digest(): string | undefined;
}
