/** Command patterns × invocation: matched on what the tool reads, in any spelling. May not judge. */

import type { CommandGrammar, Grammar } from '../invocation/grammar.js';
import type { Invocation, OptionUse } from '../invocation/invocation.js';
import { grammarOf } from '../invocation/lookup.js';
import { namesItself } from '../invocation/remote.js';
import { baseName } from '../paths.js';
import type { Word } from '../shell/command.js';
import type { CommandPattern, PatternOption } from './pattern.js';
import { type Found, findAlong, pathOf } from './pattern-option.js';
import { type Certainty, isLaid, type Place, shownText, stands } from './pattern-words.js';

/** An invocation made ready for many patterns: each side of it when it is first asked for, for most patterns are of other programs. */
export class Prepared {
  readonly invocation: Invocation;
  readonly name: string;
  #words: readonly Place[] | undefined;
  #path: readonly CommandGrammar[] | undefined;

  constructor(invocation: Invocation) {
    this.invocation = invocation;
    this.name = baseName(invocation.program.text);
  }

  get grammar(): Grammar | undefined {
    return this.invocation.known ? grammarOf(this.invocation.tool) : undefined;
  }

  /** The commands that its subcommands lead through; empty for a tool without a grammar. */
  get path(): readonly CommandGrammar[] {
    const { grammar } = this;
    this.#path ??= grammar ? pathOf(grammar, this.invocation.subcommand) : [];
    return this.#path;
  }

  /** Its subcommands and operands. */
  get words(): readonly Place[] {
    this.#words ??= placesOf(this.invocation, this.path);
    return this.#words;
  }
}

function placesOf(invocation: Invocation, path: readonly CommandGrammar[]): readonly Place[] {
  const values = possibleValues(invocation);
  const subcommands = invocation.subcommand.map((name, i) => ({
    spellings: [name, ...(path[i + 1]?.aliases ?? [])],
    certain: true,
    skippable: false,
    splits: false,
  }));
  const operands = invocation.operands.map(word => ({
    spellings: [shownText(word)],
    certain: word.certain,
    skippable: values.has(word),
    splits: word.splits === true,
  }));
  return [...subcommands, ...operands];
}

/** Does the pattern describe this invocation? */
export function matchesPattern(pattern: CommandPattern, prepared: Prepared, certainty: Certainty): boolean {
  const { invocation } = prepared;
  if (!pattern.program(invocation.tool) && !pattern.program(prepared.name)) return false;
  if (!pattern.via.every(name => invocation.via.some(via => via === name || via.startsWith(`${name} `))))
    return false;
  if (
    certainty === 'possibly' &&
    (asksForHelp(pattern, prepared) || !isLaid(pattern, prepared.words, certainty))
  )
    return false;
  if (!pattern.options.every(option => isGiven(option, prepared, certainty))) return false;
  if (certainty === 'possibly') return true;
  // Certain only where it holds however the options of an unknown tool take their values.
  const fixed = prepared.words.map(word => ({ ...word, skippable: false }));
  const without = fixed.filter((_, i) => !prepared.words[i]!.skippable);
  return isLaid(pattern, fixed, certainty) && isLaid(pattern, without, certainty);
}

/** `doctl help databases delete`: a `**` right behind the tool does not reach over `help`, which every such tool has. */
function asksForHelp({ words: [first] }: CommandPattern, { words: [word] }: Prepared): boolean {
  return first === 'any' && word?.certain === true && word.spellings[0] === 'help';
}

/** The known operands behind those words that the first of the patterns which describes the invocation takes. */
export function operandsBehind(prepared: Prepared, patterns: readonly CommandPattern[]): readonly string[] {
  const pattern = patterns.find(one => matchesPattern(one, prepared, 'possibly'));
  if (!pattern) return [];
  const { words } = prepared;
  let at = 0;
  for (const part of pattern.words) {
    if (part === 'any') continue;
    while (at < words.length && !stands(part, words[at]!, 'possibly')) at += 1;
    at += 1;
  }
  const first = Math.max(at, prepared.invocation.subcommand.length);
  const behind = words.slice(first).filter(word => word.certain);
  const sure = behind.filter(word => !word.skippable);
  return (sure.length > 0 ? sure : behind).flatMap(word => word.spellings.slice(0, 1));
}

function isGiven(option: PatternOption, prepared: Prepared, certainty: Certainty): boolean {
  const { invocation, grammar, path } = prepared;
  const found = grammar && findAlong(path, path.at(-1)?.style ?? grammar.style, option.spelled);
  const uses = [
    ...invocation.options.flatMap(use => asUse(use, option, found, invocation)),
    ...unknownUses(option, invocation),
  ];
  const last = uses.at(-1);
  if (last === undefined || !last.on) return false;
  const { value } = option;
  if (value === undefined) return true;
  const inForce = uses.slice(uses.findLastIndex(use => !use.on) + 1);
  const fits = (use: Use) =>
    use.values.some(word =>
      word.certain
        ? value.matches(word.text) && !isExcuseThere(word, invocation, certainty)
        : certainty === 'possibly' && value.possibly(shownText(word)),
    );
  return certainty === 'possibly' ? inForce.some(fits) : inForce.every(fits);
}

/** What another machine calls localhost is that machine: its address excuses nothing there. */
export function isExcuseThere(word: Word, invocation: Invocation, certainty: Certainty): boolean {
  return certainty === 'certainly' && invocation.remote !== undefined && namesItself(word.text);
}

/** One use of a pattern's option: on as the pattern wants it, or switched off again. */
interface Use {
  readonly on: boolean;
  readonly values: readonly Word[];
}

function asUse(
  use: OptionUse,
  option: PatternOption,
  found: Found | undefined,
  invocation: Invocation,
): readonly Use[] {
  const values = use.value ? [use.value] : invocation.known ? [] : nextWord(invocation, use.at);
  if (option.wild) return option.wild(use.name) ? [{ on: !use.negated, values }] : [];
  if (found) return use.name === found.row.name ? [{ on: use.negated === found.negated, values }] : [];
  if (isSameSpelling(use.name, option.spelled)) {
    const off =
      use.negated || (!invocation.known && use.value?.text === 'false' && option.value === undefined);
    return [{ on: !off, values }];
  }
  const isNegation = !invocation.known && use.name === `--no-${option.spelled.replace(/^--?/, '')}`;
  return isNegation ? [{ on: false, values: [] }] : [];
}

/** Options that the tool's grammar lacks, compared by their text. */
function unknownUses(option: PatternOption, invocation: Invocation): readonly Use[] {
  return invocation.unknown.flatMap(word => {
    const equals = word.text.indexOf('=');
    const name = equals < 0 ? word.text : word.text.slice(0, equals);
    if (!(option.wild?.(name) ?? isSameSpelling(name, option.spelled))) return [];
    if (equals >= 0) return [{ on: true, values: [{ ...word, text: word.text.slice(equals + 1) }] }];
    return [{ on: true, values: nextWord(invocation, invocation.argv.indexOf(word)) }];
  });
}

/** `-force` and `--force` are the same to the tools that accept both; which those are no grammar tells here. */
function isSameSpelling(a: string, b: string): boolean {
  if (a === b) return true;
  const bare = (spelling: string) => spelling.replace(/^--?/, '');
  return bare(a).length > 1 && bare(a) === bare(b);
}

function nextWord(invocation: Invocation, at: number): readonly Word[] {
  const next = at < 0 ? undefined : invocation.argv[at + 1];
  return next && !next.text.startsWith('-') ? [next] : [];
}

/** The words that follow an option whose arity nobody knows. */
function possibleValues(invocation: Invocation): ReadonlySet<Word> {
  const { argv, known, options, unknown } = invocation;
  if (known && unknown.length === 0) return NONE;
  const open = known
    ? unknown.filter(word => !word.text.includes('=')).map(word => argv.indexOf(word))
    : options.filter(use => !use.value).map(use => use.at);
  return new Set(open.flatMap(at => nextWord(invocation, at)));
}

const NONE: ReadonlySet<Word> = new Set();
