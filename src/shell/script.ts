/** Script text → simple commands, by a real bash parser. Knows no tool; what it does not understand it marks. */

import type { World } from '../port.js';
import type { Assignment, Input, Script, Word } from './command.js';
import { GAP } from './gap.js';
import { bashParser } from './parser.js';
import { readPlainly } from './plain.js';
import { LIMITS, Reading } from './reading.js';
import type { State } from './state.js';
import { plainTree } from './tree.js';
import { Walker } from './walk.js';

/** Where and how a script starts. */
export interface Scope {
  readonly world: World;
  /** The working directory at its start. */
  readonly directory: Word;
  /** Variables set around the script (an outer `env A=1`), over the world's environment. */
  readonly variables?: readonly Assignment[];
  /** What the script's own standard input is; commands inherit it. */
  readonly input?: Input;
  /** True where nothing of the world's environment is left (an outer `env -i`). */
  readonly clearedEnvironment?: boolean;
  /** `$1` and on, where they are known (`sh -c '…' name args`). */
  readonly positional?: readonly Word[];
}

/** What makes parsing slow in great number. */
const OPENERS = /\$[({[]|[<>]\(|`|<</g;

/**
 * All simple commands of a script in the order in which they would run, those inside substitutions included, and
 * what could not be read. Throws nothing but `NotLoaded`.
 */
export function readScript(text: string, scope: Scope): Script {
  return readPlainly(text, scope) ?? readFully(text, scope);
}

/** `readScript` without its short way for plain commands. */
export function readFully(text: string, scope: Scope): Script {
  const reading = new Reading(scope.world, scope.variables ?? [], scope.clearedEnvironment ?? false);
  const plain = plainTree(text);
  if (!plain && (text.length > LIMITS.text || (text.match(OPENERS)?.length ?? 0) > LIMITS.openers)) {
    reading.doubt('limit', 'the script is larger than guard reads');
    return { commands: [], doubts: reading.doubts };
  }
  reading.hasGaps = text.includes(GAP);
  try {
    new Walker(reading).script(plain ?? bashParser.get().parse(text), startOf(scope), text);
  } catch (fault) {
    // The stack may be all but used up at the door already; what was found until here still stands.
    if (!(fault instanceof RangeError)) throw fault;
    reading.doubt('limit', 'the script is nested too deep to read');
  }
  return { commands: reading.commands, doubts: reading.doubts };
}

function startOf(scope: Scope): State {
  return {
    variables: new Map(),
    directory: scope.directory,
    positional: scope.positional,
    functions: new Map(),
    aliases: new Map(),
    opened: new Map(),
    stack: [],
    input: scope.input ?? { from: 'inherited' },
    globbing: 'on',
    errexit: false,
    exportsAll: false,
    opaque: false,
  };
}
