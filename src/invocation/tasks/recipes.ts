/** justfiles and Taskfiles: the lines that a recipe runs. Reads their plain form; what is computed stays open. May not judge. */

import { certain, type Word } from '../../shell/command.js';

interface Recipe {
  readonly before: readonly string[];
  readonly lines: readonly string[];
}

/** The recipes of a justfile by name; the first is the default. */
export function readJustfile(text: string): {
  recipes: ReadonlyMap<string, Recipe>;
  variables: ReadonlyMap<string, string>;
} {
  const recipes = new Map<string, Recipe>();
  const variables = new Map<string, string>();
  let current: string | undefined;
  for (const line of text.replace(/\\\n[ \t]*/g, ' ').split('\n')) {
    if (/^\s/.test(line) && current !== undefined) {
      const recipe = recipes.get(current)!;
      if (line.trim() !== '') recipes.set(current, { ...recipe, lines: [...recipe.lines, line.trim()] });
      continue;
    }
    const set = /^(?:export\s+)?([\w-]+)\s*:=\s*(["'])(.*)\2\s*$/.exec(line);
    if (set) variables.set(set[1]!, set[3]!);
    const [, name, , before = ''] = /^@?([\w-]+)((?:\s+[^:]*?)?)\s*:(?!=)\s*(.*)$/.exec(line) ?? [];
    if (name === undefined) {
      if (line.trim() !== '' && !line.startsWith('#')) current = undefined;
      continue;
    }
    current = name;
    recipes.set(name, {
      before:
        before
          .replaceAll('&&', ' ')
          .replace(/#.*/, '')
          .match(/[\w-]+/g) ?? [],
      lines: [],
    });
  }
  return { recipes, variables };
}

/** The tasks of a Taskfile.yml, in the forms `task: cmd`, `cmds: [- cmd]`, `- cmd: …`, `- task: other`. */
export function readTaskfile(text: string): {
  recipes: ReadonlyMap<string, Recipe>;
  variables: ReadonlyMap<string, string>;
} {
  const recipes = new Map<string, Recipe>();
  const variables = new Map<string, string>();
  let section = '';
  let task: string | undefined;
  let key = '';
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue;
    const indent = line.length - line.trimStart().length;
    const [, name = '', value = ''] = /^\s*["']?([\w:.-]+)["']?:\s*(.*)$/.exec(line) ?? [];
    if (indent === 0) {
      section = name;
      task = undefined;
    } else if (section === 'vars' && name !== '') variables.set(name, unquoted(value));
    else if (section !== 'tasks') continue;
    else if (indent === 2 && name !== '') {
      task = name;
      recipes.set(name, { before: [], lines: value === '' ? [] : [unquoted(value)] });
      key = '';
    } else if (task !== undefined) {
      const item = /^\s*-\s*(?:(cmd|task):\s*)?(.*)$/.exec(line);
      if (!item) key = name;
      const recipe = recipes.get(task)!;
      const said = unquoted(item?.[2] ?? (key === 'cmd' ? value : ''));
      if (said === '' || !/^(cmds?|deps)$/.test(key)) continue;
      if (key === 'deps' || item?.[1] === 'task')
        recipes.set(task, { ...recipe, before: [...recipe.before, said] });
      else recipes.set(task, { ...recipe, lines: [...recipe.lines, said] });
    }
  }
  return { recipes, variables };
}

/** The lines for the goals, those of what they depend on first. */
export function linesOf(
  { recipes, variables }: { recipes: ReadonlyMap<string, Recipe>; variables: ReadonlyMap<string, string> },
  goals: readonly string[],
): readonly Word[] {
  const lines: Word[] = [];
  const seen = new Set<string>();
  const visit = (name: string) => {
    const recipe = recipes.get(name);
    if (!recipe || seen.has(name) || seen.size > 100) return;
    seen.add(name);
    recipe.before.forEach(visit);
    const isScript = recipe.lines[0]?.startsWith('#!');
    if (isScript && !/\b(ba|z|da|k)?sh\b/.test(recipe.lines[0]!)) return;
    if (isScript) lines.push(expand(recipe.lines.slice(1).join('\n'), variables));
    else for (const line of recipe.lines) lines.push(expand(line.replace(/^[@-]+/, ''), variables));
  };
  goals.forEach(visit);
  return lines;
}

/** `{{name}}`, `{{.NAME}}`. */
function expand(text: string, variables: ReadonlyMap<string, string>): Word {
  const holes: number[] = [];
  let result = '';
  let from = 0;
  for (const found of text.matchAll(/\{\{\s*\.?([^{}]*?)\s*\}\}/g)) {
    result += text.slice(from, found.index);
    from = found.index + found[0].length;
    const value = variables.get(found[1]!);
    if (value === undefined) holes.push(result.length);
    else result += value;
  }
  result += text.slice(from);
  return holes.length === 0 ? certain(result) : { text: result, certain: false, holes };
}

function unquoted(value: string): string {
  const text = value.trim();
  const [, , inner] = /^(["'])(.*)\1$/.exec(text) ?? [];
  return inner ?? text;
}
