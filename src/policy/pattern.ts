/**
 * Command patterns: what a person would type (`git push --force`, `aws * delete-*`), compiled by the grammar of
 * their tool. Matched on parsed invocations alone (see pattern-match.ts), never on a raw line.
 */

import type { CommandGrammar, Grammar } from '../invocation/grammar.js';
import { grammarOf } from '../invocation/lookup.js';
import { subcommandNamed } from '../invocation/parse.js';
import { baseName } from '../paths.js';
import { escapeGlob, expandBraces, type Matcher, type Part } from './glob.js';
import { bundleOf, type Found, findAlong, findAnywhere, type Spelled } from './pattern-option.js';
import { compileReading } from './pattern-reading.js';
import { badPattern, isWildWord, readPattern, unescapeWord } from './pattern-text.js';
import type { Globs } from './rule.js';

/** Each option that no grammar knows doubles the readings. */
const MAX_OPTIONS = 8;

/** One reading of a pattern as data, every word a list of globs: what a compiled policy keeps. */
export interface PatternReading {
  readonly program: Globs;
  readonly tool?: string;
  readonly via: readonly string[];
  readonly words: readonly (readonly string[] | 'any')[];
  readonly options: readonly { readonly spelled: string; readonly wild?: true; readonly value?: Globs }[];
}

/** One reading of a pattern. */
export interface CommandPattern {
  /** The invocation's tool or its program's base name must match. */
  readonly program: Matcher;
  /** The tool under which invocations are found; none where the program is a glob. */
  readonly tool: string | undefined;
  /** A wrapper that must stand around the command: `sudo` in `sudo reboot`. */
  readonly via: readonly string[];
  /** Subcommands and operands in order, as a prefix; `any` is `**`. */
  readonly words: readonly (Part | 'any')[];
  /** The globs of each of `words`, for whoever must know them before there is an invocation. */
  readonly globs: readonly (readonly string[])[];
  readonly options: readonly PatternOption[];
}

/** An option that must be on, with a value where one is given. */
export interface PatternOption {
  readonly spelled: string;
  /** Set where the spelling has wildcards. */
  readonly wild?: Matcher;
  readonly value?: Part;
}

/** All readings of a pattern; an invocation matches when any of them does. Throws `GuardError('bad-pattern')`. */
export function compilePattern(pattern: string): readonly CommandPattern[] {
  return readingsOf(pattern).map(compileReading);
}

/**
 * The tools of a pattern, where its text shows them before it is read: `git …`, `(npm|yarn) …`. Nothing for others: globs,
 * and wrappers that guard looks through.
 */
export function toolsOf(pattern: string): readonly string[] | undefined {
  const [, one, group] = /^(?:([\w.+-]+)|\(([\w.+|-]+)\))(?:\s|$)/.exec(pattern) ?? [];
  const names = one === undefined ? group?.split('|') : [one];
  // Of `(|npx) tool` the program may be the word behind the group.
  if (names === undefined || names.some(name => name === '' || grammarOf(name)?.transparent))
    return undefined;
  return [...new Set(names.map(name => grammarOf(name)?.tool ?? name))];
}

/** The readings of a pattern as data. Throws `GuardError('bad-pattern')`. */
export function readingsOf(pattern: string): readonly PatternReading[] {
  return readPattern(pattern).flatMap(words => readWords(pattern, words, []));
}

function readWords(
  pattern: string,
  [program, ...rest]: readonly string[],
  via: readonly string[],
): readonly PatternReading[] {
  if (program === undefined || program.startsWith('-') || unescapeWord(program) === '') {
    throw badPattern(pattern, 'it names no program', 'Begin with the program: git push --force');
  }
  const unexpanded = [program, ...rest].find(word => word.startsWith('~'));
  if (unexpanded !== undefined) {
    throw badPattern(
      pattern,
      'the shell replaces ~ before the program runs',
      `Write the path itself, or quote '${unexpanded}'.`,
    );
  }
  const wild = isWildWord(program);
  const name = wild ? program : baseName(unescapeWord(program));
  const grammar = wild ? undefined : grammarOf(name);
  if (grammar?.transparent && rest.length > 0) {
    if (rest[0]!.startsWith('-')) {
      const hint = `Leave the options of ${name} out: ${name} reboot`;
      throw badPattern(pattern, `guard looks through ${name}, whatever its options`, hint);
    }
    return readWords(pattern, rest, [...via, name]);
  }
  if (rest.filter(word => word.startsWith('-')).length > MAX_OPTIONS) {
    throw badPattern(
      pattern,
      `it has more than ${MAX_OPTIONS} options`,
      'Keep the options that make the command dangerous.',
    );
  }
  const readings = new ArgumentReader(rest, grammar).read();
  return readings.map(reading => ({
    program: wild ? name : escapeGlob(name),
    ...(!wild && { tool: grammar?.tool ?? name }),
    via,
    ...reading,
  }));
}

type Arguments = Pick<PatternReading, 'words' | 'options'>;

/** Reads the words after the program as the tool would, as far as a pattern with wildcards lets it. */
class ArgumentReader {
  readonly #tokens: readonly string[];
  readonly #grammar: Grammar | undefined;

  constructor(tokens: readonly string[], grammar: Grammar | undefined) {
    this.#tokens = tokens;
    this.#grammar = grammar;
  }

  read(): readonly Arguments[] {
    const path = this.#grammar ? [this.#grammar] : [];
    return this.#from(0, { path, open: true }, { words: [], options: [] });
  }

  #from(at: number, place: Place, so: Arguments): readonly Arguments[] {
    const token = this.#tokens[at];
    if (token === undefined) return [so];
    if (!place.dashes && token === '--') return this.#from(at + 1, { ...place, dashes: true }, so);
    if (!place.dashes && token.startsWith('-') && token !== '-') return this.#option(at, token, place, so);
    const name = place.open && !isWildWord(token) ? unescapeWord(token) : undefined;
    const inner = name === undefined ? undefined : subcommandOf(place.path, name);
    const globs = inner ? inner.spellings.map(escapeGlob) : expandBraces(token);
    const word = token === '**' ? 'any' : globs;
    const next = inner ? { path: [...place.path, inner.grammar], open: true } : { ...place, open: false };
    return this.#from(at + 1, next, { ...so, words: [...so.words, word] });
  }

  #option(at: number, token: string, place: Place, so: Arguments): readonly Arguments[] {
    const options = this.#spelled(token, place);
    const last = options.at(-1)!;
    const found = this.#find(unescapeWord(last.spelled), place);
    const asFlag = () => this.#from(at + 1, place, withOptions(so, options));
    const value = this.#tokens[at + 1];
    if (last.value !== undefined || value === undefined || value.startsWith('-')) return asFlag();
    if (isWildWord(last.spelled)) return asFlag();
    if (found && (found.negated || found.row.arity !== 'required')) return asFlag();
    const valued = [...options.slice(0, -1), { ...last, value }];
    const asValue = this.#from(at + 2, place, withOptions(so, valued));
    // Where no grammar tells whether the option takes the next word, either may be meant.
    return found ? asValue : [...asFlag(), ...asValue];
  }

  #spelled(token: string, place: Place): readonly Spelled[] {
    const equals = token.indexOf('=');
    if (equals > 0) return [{ spelled: token.slice(0, equals), value: token.slice(equals + 1) }];
    if (!this.#grammar || isWildWord(token) || this.#find(unescapeWord(token), place))
      return [{ spelled: token }];
    const bundle = bundleOf(token, this.#grammar.style, short => this.#find(short, place));
    return bundle.length > 0 ? bundle : [{ spelled: token }];
  }

  /** Behind a wildcard any subcommand may be meant: then the option of whichever has it. */
  #find(spelled: string, place: Place): Found | undefined {
    if (!this.#grammar) return undefined;
    return findAlong(place.path, this.#grammar.style, spelled) ?? findAnywhere(this.#grammar, spelled);
  }
}

/** How far the subcommands of a pattern have led. */
interface Place {
  readonly path: readonly CommandGrammar[];
  /** False once a wildcard or an operand stood: what follows is no subcommand. */
  readonly open: boolean;
  /** True after `--`. */
  readonly dashes?: boolean;
}

function subcommandOf(path: readonly CommandGrammar[], word: string) {
  const current = path.at(-1);
  const name = current && subcommandNamed(current, word);
  const grammar = name === undefined ? undefined : current?.subcommands?.[name];
  if (name === undefined || !grammar) return undefined;
  return { grammar, spellings: [name, ...(grammar.aliases ?? [])] };
}

function withOptions(so: Arguments, options: readonly Spelled[]): Arguments {
  return { ...so, options: [...so.options, ...options.map(asOption)] };
}

function asOption({ spelled, value }: Spelled): PatternReading['options'][number] {
  const wild = isWildWord(spelled);
  return {
    spelled: wild ? spelled : unescapeWord(spelled),
    ...(wild && { wild }),
    ...(value !== undefined && { value }),
  };
}
