/** What the rules in force name: command patterns by program, and variables. Compiled once for all programs. */

import { listOf } from '../policy/glob.js';
import { speaksOfEffects } from '../policy/layout.js';
import { type CommandPattern, compilePattern } from '../policy/pattern.js';
import type { Condition, Rule } from '../policy/rule.js';

/** The rules' patterns, found by program. */
export class RuleFacts {
  /** Variables that a rule asks for whatever the command is: `NAME` or `NAME=glob`, as the rule says it. */
  readonly variables: readonly string[];
  readonly #byTool = new Map<string, CommandPattern[]>();
  readonly #wild: CommandPattern[] = [];

  constructor(rules: readonly Rule[]) {
    const conditions = rules.flatMap(rule => rule.when);
    this.variables = [...new Set(conditions.filter(isOpen).flatMap(({ env = [] }) => listOf(env)))];
    const texts = new Set(conditions.flatMap(({ command = [] }) => listOf(command)));
    // Behind a wrapper the wrapper's own shim judges; the command itself, called by name, has none around it.
    const patterns = [...texts].flatMap(compilePattern).filter(pattern => pattern.via.length === 0);
    for (const pattern of patterns) {
      if (pattern.tool === undefined) this.#wild.push(pattern);
      else if (!this.#byTool.get(pattern.tool)?.push(pattern)) this.#byTool.set(pattern.tool, [pattern]);
    }
  }

  /** The patterns that may match the program `name`, which is read as `tool`. */
  patternsFor(name: string, tool: string): readonly CommandPattern[] {
    const named = [...new Set([tool, name])].flatMap(one => this.#byTool.get(one) ?? []);
    return [...named, ...this.#wild].filter(({ program }) => program(tool) || program(name));
  }
}

/** A condition on variables alone, with no word of a command or an effect, may hold for any command. */
function isOpen(condition: Condition): boolean {
  return condition.command === undefined && condition.env !== undefined && !speaksOfEffects(condition);
}
