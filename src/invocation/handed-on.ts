/**
 * Programs that no grammar knows, and a command among their words: `some-runner --fast rm -rf src`. Only such words are
 * read as a command that few other programs would be given. May not judge.
 */

import { baseName } from '../paths.js';
import type { Word } from '../shell/command.js';
import type { Unwrapped } from './grammar.js';
import { removesTrees } from './grammars/unknown-program.js';
import type { Invocation } from './invocation.js';

/** Programs that say their words, look them up or, like guard itself, judge them. */
const TALKS = new Set(
  `guard echo say espeak notify-send logger wall figlet toilet banner cowsay : true false test [ tldr cheat explainshell which
   whereis whatis apropos info help type complete compgen bind history fc dirs jobs grep egrep fgrep rg ag ack ls stat file`.split(
    /\s+/,
  ),
);
const SHELL = /^(ba|da|z|k|a)?sh$/;

/** The command that stands behind the program's own words. */
export function commandHandedOn({ program, argv, tool }: Invocation): Unwrapped {
  if (!program.certain || argv.length < 4 || TALKS.has(tool)) return NOTHING;
  const at = argv.findIndex((word, place) => place > 0 && startsCommand(word, argv.slice(place + 1)));
  return at < 0 ? NOTHING : { inner: [{ via: tool, words: argv.slice(at) }] };
}

const NOTHING: Unwrapped = { inner: [] };

/** `rm -rf x`, `sh -c '…'` */
function startsCommand(word: Word, rest: readonly Word[]): boolean {
  if (!word.certain) return false;
  const name = baseName(word.text);
  if (name === 'rm') return removesTrees(rest);
  return SHELL.test(name) && rest.length > 1 && /^-\w*c$/.test(rest[0]!.text);
}
