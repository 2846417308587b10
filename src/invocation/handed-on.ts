/**
 * Programs that no grammar knows, and a command among their words: `some-runner --fast rm -rf src`. Only such words are
 * read as a command that few other programs would be given. May not judge.
 */

import { once } from '../once.js';
import type { Word } from '../shell/command.js';
import type { PlainTable, Unwrapped } from './grammar.js';
import { removesTrees } from './grammars/unknown-program.js';
import type { Invocation } from './invocation.js';

/** Programs that say their words, look them up or, like guard itself, judge them. */
const talks = once(
  () =>
    new Set(
      `guard echo say espeak notify-send logger wall figlet toilet banner cowsay : true false test [ tldr cheat explainshell which
   whereis whatis apropos info help type complete compgen bind history fc dirs jobs grep egrep fgrep rg ag ack ls stat file`.split(
        /\s+/,
      ),
    ),
);
/** The names, bare and by their usual paths, under which the command is found. */
const inPlaces = (names: string) =>
  names.split(' ').flatMap(name => [name, `/bin/${name}`, `/usr/bin/${name}`]);
const removers = once(() => new Set(inPlaces('rm')));
const shells = once(() => new Set(inPlaces('sh bash dash zsh ksh ash')));

/** guard itself, where its user would have to answer. */
const guards = once(() => new Set(['guard', 'guard-shell']));
const USERS_WORDS = /^(approve|unlock|uninstall|shim|hook|protect|rule)$/;

/** Of a program that no grammar knows, the words behind which a command may stand. */
export const handingOn = once(
  (): PlainTable => `* : ${[...removers(), ...shells(), ...guards()].join(', ')}`,
);

/** Does this program only say its words? */
export function onlyTalks(name: string): boolean {
  return talks().has(name);
}

/** The command that stands behind the program's own words. */
export function commandHandedOn({ program, argv, tool }: Invocation): Unwrapped {
  if (!program.certain || argv.length < 3 || talks().has(tool)) return NOTHING;
  const at = argv.findIndex((word, place) => place > 0 && startsCommand(word, argv.slice(place + 1)));
  return at < 0 ? NOTHING : { inner: [{ via: tool, words: argv.slice(at) }] };
}

const NOTHING: Unwrapped = { inner: [] };

/** `rm -rf x`, `sh -c '…'` */
function startsCommand({ text, certain }: Word, rest: readonly Word[]): boolean {
  if (!certain) return false;
  if (removers().has(text)) return removesTrees(rest);
  if (guards().has(text)) return USERS_WORDS.test(rest[0]?.text ?? '');
  return shells().has(text) && rest.length > 1 && /^-\w*c$/.test(rest[0]!.text);
}
