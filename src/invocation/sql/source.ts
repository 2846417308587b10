/**
 * SQL from standard input, files and `cat`, of any size: what could matter of it, as text. Other sources are read whole,
 * like any input. Judges nothing.
 */

import { baseName } from '../../paths.js';
import type { ReadFault, World } from '../../port.js';
import type { Input, SimpleCommand, Word } from '../../shell/command.js';
import { placeOf, type Read, readInput, readPath, STDIN, unreadable } from '../input.js';
import { type Condensed, Condenser } from './condense.js';
import type { DialectName } from './dialect.js';

/** Whose SQL it is. `variables`: psql has some, so that `:name` may stand for anything. */
export interface Reader {
  readonly dialect: DialectName;
  readonly variables?: boolean;
}

/** SQL on standard input; `undefined` where that is a terminal. */
export function readSqlInput(input: Input, directory: Word, world: World, reader: Reader): Read | undefined {
  const places = placesOf(input, directory);
  if (places?.length === 1 && places[0] === STDIN && !world.through)
    return readInput(input, directory, world);
  const found = places && condensed(places, world, reader);
  return found ? asRead(found) : readInput(input, directory, world);
}

/** SQL in a file that a word names. */
export function readSqlPath(path: Word, directory: Word, world: World, reader: Reader): Read {
  const place = placeOf(path, directory);
  const found = place === undefined || place === '/dev/null' ? undefined : condensed([place], world, reader);
  return found ? asRead(found) : readPath(path, directory, world);
}

function asRead(found: Condensed | { readonly fault: ReadFault }): Read {
  if ('fault' in found) return unreadable(found.fault);
  const { text, complete } = found;
  return { text: { text, certain: complete }, unseen: [], blocked: !complete };
}

/** The files that come in one behind the other; `undefined` where something else does. */
function placesOf(input: Input, directory: Word): readonly string[] | undefined {
  switch (input.from) {
    case 'inherited':
      return [STDIN];
    case 'file': {
      const place = placeOf(input.path, directory);
      return place === undefined || place === '/dev/null' ? undefined : [place];
    }
    case 'pipe':
      return input.commands.length === 1 ? catted(input.commands[0]!) : undefined;
    case 'text':
      return undefined;
  }
}

/** The files of `cat a b`. */
function catted({ words, redirects, directory, input }: SimpleCommand): readonly string[] | undefined {
  const [program, ...operands] = words;
  if (!program?.certain || baseName(program.text) !== 'cat' || redirects.some(one => one.fd !== 0))
    return undefined;
  if (operands.length === 0) return placesOf(input, directory);
  const places = operands.map(word => (word.text.startsWith('-') ? undefined : placeOf(word, directory)));
  // What comes in at cat itself may come from anywhere.
  const known = places.filter(place => place !== undefined && place !== STDIN && place !== '/dev/null');
  return known.length === places.length ? (known as string[]) : undefined;
}

/** The places as one text; `undefined` where the world cannot read them so. */
function condensed(
  places: readonly string[],
  world: World,
  { dialect, variables = false }: Reader,
): Condensed | { readonly fault: ReadFault } | undefined {
  const condenser = new Condenser(dialect, variables);
  const name = JSON.stringify(['sql', dialect, variables, places]);
  let last: Condensed | undefined;
  for (const [at, place] of places.entries()) {
    const isLast = at === places.length - 1;
    const reading = {
      take: (chunk: Uint8Array) => condenser.take(chunk),
      end: () => (isLast ? condenser.end() : undefined),
    };
    const path = place === STDIN ? undefined : place;
    const found = world.through?.(path, `${name} ${at}`, () => reading);
    if (!found || 'fault' in found) return found;
    last = found.value;
  }
  return last;
}
