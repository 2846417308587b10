/** Options of patterns, canonicalised by the tool's own grammar. Knows the shape of grammars, no tool. */

import type { CommandGrammar, Grammar, Style } from '../invocation/grammar.js';
import { type OptionRow, optionsOf } from '../invocation/notation.js';

/** An option as a pattern spells it, its value still a glob. */
export interface Spelled {
  readonly spelled: string;
  readonly value?: string;
}

/** The row of an option, and whether the spelling switches it off (`--no-force`). */
export interface Found {
  readonly row: OptionRow;
  readonly negated: boolean;
}

/** Finds a spelling among the commands of a path, the innermost first, as the parser does. */
export function findAlong(path: readonly CommandGrammar[], style: Style, spelled: string): Found | undefined {
  const spelling = style.singleDash && /^-[^-]/.test(spelled) ? `-${spelled}` : spelled;
  const exact = lookUp(path, spelling);
  if (exact) return { row: exact, negated: false };
  if (!spelling.startsWith('--no-')) return undefined;
  const positive = lookUp(path, `--${spelling.slice('--no-'.length)}`);
  return positive && (style.negate || positive.negatable) ? { row: positive, negated: true } : undefined;
}

/** The commands that a subcommand path leads through, the tool itself first. */
export function pathOf(grammar: Grammar, subcommand: readonly string[]): readonly CommandGrammar[] {
  const path: CommandGrammar[] = [grammar];
  for (const name of subcommand) {
    const inner = path.at(-1)!.subcommands?.[name];
    if (!inner) break;
    path.push(inner);
  }
  return path;
}

/** Finds a spelling in the tool or in any of its subcommands: for patterns whose subcommand is a wildcard. */
export function findAnywhere(grammar: Grammar, spelled: string): Found | undefined {
  return findWithin([grammar], grammar.style, spelled);
}

function findWithin(path: readonly CommandGrammar[], style: Style, spelled: string): Found | undefined {
  const found = findAlong(path, style, spelled);
  if (found) return found;
  for (const inner of Object.values(path.at(-1)!.subcommands ?? {})) {
    const deeper = findWithin([inner], inner.style ?? style, spelled);
    if (deeper) return deeper;
  }
  return undefined;
}

/** `-rf` as `-r` and `-f`, `-XDELETE` as `-X` with its value; empty where it is no bundle of known options. */
export function bundleOf(
  spelled: string,
  style: Style,
  find: (short: string) => Found | undefined,
): readonly Spelled[] {
  if (!style.bundle || !/^-[^-]./.test(spelled)) return [];
  const options: Spelled[] = [];
  for (let i = 1; i < spelled.length; i += 1) {
    const short = `-${spelled[i]!}`;
    const found = find(short);
    if (!found) return [];
    const rest = spelled.slice(i + 1);
    if (found.row.arity === 'none') options.push({ spelled: short });
    else return [...options, rest === '' ? { spelled: short } : { spelled: short, value: rest }];
  }
  return options;
}

function lookUp(path: readonly CommandGrammar[], spelling: string): OptionRow | undefined {
  for (let i = path.length - 1; i >= 0; i -= 1) {
    const row = optionsOf(path[i]!.options ?? '').get(spelling);
    if (row) return row;
  }
  return undefined;
}
