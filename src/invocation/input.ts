/**
 * What a command will read on its standard input, as far as it can be known: here-documents, files, the buffered
 * stdin of the door, and pipes from `echo`, `printf`, `cat` and `base64 -d`. May not judge.
 */

import type { World } from '../port.js';
import { type Input, uncertain, type Word } from '../shell/command.js';

/** Bytes of input that are read for understanding; what is longer is uncertain. */
export const INPUT_LIMIT = 4 * 1024 * 1024;

/** The text on standard input. Uncertain where any of it is unknown; `undefined` where it is a terminal. */
export function inputText(_input: Input, _directory: Word, _world: World): Word | undefined {
  return uncertain();
}
