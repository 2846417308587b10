/**
 * A command whose program is not known (`$CMD -rf x`): the readings that its arguments suggest. `$SUDO rm x` may well
 * run rm, and options like `-rf` before a path are rm's.
 */

import { certain, type Word } from '../../shell/command.js';
import { readGenerically } from '../generic.js';
import { type Grammar, type Inner, styles } from '../grammar.js';

/** Subcommands that with options are git's rather than another tool's: `$GIT push --force`. */
const GIT_COMMANDS = new Set(['push', 'reset', 'clean', 'branch', 'filter-branch']);

/** How the readings are named in `via`. */
const VIA = 'an unknown program';

export const unknownProgram: Grammar = {
  tool: '',
  source: 'guard: stands for a program word that is uncertain',
  style: styles.prefix,
  read: readGenerically,
  unwrap(invocation) {
    const [program, ...rest] = invocation.argv;
    // A redirection alone has no program either.
    if (!program || program.certain) return { inner: [] };
    return { inner: readings(program, rest) };
  },
};

function readings(program: Word, rest: readonly Word[]): readonly Inner[] {
  const named = nameOf(program);
  if (named) return [{ via: VIA, words: [certain(named), ...rest] }];
  const first = rest[0];
  if (!first) return [];
  if (removesTrees(rest)) return [{ via: VIA, words: [certain('rm'), ...rest] }];
  if (first.certain && GIT_COMMANDS.has(first.text) && rest.some(word => word.text.startsWith('-'))) {
    return [{ via: VIA, words: [certain('git'), ...rest] }];
  }
  // Unquoted, the word may be empty or a prefix like sudo; quoted, it is a program and the rest its arguments.
  if (!program.splits || first.text.startsWith('-')) return [];
  // `$DOCKER rm web`: a subcommand of that name is far more common than rm without -r.
  const isSubcommand =
    first.text === 'rm' && !rest.some(word => /^-[a-zA-Z]*[rR]|^--recursive$/.test(word.text));
  return isSubcommand ? [] : [{ via: VIA, words: rest }];
}

/** `"$BIN/psql"`: the directory is not known, the program's name is. */
function nameOf({ text, holes }: Word): string | undefined {
  const slash = text.lastIndexOf('/');
  const isKnown = holes?.every(hole => hole <= slash);
  return slash >= 0 && isKnown && slash < text.length - 1 ? text.slice(slash + 1) : undefined;
}

/** Recursive and forced, before any operand: no other common program reads `-rf` so. */
export function removesTrees(words: readonly Word[]): boolean {
  const end = words.findIndex(word => !word.text.startsWith('-') || word.text === '-');
  const options = (end < 0 ? words : words.slice(0, end)).map(word => word.text);
  const letters = options.filter(option => /^-[a-zA-Z]+$/.test(option)).join('');
  const recursive = /[rR]/.test(letters) || options.includes('--recursive');
  const forced = letters.includes('f') || options.includes('--force');
  return recursive && forced;
}
