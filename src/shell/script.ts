/** Script text → simple commands, by a real bash parser. Knows no tool; what it does not understand it marks. */

import type { World } from '../port.js';
import type { Assignment, Input, Script, Word } from './command.js';

/** Where and how a script starts. */
export interface Scope {
  readonly world: World;
  /** The working directory at its start. */
  readonly directory: Word;
  /** Variables set around the script (an outer `env A=1`), over the world's environment. */
  readonly variables?: readonly Assignment[];
  /** What the script's own standard input is; commands inherit it. */
  readonly input?: Input;
}

export function readScript(_text: string, _scope: Scope): Script {
  throw new Error('pending');
}
