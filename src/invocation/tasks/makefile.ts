/**
 * Makefiles: the recipe lines that a target runs, its prerequisites' before its own, with plain variables put in.
 * Reads what make reads at its simplest; what it computes (`$(shell …)`, patterns, functions) stays open. May not judge.
 */

import { certain, type Word } from '../../shell/command.js';

interface Rule {
  readonly prerequisites: readonly string[];
  readonly recipe: readonly string[];
}

export interface Makefile {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly variables: ReadonlyMap<string, string>;
  readonly first: string | undefined;
}

/** Targets that are followed from one goal. */
const MAX_TARGETS = 100;
const MAX_EXPANSIONS = 8;

export function readMakefile(text: string): Makefile {
  const rules = new Map<string, Rule>();
  const variables = new Map<string, string>();
  let current: readonly string[] = [];
  let first: string | undefined;
  for (const line of text.replace(/\\\n[ \t]*/g, ' ').split('\n')) {
    if (line.startsWith('\t')) {
      for (const target of current) {
        const rule = rules.get(target);
        if (rule) rules.set(target, { ...rule, recipe: [...rule.recipe, line.slice(1)] });
      }
      continue;
    }
    const bare = line.replace(/(^|\s)#.*$/, '').trimEnd();
    const set = /^\s*(?:export\s+|override\s+)?([\w.-]+)\s*(\?=|::?:?=|\+=|=)\s*(.*)$/.exec(bare);
    if (set) {
      const [, name = '', operator, value = ''] = set;
      if (operator === '+=') variables.set(name, `${variables.get(name) ?? ''} ${value}`.trim());
      else if (operator !== '?=' || !variables.has(name)) variables.set(name, value);
      continue;
    }
    const rule = /^([^\s:#=][^:#=]*?)\s*::?(?!=)\s*([^;]*)(?:;(.*))?$/.exec(bare);
    if (!rule) {
      if (bare.trim() !== '' && !/^\s*(if|else|endif|include|-include|export|define|endef)/.test(bare))
        current = [];
      continue;
    }
    current = expand(rule[1]!, variables)
      .text.split(/\s+/)
      .filter(name => name !== '');
    const prerequisites = expand(rule[2] ?? '', variables)
      .text.split(/\s+/)
      .filter(name => name !== '' && name !== '|');
    for (const target of current) {
      const known = rules.get(target);
      rules.set(target, {
        prerequisites: [...(known?.prerequisites ?? []), ...prerequisites],
        recipe: [...(known?.recipe ?? []), ...(rule[3] ? [rule[3]] : [])],
      });
      if (first === undefined && !target.startsWith('.') && !target.includes('%')) first = target;
    }
  }
  return { rules, variables: variables, first };
}

/** The recipe lines for the goals, in the order in which they run; each is a script of its own. */
export function recipeOf(
  makefile: Makefile,
  goals: readonly string[],
  set: ReadonlyMap<string, string>,
): readonly Word[] {
  const variables = new Map([...makefile.variables, ...set]);
  const lines: Word[] = [];
  const seen = new Set<string>();
  const visit = (target: string) => {
    if (seen.has(target) || seen.size > MAX_TARGETS) return;
    seen.add(target);
    const rule = makefile.rules.get(target);
    if (!rule) return;
    rule.prerequisites.forEach(visit);
    const own = new Map([
      ...variables,
      ['@', target],
      ['<', rule.prerequisites[0] ?? ''],
      ['^', rule.prerequisites.join(' ')],
    ]);
    // `@` hides the line, `-` ignores its status, `+` runs it in a dry run too.
    for (const line of rule.recipe) lines.push(expand(line.replace(/^[@+\-\s]+/, ''), own));
  };
  (goals.length > 0 ? goals : makefile.first === undefined ? [] : [makefile.first]).forEach(visit);
  return lines.filter(line => line.text.trim() !== '');
}

/** `$(NAME)`, `${NAME}`, `$N` and `$$`; what is computed or not set here is open. */
export function expand(text: string, variables: ReadonlyMap<string, string>, depth = 0): Word {
  const holes: number[] = [];
  let result = '';
  let from = 0;
  for (let at = text.indexOf('$'); at >= 0; at = text.indexOf('$', from)) {
    result += text.slice(from, at);
    const { name, end } = referenceAt(text, at);
    from = end;
    if (name === '$') {
      result += '$';
      continue;
    }
    const value = variables.get(name);
    const inner =
      value === undefined || depth > MAX_EXPANSIONS ? undefined : expand(value, variables, depth + 1);
    if (!inner) holes.push(result.length);
    else {
      for (const hole of inner.holes ?? []) holes.push(result.length + hole);
      result += inner.text;
    }
  }
  result += text.slice(from);
  return holes.length === 0 ? certain(result) : { text: result, certain: false, holes };
}

/** The reference whose `$` is at `at`: what it names, and where the text goes on. Parentheses nest in it. */
function referenceAt(text: string, at: number): { readonly name: string; readonly end: number } {
  const open = text[at + 1] ?? '';
  const close = { '(': ')', '{': '}' }[open];
  if (close === undefined) return { name: open, end: at + 2 };
  let depth = 0;
  for (let end = at + 1; end < text.length; end += 1) {
    if (text[end] === open) depth += 1;
    else if (text[end] === close) depth -= 1;
    if (depth === 0) return { name: text.slice(at + 2, end), end: end + 1 };
  }
  return { name: text.slice(at + 2), end: text.length };
}
