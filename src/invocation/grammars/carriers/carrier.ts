/** How a tool is described that carries somebody else's command. Only types. */

import type { OptionTable } from '../../grammar.js';

/** One way in which a tool runs a command. */
export interface Carried {
  /** The subcommand, a word or more; empty where the tool itself runs it. */
  readonly verb: string;
  /** The verb's options; those of the tool that take a value, too. */
  readonly options?: OptionTable;
  /** Operands before the command: the host, the repository. */
  readonly skip?: number;
  /** The command is the value of this option instead. */
  readonly option?: string;
  /** The operands are typed into another terminal; without any, what stands on standard input. */
  readonly typed?: true;
  /** It runs on another machine, of whose files nothing is known. */
  readonly there?: true;
}

export interface Carrier {
  readonly tool: string;
  readonly names?: readonly string[];
  readonly source: string;
  readonly singleDash?: true;
  /** The options of the tool that its other commands take. Without them it is read by its dashes alone. */
  readonly options?: OptionTable;
  readonly carries: readonly Carried[];
}
