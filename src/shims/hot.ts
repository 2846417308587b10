/**
 * What a shim may let pass without asking the judge: only what a grammar declares plain, no inspector watches and no
 * rule names. Judges nothing: whatever is in doubt is left to the judge.
 */

import type { Inspector } from '../effects/effect.js';
import type { Grammar } from '../invocation/grammar.js';
import { subcommandNamed } from '../invocation/parse.js';
import { baseName } from '../paths.js';
import { isWildWord, readPattern, unescapeWord } from '../policy/pattern-text.js';
import type { Condition, Globs, Rule } from '../policy/rule.js';

/** The fast path of one shim. All words are plain enough to stand in a `case` of sh. */
export interface Hot {
  /** First arguments that need no judge. */
  readonly first: readonly string[];
  /** Options that may stand before one of them, with how many words follow as the option's value. */
  readonly after: readonly { readonly option: string; readonly values: 0 | 1 }[];
  /** Arguments that need no judge when they stand alone. */
  readonly sole: readonly string[];
  /** Beginnings of arguments that need the judge after all. */
  readonly except: readonly string[];
  /** Variables that send everything to the judge where they are set to anything but `harmless` or nothing. */
  readonly environment: readonly Variable[];
  /** Without arguments on a terminal, no judge is needed. */
  readonly terminal: boolean;
}

interface Variable {
  readonly name: string;
  /** Values that change nothing; none: being set is enough. */
  readonly harmless: readonly string[];
}

const NOTHING: Hot = { first: [], after: [], sole: [], except: [], environment: [], terminal: false };

/** The fast path of a program named `name`. `grammar` is the one that reads it, where there is one. */
export function hotSubcommands(
  name: string,
  grammar: Grammar | undefined,
  inspectors: readonly Inspector[],
  rules: readonly Rule[],
): Hot {
  const names = new Set([name, ...(grammar ? [grammar.tool, ...(grammar.names ?? [])] : [])]);
  const named = rules.flatMap(rule => rule.when.flatMap(condition => namedBy(condition, names, grammar)));
  if (named.includes(EVERYTHING)) return NOTHING;
  const watched = inspectors.flatMap(inspector => inspector.watches[grammar?.tool ?? name] ?? []);
  const first = (grammar?.plain ?? []).filter(
    word => isCaseWord(word) && !watched.includes(word) && !watched.includes('*') && !named.includes(word),
  );
  return {
    first,
    after: (grammar?.plainAfter ?? []).flatMap(readOption),
    sole: ['--version', '--help'],
    except: grammar?.plainUnless ?? [],
    environment: (grammar?.environment ?? []).flatMap(readVariable),
    terminal: grammar?.interactive === true,
  };
}

/** Stands for a pattern that may match any invocation of the tool. */
const EVERYTHING = '';

/** The subcommands, that a condition's command patterns name for the tool; `EVERYTHING` where it is open. */
function namedBy(
  condition: Condition,
  names: ReadonlySet<string>,
  grammar: Grammar | undefined,
): readonly string[] {
  if (condition.command === undefined) {
    const { env, ...effect } = condition;
    return env !== undefined && Object.keys(effect).length === 0 ? [EVERYTHING] : [];
  }
  return listOf(condition.command)
    .flatMap(pattern => readPattern(pattern))
    .flatMap(([tool = '*', second = '*']) => {
      if (!isWildWord(tool) && !names.has(baseName(unescapeWord(tool)))) return [];
      const literal = unescapeWord(second);
      return isWildWord(second) || literal.startsWith('-')
        ? [EVERYTHING]
        : [(grammar && subcommandNamed(grammar, literal)) ?? literal];
    });
}

function listOf(globs: Globs): readonly string[] {
  return typeof globs === 'string' ? [globs] : globs;
}

function readOption(row: string): Hot['after'] {
  const [option = '', value] = row.split(' ');
  return isCaseWord(option) ? [{ option, values: value === undefined ? 0 : 1 }] : [];
}

function readVariable(row: string): readonly Variable[] {
  const [, name, values] = /^([A-Za-z_][A-Za-z0-9_]*)(?:=(.*))?$/.exec(row) ?? [];
  if (name === undefined) return [];
  return [{ name, harmless: values?.split('|').filter(isCaseWord) ?? [] }];
}

function isCaseWord(word: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(word);
}
