/**
 * What a shim may let pass without asking the judge: only what a grammar declares plain, no inspector watches and no
 * rule names. Judges nothing: whatever is in doubt is left to the judge.
 */

import type { Inspector } from '../effects/effect.js';
import type { Grammar } from '../invocation/grammar.js';
import { subcommandNamed } from '../invocation/parse.js';
import { baseName } from '../paths.js';
import { compileGlobs } from '../policy/glob.js';
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
  const named = namedBy(rules, names, grammar);
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

/** What the rules' command patterns name, by the program's base name or, where that is open, its glob. */
interface Named {
  /** The second words of patterns, as they stand there; `*` where there is none. */
  readonly seconds: ReadonlyMap<string, readonly string[]>;
  /** Globs of programs: `*`, `{Remove,Stop}-Az*`. */
  readonly globs: readonly { readonly glob: string; readonly matches: (name: string) => boolean }[];
  /** True where a condition asks for variables alone, and so may match any invocation. */
  readonly open: boolean;
}

/** Made once for a set of rules: there are thousands of patterns, and hundreds of shims that ask. */
const namedIn = new WeakMap<readonly Rule[], Named>();

/** The subcommands that rules name for the tool; `EVERYTHING` where one is open. */
function namedBy(
  rules: readonly Rule[],
  names: ReadonlySet<string>,
  grammar: Grammar | undefined,
): readonly string[] {
  const named = namedIn.get(rules) ?? readRules(rules);
  namedIn.set(rules, named);
  if (named.open) return [EVERYTHING];
  const globs = named.globs.filter(({ matches }) => [...names].some(matches)).map(({ glob }) => glob);
  return [...globs, ...names]
    .flatMap(name => named.seconds.get(name) ?? [])
    .map(second => {
      const literal = unescapeWord(second);
      return isWildWord(second) || literal.startsWith('-')
        ? EVERYTHING
        : ((grammar && subcommandNamed(grammar, literal)) ?? literal);
    });
}

function readRules(rules: readonly Rule[]): Named {
  const conditions = rules.flatMap(rule => rule.when);
  const seconds = new Map<string, string[]>();
  for (const pattern of conditions.flatMap(({ command = [] }) => listOf(command))) {
    for (const [tool = '*', second = '*'] of readPattern(pattern)) {
      const name = isWildWord(tool) ? tool : baseName(unescapeWord(tool));
      const known = seconds.get(name);
      if (!known) seconds.set(name, [second]);
      else if (!known.includes(second)) known.push(second);
    }
  }
  const globs = [...seconds.keys()].filter(isWildWord).map(glob => ({ glob, matches: compileGlobs(glob) }));
  return { seconds, globs, open: conditions.some(isOpen) };
}

function isOpen({ command, env, ...effect }: Condition): boolean {
  return command === undefined && env !== undefined && Object.keys(effect).length === 0;
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
