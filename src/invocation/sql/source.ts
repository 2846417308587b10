/**
 * SQL from standard input, files and `cat`, of any size: what could matter of it, as text. Other sources are read whole,
 * like any input. Judges nothing.
 */

import type { World } from '../../port.js';
import type { Input, Word } from '../../shell/command.js';
import type { Read } from '../input.js';
import { type Manner, readPathThrough, readThrough } from '../streamed.js';
import { Condenser } from './condense.js';
import type { DialectName } from './dialect.js';

/** Whose SQL it is. `variables`: psql has some, so that `:name` may stand for anything. */
export interface Reader {
  readonly dialect: DialectName;
  readonly variables?: boolean;
}

/** SQL on standard input; `undefined` where that is a terminal. */
export function readSqlInput(input: Input, directory: Word, world: World, reader: Reader): Read | undefined {
  return readThrough(input, directory, world, mannerOf(reader));
}

/** SQL in a file that a word names. */
export function readSqlPath(path: Word, directory: Word, world: World, reader: Reader): Read {
  return readPathThrough(path, directory, world, mannerOf(reader));
}

function mannerOf({ dialect, variables = false }: Reader): Manner {
  return {
    name: `sql ${dialect} ${variables}`,
    start: () => new Condenser(dialect, variables),
  };
}
