/** Words of a table that need the judge → classes that hold every spelling of them. Knows the shape of grammars, no tool. */

import type { CommandGrammar, Style } from '../invocation/grammar.js';
import { optionsOf } from '../invocation/notation.js';
import { beginning, bundled, exactly, type WordClass, wordClass } from './word-class.js';

/** The command whose words are meant, those around it and those inside it; and how it reads options. */
export interface Scope {
  readonly levels: readonly CommandGrammar[];
  readonly style: Style;
}

/** Every spelling of these words: an option's abbreviations and bundles included, a glob as it stands. */
export function carefulClasses(words: readonly string[], scope: Scope): readonly WordClass[] {
  const letters = new Set<string>();
  const classes: WordClass[] = [];
  for (const word of words) {
    if (/[*[]/.test(word)) classes.push(wordClass(word));
    else if (!word.startsWith('-')) classes.push(exactly(word));
    else {
      for (const spelling of spellingsOf(word, scope)) {
        const isLong = spelling.startsWith('--') || scope.style.singleDash;
        if (isLong) classes.push(...longClasses(spelling, scope));
        else if (scope.style.bundle && spelling.length === 2) letters.add(spelling[1]!);
        else classes.push(beginning(spelling));
      }
    }
  }
  return [...classes, ...bundled([...letters].join(''))];
}

function spellingsOf(word: string, { levels }: Scope): readonly string[] {
  const rows = levels.flatMap(level => optionsOf(level.options ?? '').get(word) ?? []);
  return [...new Set([word, ...rows.flatMap(row => row.spellings)])];
}

function longClasses(spelling: string, { levels, style }: Scope): readonly WordClass[] {
  if (style.abbreviate) return [beginning(shortest(spelling, levels))];
  const spellings = style.singleDash ? [spelling, `-${spelling}`, spelling.replace(/^--/, '-')] : [spelling];
  return [...new Set(spellings)].flatMap(one => [exactly(one), beginning(`${one}=`)]);
}

/**
 * The shortest abbreviation that means this option and no other of its own command. Options of commands around it may
 * make it ambiguous: a shorter one only sends more to the judge.
 */
function shortest(spelling: string, levels: readonly CommandGrammar[]): string {
  const prefixes = levels.flatMap(level => shortestIn(level, spelling) ?? []);
  return prefixes.toSorted((a, b) => a.length - b.length)[0] ?? spelling.slice(0, 3);
}

function shortestIn(level: CommandGrammar, spelling: string): string | undefined {
  const table = optionsOf(level.options ?? '');
  const row = table.get(spelling);
  if (!row) return undefined;
  const others = [...table]
    .filter(([other, its]) => its !== row && other.startsWith('--'))
    .flatMap(([other]) => [other, `--no-${other.slice(2)}`]);
  for (let length = 3; length < spelling.length; length += 1) {
    const prefix = spelling.slice(0, length);
    if (!others.some(other => other.startsWith(prefix))) return prefix;
  }
  return spelling;
}

/** A command and every command inside it. */
export function levelsOf(command: CommandGrammar): readonly CommandGrammar[] {
  return [command, ...Object.values(command.subcommands ?? {}).flatMap(levelsOf)];
}
