/**
 * One simple command of the tree → what it runs: expanded words, assignments, redirections; functions and aliases
 * followed; what it does to the shell itself. Knows bash's own commands (builtins.ts) and no tool.
 */

import type { Word as AstWord, Command, Redirection } from 'unbash';
import { builtinOf, declares } from './builtins.js';
import type { Assignment, Redirect, SimpleCommand, Word } from './command.js';
import { withProcessValues } from './process-value.js';
import { readRedirects, redirectShell } from './redirects.js';
import { type Exit, leaving, type State } from './state.js';
import { assignAll, exportedBy, type Setting, settingOf, temporary, variablesOf } from './variables.js';
import { each, type Walker } from './walk.js';

/** Words by which a zsh runs something that the word after them names. */
const ZSH = /^(?:repeat|noglob|nocorrect|foreach)$/;

export function simple(parsed: Command, state: State, walker: Walker): Exit {
  const node = withProcessValues(parsed);
  const expander = walker.expander(state);
  const nodes: AstWord[] = [];
  const redirections: Redirection[] = [];
  const settings: Setting[] = [];
  for (const part of node.prefix) {
    if (part.type === 'Assignment') settings.push(settingOf(part, expander));
    else redirections.push(part);
  }
  const words = node.name ? [...expander.words(node.name)] : [];
  const declared: Setting[] = [];
  for (const part of node.suffix) {
    if (part.type === 'Word') {
      nodes.push(part);
      words.push(...expander.words(part));
    } else if (part.type === 'Assignment') {
      const setting = settingOf(part, expander);
      declared.push(setting);
      words.push(setting.word);
    } else redirections.push(part);
  }
  const { redirects, input } = readRedirects(redirections, expander);
  const before = expander.state;
  if (words.length === 0) {
    const after = assignAll(before, settings, walker.reading);
    if (redirects.length > 0) emit(node, walker, { words, assignments: [], redirects, input, state: before });
    return leaving(after);
  }
  const assignments = settings.map(({ name, word: _, ...rest }) => ({ name, value: rest.value }));
  const run = { words, assignments, redirects, input, state: before };
  const program = words[0]!;
  if (!program.certain) {
    emit(node, walker, run);
    return leaving(before);
  }
  return named(node, program.text, { ...run, settings, declared }, walker);
}

interface Run {
  readonly words: readonly Word[];
  readonly assignments: readonly Assignment[];
  readonly redirects: readonly Redirect[];
  readonly input: SimpleCommand['input'];
  readonly state: State;
}

interface NamedRun extends Run {
  readonly settings: readonly Setting[];
  readonly declared: readonly Setting[];
}

function named(node: Command, name: string, run: NamedRun, walker: Walker): Exit {
  const { reading } = walker;
  const { state } = run;
  const called = state.functions.get(name);
  const alias = node.name?.text === name ? state.aliases.get(name) : undefined;
  if (called?.sure !== true) {
    if (called === undefined && ZSH.test(name))
      reading.doubt('construct', 'a word that zsh reads its own way');
    emit(node, walker, run);
  } else if (run.redirects.length > 0) {
    emit(node, walker, { ...run, words: [], assignments: [] });
  }
  // Scripts expand no aliases, interactive shells do: both readings stand.
  if (alias !== undefined) followAlias(node, name, alias, run, walker);
  if (called) {
    const inside = temporary({ ...state, input: run.input }, run.settings, reading);
    const exit = walker.functions.call(called, run.words.slice(1), inside);
    return each(exit, end => ({ ...restored(end, state, run.settings), input: state.input }));
  }
  if (name === 'exec' && run.words.length === 1) return redirectShell(state, run);
  const builtin = builtinOf(run.words);
  if (!builtin) return leaving(state);
  const { args } = builtin;
  const { declared, settings, input } = run;
  return builtin.run({ name: builtin.name, args, declared, settings, state, input, walker });
}

/** Variables that stood before a function's name end with it. */
function restored(end: State, before: State, settings: readonly Setting[]): State {
  if (settings.length === 0) return end;
  const variables = new Map(end.variables);
  for (const { name } of settings) {
    const old = before.variables.get(name);
    if (old) variables.set(name, old);
    else variables.delete(name);
  }
  return { ...end, variables };
}

function followAlias(node: Command, name: string, alias: string, run: NamedRun, walker: Walker): void {
  const { state } = run;
  const aliases = new Map(state.aliases);
  aliases.delete(name);
  const inner = { ...state, aliases, input: run.input };
  const head = walker.reparse(alias);
  const replaced = head?.flatMap(word => [...walker.expander(inner).words(word)]);
  if (!replaced?.length || !replaced[0]!.certain || declares(replaced[0]!.text)) {
    // More than one command: read as a script, its last command without the words typed after the alias.
    walker.text(alias, inner);
    if (run.words.length > 1) walker.reading.doubt('alias', `the alias ${name} is not one command`);
    return;
  }
  const words = [...replaced, ...run.words.slice(1)];
  const called = state.functions.get(words[0]!.text);
  if (called) walker.functions.call(called, words.slice(1), inner);
  if (called?.sure !== true) emit(node, walker, { ...run, words });
}

/** They run text in this very shell. */
const RUNS_TEXT = /^(?:eval|trap|source|\.)$/;

function emit(node: Command, walker: Walker, run: Run): void {
  const { words, assignments, redirects, input, state } = run;
  const exported = exportedBy(state);
  const variables = RUNS_TEXT.test(words[0]?.text ?? '') ? variablesOf(state) : [];
  const own = variables.length > 0 && { variables };
  const command = { words, assignments, exported, redirects, input, directory: state.directory, ...own };
  walker.reading.emit(walker.reading.foreign ? command : { ...command, span: [node.pos, node.end] });
}
