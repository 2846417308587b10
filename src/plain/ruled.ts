/** The command patterns of the rules as a view: where a pattern may still match, the judge is needed. Knows no tool. */

import type { CommandGrammar, Grammar } from '../invocation/grammar.js';
import { optionsOf } from '../invocation/notation.js';
import { subcommandNamed } from '../invocation/parse.js';
import type { CommandPattern, PatternOption } from '../policy/pattern.js';
import { isWildWord, unescapeWord } from '../policy/pattern-text.js';
import { levelsOf } from './careful.js';
import { anythingBut, type View } from './view.js';
import { beginning, bundled, exactly, UNCLEAN, type WordClass } from './word-class.js';

/** More words than this at one place are told apart by their beginnings alone: a shim's size does not grow with the rules. */
const MAX_WORDS = 60;

/** A view of the beginning of a command line of a tool that `grammar` reads. */
export function viewOfPatterns(
  patterns: readonly CommandPattern[],
  grammar: Grammar | undefined,
): View | undefined {
  return new Alive(patterns, [], grammar, grammar ? [grammar] : []).view();
}

/** The patterns that the words so far leave alive. */
class Alive {
  /** All words of these are there, and an option is missing. */
  readonly #complete: readonly CommandPattern[];
  /** These miss words. */
  readonly #open: readonly CommandPattern[];
  readonly #path: readonly string[];
  readonly #grammar: Grammar | undefined;
  /** The commands that the words so far lead through; empty where a word is none that the grammar knows. */
  readonly #levels: readonly CommandGrammar[];

  constructor(
    patterns: readonly CommandPattern[],
    path: readonly string[],
    grammar: Grammar | undefined,
    levels: readonly CommandGrammar[],
  ) {
    const isComplete = ({ words }: CommandPattern) => {
      const any = words.indexOf('any');
      return words.length <= path.length || (any >= 0 && any <= path.length);
    };
    this.#complete = patterns.filter(isComplete);
    this.#open = patterns.filter(pattern => !isComplete(pattern));
    this.#path = path;
    this.#grammar = grammar;
    this.#levels = levels;
  }

  view(): View | undefined {
    if (this.#complete.some(({ options }) => options.length === 0)) return undefined;
    // All options of a pattern must be there: one of them is enough to look for.
    const after = anythingBut(
      optionClasses(
        this.#complete.map(({ options }) => options[0]!),
        this.#grammar,
      ),
    );
    if (this.#open.length === 0) return after;
    const words = this.#words();
    const isMany = words.length > MAX_WORDS;
    const at = this.#path.length;
    const globs = this.#open.flatMap(pattern => pattern.globs[at] ?? []).filter(isWildWord);
    return {
      key: `rules ${this.#path.join(' ')}`,
      ends: true,
      // What other tables name is asked for by `step` all the same.
      words: isMany ? [] : words,
      careful: unique([
        ...after.careful,
        beginning('-'),
        UNCLEAN,
        ...(isMany ? beginningsOf(words).map(beginning) : []),
        ...globs.map(glob => beginning(startOf(glob))),
      ]),
      step: word => this.#step(word),
      rest: after,
    };
  }

  #step(word: string): View | undefined {
    // What an option takes, and so which words come next, only the judge reads.
    if (word.startsWith('-')) return undefined;
    const at = this.#path.length;
    const spellings = this.#spellings(word);
    const alive = this.#open.filter(({ words }) => {
      const part = words[at]!;
      return part === 'any' || spellings.some(part.matches);
    });
    const inner = this.#inner(word);
    const levels = inner ? [...this.#levels, inner] : [];
    return new Alive([...this.#complete, ...alive], [...this.#path, word], this.#grammar, levels).view();
  }

  /** Every word that some pattern may mean here. */
  #words(): readonly string[] {
    const at = this.#path.length;
    const literal = this.#open
      .flatMap(pattern => pattern.globs[at] ?? [])
      .filter(glob => !isWildWord(glob))
      .map(unescapeWord);
    const known = Object.entries(this.#levels.at(-1)?.subcommands ?? {})
      .map(([name, { aliases = [] }]) => [name, ...aliases])
      .filter(spellings =>
        this.#open.some(({ words }) => {
          const part = words[at]!;
          return part === 'any' || spellings.some(part.matches);
        }),
      )
      .flat();
    return [...new Set([...literal, ...known])];
  }

  #spellings(word: string): readonly string[] {
    const current = this.#levels.at(-1);
    const name = current && subcommandNamed(current, word);
    if (current === undefined || name === undefined) return [word];
    return [word, name, ...(current.subcommands?.[name]?.aliases ?? [])];
  }

  #inner(word: string): CommandGrammar | undefined {
    const current = this.#levels.at(-1);
    const name = current && subcommandNamed(current, word);
    return name === undefined ? undefined : current?.subcommands?.[name];
  }
}

/** Every word by which one of the options may be given. */
function optionClasses(
  options: readonly PatternOption[],
  grammar: Grammar | undefined,
): readonly WordClass[] {
  if (!grammar) return unique(options.flatMap(exactSpellings));
  const letters = new Set(options.flatMap(option => firstLetters(option, grammar)));
  const names = [...letters].join('');
  if (names === '') return [];
  if (!/^[A-Za-z0-9]+$/.test(names)) return [beginning('-')];
  const long: WordClass = [{ is: '--' }, { of: names }, '*'];
  return grammar.style.singleDash ? [long, [{ is: '-' }, { of: names }, '*']] : [long, ...bundled(names)];
}

/** A tool that no grammar reads: `-force` may be `--force`, and a value follows behind `=` or as the next word. */
function exactSpellings({ spelled, wild }: PatternOption): readonly WordClass[] {
  const bare = spelled.replace(/^--?/, '');
  const start = startOf(bare);
  if (wild && start === '') return [beginning('-')];
  return [`-${start}`, `--${start}`].flatMap(one =>
    wild ? [beginning(one)] : [exactly(one), beginning(`${one}=`)],
  );
}

/**
 * The letters with which the option's spellings begin. That is enough: an abbreviation begins so, a bundle holds a short
 * one, and of a word that the grammar does not know the first letter decides what its rest is taken for.
 */
function firstLetters({ spelled, wild }: PatternOption, grammar: Grammar): readonly string[] {
  const bare = spelled.replace(/^--?/, '');
  if (wild) return [startOf(bare)[0] ?? '*'];
  const rows = levelsOf(grammar).flatMap(level => {
    const table = optionsOf(level.options ?? '');
    const row = table.get(spelled) ?? table.get(`--${bare}`);
    return row ? [...table.values()].filter(({ name }) => name === row.name) : [];
  });
  return [bare, ...rows.flatMap(row => row.spellings.map(one => one.replace(/^--?/, '')))].map(
    name => name[0] ?? '*',
  );
}

/** The longest beginnings of the words of which there are few enough: `bench0 bench1 …` begin with `bench`. */
function beginningsOf(words: readonly string[]): readonly string[] {
  for (let length = Math.max(...words.map(word => word.length)); length > 0; length -= 1) {
    const beginnings = new Set(words.map(word => word.slice(0, length)));
    if (beginnings.size <= MAX_WORDS) return [...beginnings];
  }
  return [''];
}

/** What stands in a glob before anything wild. */
function startOf(glob: string): string {
  return unescapeWord(/^(?:\\[\s\S]|[^\\*?[\]{}])*/.exec(glob)?.[0] ?? '');
}

function unique(classes: readonly WordClass[]): readonly WordClass[] {
  return [...new Map(classes.map(one => [JSON.stringify(one), one])).values()];
}
