/** What the rules in force name: command patterns by program, and variables. Read for all programs, compiled for each that is asked for. */

import { listOf } from '../policy/glob.js';
import { speaksOfEffects } from '../policy/layout.js';
import { type CommandPattern, compilePattern, toolsOf } from '../policy/pattern.js';
import type { Condition, Rule } from '../policy/rule.js';

/** The rules' patterns, found by program. */
export class RuleFacts {
  /** Variables that a rule asks for whatever the command is: `NAME` or `NAME=glob`, as the rule says it. */
  readonly variables: readonly string[];
  /** Conditions that speak of effects, of whichever command. */
  readonly ofEffects: readonly Condition[];
  /** Texts of patterns by the tool that they begin with. */
  readonly #texts = new Map<string, string[]>();
  readonly #byTool = new Map<string, readonly CommandPattern[]>();
  readonly #wild: CommandPattern[] = [];

  constructor(rules: readonly Rule[]) {
    const conditions = rules.flatMap(rule => rule.when);
    this.ofEffects = conditions.filter(one => one.command === undefined && speaksOfEffects(one));
    this.variables = [...new Set(conditions.filter(isOpen).flatMap(({ env = [] }) => listOf(env)))];
    for (const text of new Set(conditions.flatMap(({ command = [] }) => listOf(command)))) {
      const tools = toolsOf(text);
      for (const tool of tools ?? []) put(this.#texts, tool, text);
      if (tools === undefined) this.#add(compilePattern(text));
    }
  }

  /** The patterns that may match the program `name`, which is read as `tool`. */
  patternsFor(name: string, tool: string): readonly CommandPattern[] {
    const named = [...new Set([tool, name])].flatMap(one => this.#patternsOf(one));
    return [...named, ...this.#wild].filter(({ program }) => program(tool) || program(name));
  }

  #patternsOf(tool: string): readonly CommandPattern[] {
    const texts = this.#texts.get(tool) ?? [];
    this.#texts.delete(tool);
    const more = texts.flatMap(compilePattern).filter(pattern => isCalled(pattern) && pattern.tool === tool);
    if (more.length > 0) this.#byTool.set(tool, [...(this.#byTool.get(tool) ?? []), ...more]);
    return this.#byTool.get(tool) ?? [];
  }

  #add(patterns: readonly CommandPattern[]): void {
    for (const pattern of patterns.filter(isCalled)) {
      const { tool } = pattern;
      if (tool === undefined) this.#wild.push(pattern);
      else this.#byTool.set(tool, [...(this.#byTool.get(tool) ?? []), pattern]);
    }
  }
}

/** Behind a wrapper the wrapper's own shim judges; the command itself, called by name, has none around it. */
function isCalled({ via }: CommandPattern): boolean {
  return via.length === 0;
}

function put(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** A condition on variables alone, with no word of a command or an effect, may hold for any command. */
function isOpen(condition: Condition): boolean {
  return condition.command === undefined && condition.env !== undefined && !speaksOfEffects(condition);
}
