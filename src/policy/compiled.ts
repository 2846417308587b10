/**
 * A policy as one text that a judge reads at its start, in parts: a head, a list of tools that says where the part of each
 * stands, and the parts, read when a command first needs one. All is worked out that can be: patterns read, braces expanded. Reads no file by
 * itself; a text that is not whole is a fault, never a policy with less in it.
 */

import { GuardError } from '../errors.js';
import { expandBraces, listOf } from './glob.js';
import { type ByWord, type EntryText, type Layout, layOut, readingsIn } from './layout.js';
import type { PatternReading } from './pattern.js';
import { Entry, entriesOf, PolicyIndex } from './policy-index.js';
import type { Condition, Globs, Policy, Rule } from './rule.js';

/** Raised when the shape of the text changes. */
const VERSION = 5;

/** Braces that stand for more than this are left to be expanded when they are met. */
const MAX_EXPANDED = 300;

/** The head's length stands before it, in so many characters. */
const LENGTH_DIGITS = 12;
/** Read at once: the head and the list of tools are mostly shorter. */
const FIRST_READ = 32 * 1024;

/** Where a part stands behind the list of tools: offset and length, in characters. */
type Place = readonly [number, number];

interface Head {
  readonly version: number;
  /** Of all parts. */
  readonly length: number;
  readonly policy: Omit<Policy, 'rules' | 'disabled' | 'exceptions' | 'index'>;
  /** How long the list of tools is, which stands behind the head: to parse it would take longer than to look into it. */
  readonly tools: number;
  readonly everyTool: Place;
  readonly byProgram: Place;
  readonly programs: readonly string[];
  readonly families: Readonly<Record<string, Place>>;
}

/** A tool's entries by the first word. */
type Words = Readonly<Record<string, Place>>;
/** An entry: its number, its rule's place, the condition with its readings apart, what narrows it. */
type EntryPart = readonly [number, Place, ConditionPart, readonly ConditionPart[]];
type ConditionPart = readonly [Omit<Condition, 'readings'>, (readonly ReadingPart[])?];
/** Words with one glob stand by themselves; `null` is any. */
type ReadingPart = readonly [
  Globs,
  readonly (Globs | null)[],
  PatternReading['options']?,
  PatternReading['via']?,
];

/** How a compiled text is read: `length` characters from `offset`, fewer at its end. */
export type ReadPart = (offset: number, length: number) => string;

/** The text of a policy, in ASCII, for `readCompiled`. */
export function compilePolicy({ rules, disabled: _, exceptions, index: __, ...policy }: Policy): string {
  const body: string[] = [];
  let at = 0;
  const put = (value: unknown): Place => {
    const text = ascii(value);
    body.push(text);
    at += text.length;
    return [at - text.length, text.length];
  };
  const places = new Map(rules.map(rule => [rule, put(forJudging(rule))]));
  const entryPart = ({ number, rule, condition, narrowings }: EntryText): EntryPart => [
    number,
    places.get(rule)!,
    conditionPart(condition),
    narrowings.map(conditionPart),
  ];
  const { tools, everyTool, byProgram, programs, families } = layOut(
    entriesOf({ ...policy, rules, exceptions }),
  );
  // A part for each word: with thousands of rules on a tool, a judge reads those of its command.
  const byWord = (words: ReadonlyMap<string, readonly EntryText[]>): Words =>
    Object.fromEntries([...words].map(([word, entries]) => [word, put(entries.map(entryPart))]));
  const list = [...tools].map(([tool, words]) => `${lineOf(tool)}${put(byWord(words)).join(' ')}`).join('');
  const head: Omit<Head, 'length'> = {
    version: VERSION,
    policy,
    tools: list.length + 1,
    everyTool: put(everyTool.map(entryPart)),
    byProgram: put(byProgram.map(entryPart)),
    programs,
    families: Object.fromEntries(
      [...families].map(([family, entries]) => [family, put(entries.map(entryPart))]),
    ),
  };
  const text = ascii({ ...head, length: at });
  return `${String(text.length).padStart(LENGTH_DIGITS)}${text}${list}\n${body.join('')}`;
}

/** How a tool's line in the list begins; its part's place follows. */
function lineOf(tool: string): string {
  return `\n${ascii(tool)} `;
}

/** The policy of a text. Throws `GuardError('broken-policy')` for one that is not whole or of another version. */
export function readCompiled(read: ReadPart, length: number): Policy {
  const first = read(0, FIRST_READ);
  const upTo = (end: number) => (end > first.length ? read(0, end) : first);
  const headEnd = LENGTH_DIGITS + Number(first.slice(0, LENGTH_DIGITS));
  if (!Number.isInteger(headEnd) || headEnd > length) throw broken();
  const head = parsed<Head>(upTo(headEnd).slice(LENGTH_DIGITS, headEnd));
  const start = headEnd + head.tools;
  if (head.version !== VERSION || start + head.length !== length) throw broken();
  const tools = upTo(start).slice(headEnd, start);
  const part = <T>([offset, size]: Place): T => parsed<T>(read(start + offset, size));
  const rules = new Map<number, Rule>();
  const ruleAt = (place: Place): Rule => {
    const rule = rules.get(place[0]) ?? part<Rule>(place);
    rules.set(place[0], rule);
    return rule;
  };
  const entry = ([number, rule, when, unless]: EntryPart) =>
    new Entry(number, () => ruleAt(rule), conditionOf(when), unless.map(conditionOf));
  return {
    ...head.policy,
    rules: [],
    exceptions: [],
    index: new PolicyIndex(layoutOf(head, tools, part, entry), head.policy.environments),
  };
}

function layoutOf(
  head: Head,
  tools: string,
  part: <T>(place: Place) => T,
  entry: (part: EntryPart) => Entry,
): Layout<Entry> {
  const byTool = new Map<string, ByWord<Entry>>();
  const lists = new Map<Place, readonly Entry[]>();
  const list = (place: Place | undefined): readonly Entry[] => {
    if (place === undefined) return [];
    const entries = lists.get(place) ?? part<readonly EntryPart[]>(place).map(entry);
    lists.set(place, entries);
    return entries;
  };
  return {
    forTool: tool => {
      const parts = byTool.get(tool);
      if (parts) return parts;
      const place = placeIn(tools, tool);
      if (place === undefined) return undefined;
      const words = part<Words>(place);
      const made: ByWord<Entry> = {
        of: word => (Object.hasOwn(words, word) ? list(words[word]) : undefined),
        all: () => Object.values(words).flatMap(list),
      };
      byTool.set(tool, made);
      return made;
    },
    everyTool: () => list(head.everyTool),
    byProgram: () => list(head.byProgram),
    programs: head.programs,
    forFamily: family => list(Object.hasOwn(head.families, family) ? head.families[family] : undefined),
  };
}

function placeIn(tools: string, tool: string): Place | undefined {
  const line = lineOf(tool);
  const found = tools.indexOf(line);
  if (found < 0) return undefined;
  const at = found + line.length;
  const [offset, size] = tools.slice(at, tools.indexOf('\n', at)).split(' ');
  return [Number(offset), Number(size)];
}

/** Of what is only read by people, what a refusal says stays. */
function forJudging({ see: _, catalogue: __, when: ___, unless: ____, ...rule }: Rule): Rule {
  return { ...rule, when: [], unless: [], examples: { match: [], not_match: [] } };
}

function conditionPart(condition: Condition): ConditionPart {
  const { readings: _, command, ...rest } = condition;
  const globs = Object.entries(rest).map(([key, value]: [string, Globs]) => [key, expandAll(value)]);
  const same: Condition = Object.fromEntries(globs);
  if (command === undefined) return [same];
  return [{ ...same, command: [] }, readingsIn(condition).map(readingPart)];
}

function conditionOf([condition, readings]: ConditionPart): Condition {
  return readings === undefined ? condition : { ...condition, readings: readings.map(readingOf) };
}

function readingPart({ program, words, options, via }: PatternReading): ReadingPart {
  const short = words.map(word => {
    if (word === 'any') return null;
    const globs = listOf(expandAll(word));
    return globs.length === 1 ? globs[0]! : globs;
  });
  const expanded = options.map(option =>
    option.value === undefined ? option : { ...option, value: expandAll(option.value) },
  );
  if (via.length > 0) return [expandAll(program), short, expanded, via];
  return options.length > 0 ? [expandAll(program), short, expanded] : [expandAll(program), short];
}

function readingOf([program, words, options = [], via = []]: ReadingPart): PatternReading {
  return { program, via, words: words.map(word => (word === null ? 'any' : listOf(word))), options };
}

function expandAll(globs: Globs): Globs {
  if (!listOf(globs).some(glob => glob.includes('{'))) return globs;
  const all = listOf(globs).flatMap(expandBraces);
  return all.length > MAX_EXPANDED ? globs : all;
}

/** Escaped, so that a character is a byte. */
function ascii(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function parsed<T>(text: string): T {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw broken(cause);
  }
}

function broken(cause?: unknown): GuardError {
  return new GuardError('broken-policy', 'the compiled policy is damaged', { cause });
}
