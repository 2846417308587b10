/**
 * What of a program needs no judge, worked out from the tables that `decide()` judges by: its grammar, the inspectors
 * that watch it and the rules in force. Whatever one of them may have something to say of is left to the judge, and so
 * is all that none of them knows to be plain. Decides nothing.
 */

import type { Inspector } from '../effects/effect.js';
import type { CommandGrammar, Grammar, PlainTable, Style } from '../invocation/grammar.js';
import { handingOn, onlyTalks } from '../invocation/handed-on.js';
import { grammarOf } from '../invocation/lookup.js';
import { parse, subcommandNamed } from '../invocation/parse.js';
import type { CommandPattern } from '../policy/pattern.js';
import { certain } from '../shell/command.js';
import { automaton, type Beginning } from './automaton.js';
import { levelsOf, type Scope } from './careful.js';
import { pathProgram } from './paths.js';
import { NOTHING_PLAIN, type PlainProgram, type PlainVariable } from './program.js';
import { viewOfPatterns } from './ruled.js';
import type { RuleFacts } from './rules.js';
import { readTable } from './table.js';
import { ANYTHING, either, together, type View, viewOfRuns, viewOfTable } from './view.js';

/** Words that every program answers alone, by printing something about itself. */
const TELLING = ['--version', '--help'];

/** What is plain of the program named `name`. `grammar` is the one that reads it, where there is one. */
export function plainProgram(
  name: string,
  grammar: Grammar | undefined,
  inspectors: readonly Inspector[],
  rules: RuleFacts,
): PlainProgram {
  const tool = grammar?.tool ?? name;
  const patterns = rules.patternsFor(name, tool);
  const ruled = viewOfRules(patterns, grammar);
  const variables = rules.variables.map(readVariable);
  if (ruled === undefined || variables.some(variable => variable === undefined)) return NOTHING_PLAIN;
  const lines = new Lines(inspectors, rules);
  const views = [
    viewOfGrammar(name, grammar, lines),
    ...inspectors.flatMap(inspector => viewOfInspector(inspector, tool, grammar) ?? []),
    ruled,
  ];
  const paths = patterns.length === 0 ? pathProgram(tool, inspectors, rules.ofEffects) : undefined;
  return {
    ...(paths && { paths }),
    states: automaton(views, beginningOf(patterns, grammar)),
    environment: [...(grammar?.environment ?? []), ...lines.environment]
      .map(readVariable)
      .concat(variables)
      .filter(variable => variable !== undefined),
    ...(grammar?.speaking && {
      speaking: {
        words: grammar.speaking.words,
        environment: grammar.speaking.environment.map(readVariable).filter(one => one !== undefined),
      },
    }),
    terminal: grammar?.interactive === true && ruled.ends,
  };
}

/** Lines of programs behind the words of another. */
class Lines {
  readonly #inspectors: readonly Inspector[];
  readonly #rules: RuleFacts;
  /** Variables that change what one of the programs does. */
  readonly environment: string[] = [];

  constructor(inspectors: readonly Inspector[], rules: RuleFacts) {
    this.#inspectors = inspectors;
    this.#rules = rules;
  }

  /** The view of a program's line, its name left out; nothing where the judge is needed. */
  viewOf(name: string): View | undefined {
    const grammar = grammarOf(name);
    const tool = grammar?.tool ?? name;
    if (grammar?.speaking) return undefined;
    const ruled = viewOfRules(this.#rules.patternsFor(name, tool), grammar);
    const watching = this.#inspectors.map(inspector => viewOfInspector(inspector, tool, grammar));
    const view = together([
      viewOfGrammar(name, grammar, this),
      ...watching.filter(one => one !== undefined),
      ruled,
    ]);
    if (view) this.environment.push(...(grammar?.environment ?? []));
    return view && { ...view, key: `${name} ${view.key}` };
  }
}

/** Nothing is plain to a grammar but what it says; one that sees no command inside its tool has nothing to say. */
function viewOfGrammar(name: string, grammar: Grammar | undefined, lines: Lines): View {
  if (!grammar) return onlyTalks(name) ? ANYTHING : viewOf(handingOn(), grammar);
  if (!grammar.unwrap && !grammar.read) return ANYTHING;
  // `git-push` is a command of git already: what follows is no subcommand.
  if (name.startsWith(`${grammar.tool}-`)) return viewOf('', grammar);
  const table = viewOf(grammar.plain ?? '', grammar);
  return grammar.plainRuns
    ? either(
        viewOfRuns(grammar.plainRuns, one => lines.viewOf(one)),
        table,
      )
    : table;
}

/** The view of an inspector of the programs that it watches; nothing where it does not. */
function viewOfInspector(
  { name, watches, quiet = {} }: Inspector,
  tool: string,
  grammar: Grammar | undefined,
): View | undefined {
  const watched = watches[tool] ?? watches['*'];
  if (watched === undefined) return undefined;
  const table = viewOf(quiet[tool] ?? quiet['*'] ?? '', grammar);
  if (watched === '*') return { ...table, key: `${name} ${table.key}` };
  // Without a subcommand that the grammar knows, the inspector looks itself.
  const isWatched = (word: string) => {
    const [subcommand] = grammar ? parse([certain(tool), certain(word)], grammar).subcommand : [];
    return subcommand === undefined || watched.includes(subcommand);
  };
  return {
    ...table,
    key: `${name} ${table.key}`,
    words: [...table.words, ...spellingsIn(grammar)],
    step: word => (isWatched(word) ? table.step(word) : ANYTHING),
  };
}

function viewOf(table: PlainTable, grammar: Grammar | undefined): View {
  return viewOfTable(readTable(table), path => scopeOf(path, grammar));
}

/** The grammars that read what follows the path, and how they read options. */
function scopeOf(path: readonly string[], grammar: Grammar | undefined): Scope {
  if (!grammar) return { levels: [], style: EXACT };
  const levels: CommandGrammar[] = [grammar];
  let { style } = grammar;
  for (const word of path) {
    const name = subcommandNamed(levels.at(-1)!, word);
    const inner = name === undefined ? undefined : levels.at(-1)!.subcommands?.[name];
    if (!inner) break;
    levels.push(inner);
    style = inner.style ?? style;
  }
  // An option of a command inside it may follow too.
  return { levels: [...levels.slice(0, -1), ...levelsOf(levels.at(-1)!)], style };
}

/** Of a program that no grammar reads every word is what it says. */
const EXACT: Style = {
  permute: true,
  bundle: false,
  abbreviate: false,
  negate: false,
  equals: true,
  flagValues: false,
  singleDash: false,
};

function spellingsIn(grammar: Grammar | undefined): readonly string[] {
  return Object.entries(grammar?.subcommands ?? {}).flatMap(([name, { aliases = [] }]) => [name, ...aliases]);
}

/** Rules speak of words as the grammar reads them: of a tool with its own reading, only subcommands are sure. */
function viewOfRules(patterns: readonly CommandPattern[], grammar: Grammar | undefined): View | undefined {
  const isOwnReading = grammar?.read && !grammar.subcommands && !grammar.generic;
  if (isOwnReading && patterns.some(({ words }) => words.length > 0)) return undefined;
  return viewOfPatterns(patterns, grammar);
}

function beginningOf(patterns: readonly CommandPattern[], grammar: Grammar | undefined): Beginning {
  const wordless = viewOfPatterns(
    patterns.filter(({ words }) => words.length === 0 || words[0] === 'any'),
    grammar,
  );
  return {
    alone: TELLING.filter(word => wordless?.step(word) !== undefined),
    before: (grammar?.plainAfter ?? [])
      .map(readOption)
      .filter(
        ({ option }) =>
          !patterns.some(({ options }) => options.some(one => one.wild || one.spelled === option)),
      ),
  };
}

function readOption(row: string): Beginning['before'][number] {
  const [option = '', value] = row.split(' ');
  return { option, values: value === undefined ? 0 : 1 };
}

/** `NAME` or `NAME=a|b`; nothing for a name that sh has no variable for. */
function readVariable(text: string): PlainVariable | undefined {
  const [, name, values] = /^([A-Za-z_][A-Za-z0-9_]*)(?:=(.*))?$/.exec(text) ?? [];
  if (name === undefined) return undefined;
  const harmless = values?.split('|') ?? [];
  return { name, harmless: harmless.every(value => /^[A-Za-z0-9_-]+$/.test(value)) ? harmless : [] };
}
