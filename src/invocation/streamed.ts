/**
 * Input of any size through a reading that keeps what could matter of it, in bounded memory: standard input, files and
 * `cat` of them. Input from elsewhere is read whole, like any, and goes through the same reading. Judges nothing.
 */

import { baseName } from '../paths.js';
import type { ReadFault, Reading, World } from '../port.js';
import { certain, type Input, type SimpleCommand, uncertain, type Word } from '../shell/command.js';
import { placeOf, type Read, readInput, readPath, STDIN, unreadable } from './input.js';

/** What a reading leaves of a text; `complete` is false where something that may matter is missing. */
export interface Condensed {
  readonly text: string;
  readonly complete: boolean;
}

/** A way to read. Readings of one name keep the same. */
export interface Manner {
  readonly name: string;
  /** Text that is at hand whole goes through the reading too. */
  readonly always?: boolean;
  start(): Reading<Condensed>;
}

/** What could matter of standard input; `undefined` where that is a terminal. */
export function readThrough(input: Input, directory: Word, world: World, manner: Manner): Read | undefined {
  const places = placesOf(input, directory);
  const found = places && condensed(places, world, manner);
  if (found) return asRead(found);
  const read = readInput(input, directory, world);
  return read && whole(read, manner);
}

/** What could matter of a file that a word names. */
export function readPathThrough(path: Word, directory: Word, world: World, manner: Manner): Read {
  const place = placeOf(path, directory);
  const found = place === undefined || place === '/dev/null' ? undefined : condensed([place], world, manner);
  return found ? asRead(found) : whole(readPath(path, directory, world), manner);
}

/** A text that is there whole, or as far as it is known. */
function whole(read: Read, manner: Manner): Read {
  if (!manner.always || read.text.text === '') return read;
  const text = condensedText(read.text, manner);
  return { ...read, text, blocked: read.blocked || text.certain !== read.text.certain };
}

/** What could matter of a text; uncertain where more may. */
export function condensedText(word: Word, { start }: Manner): Word {
  const reading = start();
  reading.take(new TextEncoder().encode(word.text));
  const { text, complete } = reading.end();
  return word.certain && complete ? certain(text) : { ...word, ...uncertain(text) };
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
  { name, start }: Manner,
): Condensed | { readonly fault: ReadFault } | undefined {
  const through = world.through?.bind(world);
  if (!through) return undefined;
  const reading = start();
  let last: Condensed | undefined;
  for (const [at, place] of places.entries()) {
    const isLast = at === places.length - 1;
    const part = {
      take: (chunk: Uint8Array) => reading.take(chunk),
      end: () => (isLast ? reading.end() : undefined),
    };
    const path = place === STDIN ? undefined : place;
    const found = through(path, JSON.stringify([name, places, at]), () => part);
    if (!found || 'fault' in found) return found;
    last = found.value;
  }
  return last;
}
