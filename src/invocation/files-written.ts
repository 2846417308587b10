/** Files that a command writes whose text matters later: what it pours into them, as far as that is known. May not judge. */

import type { World } from '../port.js';
import type { Word } from '../shell/command.js';
import { placeOf, readInput, readPath, writtenText } from './input.js';
import type { Invocation } from './invocation.js';

export interface Written {
  /** Where it is: absolute where that is known, else as it was typed. */
  readonly path: string;
  readonly text: Word;
  /** Put behind what stands there. */
  readonly isAppended: boolean;
}

/** The files that redirections, tee, cp, mv and install write, of those whose paths are watched. */
export function filesWritten(
  invocation: Invocation,
  isWatched: (path: string) => boolean,
  world: World,
): readonly Written[] {
  const { tool, operands, redirects, input, directory, options } = invocation;
  const watched = (word: Word): readonly string[] => {
    const path = placeOf(word, directory) ?? word.text;
    return word.certain && isWatched(path) ? [path] : [];
  };
  const found: Written[] = redirects
    .filter(({ operator }) => operator.includes('>'))
    .flatMap(({ operator, target }) =>
      watched(target).map(path => ({
        path,
        text: writtenText(invocation, world),
        isAppended: operator.endsWith('>>'),
      })),
    );
  if (tool === 'tee') {
    const isAppended = options.some(({ name }) => name === '--append');
    for (const path of operands.flatMap(watched)) {
      const text = readInput(input, directory, world)?.text;
      if (text) found.push({ path, text, isAppended });
    }
  }
  const [source, target] = operands.slice(-2);
  if (/^(cp|mv|install)$/.test(tool) && source && target) {
    for (const path of watched(target))
      found.push({ path, text: readPath(source, directory, world).text, isAppended: false });
  }
  return found;
}
