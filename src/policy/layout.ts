/** By what the entries of a policy are found: by effect, or by tool and first word. Compiles no condition. */

import type { Effect } from '../effects/effect.js';
import { compileGlobs, isWild, listOf } from './glob.js';
import { type PatternReading, readingsOf, toolsOf } from './pattern.js';
import { unescapeWord } from './pattern-text.js';
import type { Condition, Globs, Rule } from './rule.js';

/** One entry of a rule's `when`, with all that narrows the rule. `number` is its place in the policy. */
export interface EntryText {
  readonly number: number;
  readonly rule: Rule;
  readonly condition: Condition;
  readonly narrowings: readonly Condition[];
}

/** Entries by the first word that the command must have. */
export interface ByWord<E> {
  /** `''`: where that is open. None for a word that no entry has. */
  of(word: string): readonly E[] | undefined;
  all(): readonly E[];
}

/** Where the entries are found. */
export interface Layout<E> {
  /** Those that speak of commands, by tool. */
  forTool(tool: string): ByWord<E> | undefined;
  /** Those that may hold for an invocation of any tool. */
  everyTool(): readonly E[];
  /** Those for programs that are named by globs (`Remove-Az*`), and the globs: hardly any program's name is one. */
  byProgram(): readonly E[];
  readonly programs: readonly string[];
  /** Those that speak of effects alone, by `familiesOf`. */
  forFamily(family: string): readonly E[];
}

/** What `Layout` finds, by its keys. */
export interface LaidOut {
  readonly tools: ReadonlyMap<string, ReadonlyMap<string, readonly EntryText[]>>;
  readonly everyTool: readonly EntryText[];
  readonly byProgram: readonly EntryText[];
  readonly programs: readonly string[];
  readonly families: ReadonlyMap<string, readonly EntryText[]>;
}

/** Lays entries out. A condition with patterns of several tools or words stands under each, with those alone. */
export function layOut(entries: readonly EntryText[]): LaidOut {
  const tools = new Map<string, Map<string, EntryText[]>>();
  const everyTool: EntryText[] = [];
  const byProgram: EntryText[] = [];
  const programs = new Set<string>();
  const families = new Map<string, EntryText[]>();
  for (const entry of entries) {
    const { condition } = entry;
    if (condition.command !== undefined) {
      for (const [{ tool, word }, readings] of placesOf(condition)) {
        const part = { ...entry, condition: { ...condition, command: [], readings } };
        if (tool !== undefined) put(mapIn(tools, tool), word, part);
        else {
          byProgram.push(part);
          for (const { program } of readings) for (const glob of listOf(program)) programs.add(glob);
        }
      }
    } else if (condition.env !== undefined && !speaksOfEffects(condition)) everyTool.push(entry);
    else for (const family of familiesIn(condition)) put(families, family, entry);
  }
  return { tools, everyTool, byProgram, programs: [...programs], families };
}

/** Entries whose patterns are read when their tool is first asked for: there are thousands, and a command needs a few. */
export class UnreadEntries {
  readonly #byTool = new Map<string, EntryText[]>();
  /** Of these the text does not show which tools they are for, or they name none. */
  readonly others: readonly EntryText[];

  constructor(entries: readonly EntryText[]) {
    const others: EntryText[] = [];
    for (const entry of entries) {
      const { readings, command = [] } = entry.condition;
      const open: string[] = [];
      const named = new Map<string, string[]>();
      for (const pattern of listOf(command)) {
        const tools = toolsOf(pattern);
        if (tools === undefined) open.push(pattern);
        for (const tool of tools ?? []) put(named, tool, pattern);
      }
      if (readings !== undefined || named.size === 0) others.push(entry);
      else {
        for (const [tool, patterns] of named) put(this.#byTool, tool, withPatterns(entry, patterns));
        if (open.length > 0) others.push(withPatterns(entry, open));
      }
    }
    this.others = others;
  }

  /** A tool's entries by the first word; they are read now, and not kept here. */
  take(tool: string): ReadonlyMap<string, readonly EntryText[]> | undefined {
    const entries = this.#byTool.get(tool);
    this.#byTool.delete(tool);
    return entries && layOut(entries).tools.get(tool);
  }
}

function withPatterns(entry: EntryText, command: readonly string[]): EntryText {
  return { ...entry, condition: { ...entry.condition, command } };
}

/**
 * Where entries for such an effect stand: `git` for `git.branch`, and those whose resource is open. Most of these speak of a host or
 * of details, and stand apart: a path that is removed has neither.
 */
export function familiesOf({ resource, host, with: details }: Effect): readonly string[] {
  const families = [OPEN, familyOf(resource)];
  if (host !== '') families.push(OPEN_WITH_HOST);
  if (details.length > 0) families.push(OPEN_WITH_DETAILS);
  return families;
}

const OPEN = '';
const OPEN_WITH_HOST = ' host';
const OPEN_WITH_DETAILS = ' with';

function familyOf(resource: string): string {
  const dot = resource.indexOf('.');
  return dot < 0 ? resource : resource.slice(0, dot);
}

/** What a condition's `command` says. */
export function readingsIn({ readings, command = [] }: Condition): readonly PatternReading[] {
  return readings ?? listOf(command).flatMap(readingsOf);
}

interface Place {
  readonly tool: string | undefined;
  readonly word: string;
}

function placesOf(condition: Condition): readonly (readonly [Place, readonly PatternReading[]])[] {
  const places = new Map<string, [Place, PatternReading[]]>();
  for (const reading of readingsIn(condition)) {
    const { tool } = reading;
    for (const word of tool === undefined ? [''] : firstWords(reading)) {
      const key = JSON.stringify([tool, word]);
      const known = places.get(key);
      if (known) known[1].push(reading);
      else places.set(key, [{ tool, word }, [reading]]);
    }
  }
  return [...places.values()];
}

function firstWords({ words: [first] }: PatternReading): readonly string[] {
  if (first === undefined || first === 'any') return [''];
  return [...new Set(first.map(glob => (isOpen(glob) ? '' : unescapeWord(glob))))];
}

function familiesIn(condition: Condition): readonly string[] {
  const { resource } = condition;
  if (resource === undefined) return [openFamily(condition)];
  const families = listOf(resource).map(familyOf);
  return [...new Set(families.map(family => (isOpen(family) ? openFamily(condition) : family)))];
}

function openFamily({ host, with: details }: Condition): string {
  if (host !== undefined && !mayBeEmpty(host)) return OPEN_WITH_HOST;
  return details === undefined ? OPEN : OPEN_WITH_DETAILS;
}

/** Is no host one of them? Only stars and braces may stand for no text. */
export function mayBeEmpty(globs: Globs): boolean {
  return listOf(globs).some(glob => /^(\*|\{|$)/.test(glob) && compileGlobs(glob)(''));
}

/** A backslash alone quotes what follows it. */
function isOpen(glob: string): boolean {
  return isWild(glob.replace(/\\[\s\S]/g, ''));
}

function mapIn<V>(maps: Map<string, Map<string, V>>, key: string): Map<string, V> {
  const map = maps.get(key) ?? new Map<string, V>();
  maps.set(key, map);
  return map;
}

function put<V>(lists: Map<string, V[]>, key: string, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** Does any key of the condition ask for an effect? */
export function speaksOfEffects({
  action,
  resource,
  target,
  host,
  extent,
  with: arguments_,
}: Condition): boolean {
  return [action, resource, target, host, extent, arguments_].some(key => key !== undefined);
}
