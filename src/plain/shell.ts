/**
 * An automaton of plain command lines as lines of sh: forkless, linear in the words, and the cheapest words first. Who
 * uses it says what happens to a plain line. Decides nothing.
 */

import type { PlainProgram, PlainState, PlainVariable } from './program.js';
import { shellPattern, type WordClass } from './word-class.js';

/**
 * Lines that run `pass "$@"` where the words `$@` are plain, and else go on behind them. `pass` may return: what it
 * could not let pass goes on too. It finds in `$_gb` a word of the program's own table, and so none of the caller's choice,
 * or nothing. They use the variables `_ga`, `_gb` and `_gc`.
 */
export function plainLines({ states, terminal, speaking }: PlainProgram, pass: string): readonly string[] {
  const [start] = states;
  if (start === undefined) return [];
  const lines = ['_gb=${1-}', ...(terminal ? [`[ $# = 0 ] && [ -t 0 ] && ${pass}`] : [])];
  // sh parses each line when it comes to it: the words that everything may follow are passed before the rest is read.
  const alone = start.steps.filter(({ to }) => isEnd(states[to]!)).flatMap(({ words }) => words);
  // Of what speaks with others, more must be looked at first.
  const steps = start.steps.map(({ words, to }) => ({
    words: words.filter(word => !speaking?.words.includes(word)),
    to,
  }));
  const hot = steps.filter(({ to }) => isOpen(states, to)).flatMap(({ words }) => words);
  if (alone.length > 0)
    lines.push(`case $#$_gb in ${alone.map(word => `1${word}`).join('|')}) ${pass} "$@" ;; esac`);
  lines.push(...skipLines(states));
  const warm = warmLines(steps, states, pass);
  lines.push(...hotLine(hot.slice(0, MAX_HOT), pass), ...warm.slice(0, 2));
  lines.push(...hotLine(hot.slice(MAX_HOT), pass), ...warm.slice(2));
  const ends = states.flatMap((state, i) => (state.ends ? [i] : []));
  if (ends.length === 0 || (speaking === undefined && isAllHot(states))) return lines;
  return [
    ...lines,
    '_gb= _gc=0',
    ...speakingLines(speaking),
    'for _ga do',
    'case $_gc in',
    ...states.map((state, i) => `${i}) ${wordCase(state, i)}`),
    'esac',
    'done',
    `case $_gc in ${ends.join('|')}) ${pass} "$@" ;; esac`,
  ];
}

function hotLine(words: readonly string[], pass: string): readonly string[] {
  return words.length === 0 ? [] : [`case $_gb in ${words.join('|')}) ${pass} "$@" ;; esac`];
}

/** So many words are passed before the line of the commonest that need a look at what follows them (`log`). */
const MAX_HOT = 8;

/** `git -C x log`: behind one option that may stand before it, `$_gb` is still the first word that says something. */
function skipLines(states: readonly PlainState[]): readonly string[] {
  const { steps } = states[0]!;
  const isValue = (to: number) => {
    const { ends, steps: others, careful, rest } = states[to]!;
    return to !== 0 && !ends && others.length === 0 && careful.length === 0 && rest === 0;
  };
  const arms = [
    ...steps.filter(({ to }) => to === 0).map(({ words }) => `${words.join('|')}) _gb=\${2-} ;;`),
    ...steps.filter(({ to }) => isValue(to)).map(({ words }) => `${words.join('|')}) _gb=\${3-} ;;`),
  ];
  return arms.length === 0 ? [] : [`case $_gb in ${arms.join(' ')} esac`];
}

/**
 * The first words behind which all words but a few may follow (`git log`), in the table's order: each is a command of its
 * own, passed before sh reads what is behind it, and at the latest before the whole automaton.
 */
function warmLines(
  steps: PlainState['steps'],
  states: readonly PlainState[],
  pass: string,
): readonly string[] {
  const warm = steps.filter(({ words, to }) => {
    if (words.length === 0) return false;
    const { ends, steps: others, careful, rest } = states[to]!;
    return ends && others.length === 0 && careful.length > 0 && rest === to;
  });
  return warm.slice(0, MAX_WARM).map(({ words, to }) => {
    const { careful } = states[to]!;
    const others = `case $_gb in ${words.join('|')})`;
    const joined = careful.map(joinedPattern);
    if (joined.every(pattern => pattern !== undefined))
      return `${others}case " $* " in ${joined.join('|')});;*)${pass} "$@";;esac;;esac`;
    return `${others}for _ga do case $_ga in ${careful.map(shellPattern).join('|')})_gb=;break;;esac;done;[ "$_gb" ]&&{ ${pass} "$@";};;esac`;
  });
}

/**
 * A pattern for all words together, a space before and behind each, where one of them is of the class. It takes more: a
 * word may hold a space. Nothing where sh would not decide it in linear time.
 */
function joinedPattern(pieces: WordClass): string | undefined {
  if (pieces.slice(1, -1).includes('*')) return undefined;
  const isOpen = (piece: WordClass[number] | undefined) => piece === '*';
  return `${isOpen(pieces[0]) ? '' : '*\\ '}${shellPattern(pieces)}${isOpen(pieces.at(-1)) ? '' : '\\ *'}`;
}

/** More would cost the commands behind them more than they save. */
const MAX_WARM = 8;

function wordCase({ steps, careful, rest }: PlainState, own: number): string {
  const arms = steps.map(({ words, to }) => `${words.join('|')}) _gc=${to} ;;`);
  if (rest === undefined) arms.push('*) _gc=x; break ;;');
  else {
    if (careful.length > 0) arms.push(`${careful.map(shellPattern).join('|')}) _gc=x; break ;;`);
    if (rest !== own) arms.push(`*) _gc=${rest} ;;`);
  }
  return arms.length === 0 ? ';;' : `case $_ga in ${arms.join(' ')} esac ;;`;
}

/** Where a variable is set, no line is plain that holds one of the words. */
function speakingLines(speaking: PlainProgram['speaking']): readonly string[] {
  const test = speaking && speakingTest(speaking, '$*', '_gc=x');
  return test === undefined ? [] : [test];
}

/** Runs `fail` where a variable is set and one of the words stands among those that `words` joins. */
export function speakingTest(
  speaking: NonNullable<PlainProgram['speaking']>,
  words: string,
  fail: string,
): string | undefined {
  const harmless = environmentTest(speaking.environment);
  const patterns = speaking.words.map(word => `*\\ ${word}\\ *`);
  return harmless && `${harmless} || case " ${words} " in ${patterns.join('|')}) ${fail} ;; esac`;
}

/** Does this state take any words whatever, to the end? */
function isOpen(states: readonly PlainState[], at: number): boolean {
  const { ends, steps, careful, rest } = states[at]!;
  return ends && steps.length === 0 && careful.length === 0 && rest === at;
}

/** Is this a state where nothing may follow? */
function isEnd({ ends, steps, rest }: PlainState): boolean {
  return ends && steps.length === 0 && rest === undefined;
}

/** Do the first lines say all there is to say? */
function isAllHot(states: readonly PlainState[]): boolean {
  const { ends, steps, rest } = states[0]!;
  return !ends && rest === undefined && steps.every(({ to }) => isOpen(states, to) || isEnd(states[to]!));
}

/** A condition of sh that holds where none of the variables needs the judge; nothing where none could. */
export function environmentTest(variables: readonly PlainVariable[]): string | undefined {
  // A value that may be harmless never begins with a slash.
  const set = variables
    .filter(({ harmless }) => harmless.length === 0)
    .map(({ name }) => `\${${name}+/}`)
    .join('');
  const valued = variables.filter(({ harmless }) => harmless.length > 0);
  if (valued.length === 0) return set === '' ? undefined : `test -z "${set}"`;
  return valued
    .map(
      ({ name, harmless }, i) =>
        `case ${i === 0 ? set : ''}\${${name}-} in ''|${harmless.join('|')}) ;; *) false ;; esac`,
    )
    .join(' && ');
}
