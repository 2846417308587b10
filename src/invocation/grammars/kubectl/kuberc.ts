/**
 * Aliases of kubectl's preferences (`~/.kube/kuberc`; kubernetes.io/docs/reference/kubectl/kuberc): what a first word that is
 * no command stands for. Reads through `World`, bounded; judges nothing.
 */

import { absolute } from '../../../paths.js';
import type { World } from '../../../port.js';
import { certain } from '../../../shell/command.js';
import type { Inner } from '../../grammar.js';
import { environmentOf, type Invocation, lastValue } from '../../invocation.js';

const MAX_BYTES = 64 * 1024;

interface Alias {
  name: string;
  command: string;
  readonly before: string[];
  readonly after: string[];
  readonly options: string[];
}

/** The command that the alias names, with the words that it brings and those that were given. */
export function kubercAlias(invocation: Invocation, world: World): Inner | undefined {
  const [first] = invocation.operands;
  if (!first?.certain || invocation.subcommand.length > 0) return undefined;
  const file = lastValue(invocation, '--kuberc') ?? environmentOf(invocation, 'KUBERC', world.env);
  if (file && (!file.certain || file.text === 'off')) return undefined;
  const path = file
    ? absolute(file.text, invocation.directory.text || world.cwd)
    : `${world.home}/.kube/kuberc`;
  const content = world.readText(path, MAX_BYTES);
  const alias = 'text' in content ? aliasesOf(content.text).find(one => one.name === first.text) : undefined;
  if (!alias || alias.command === '' || alias.command === first.text) return undefined;
  const at = invocation.argv.indexOf(first);
  const words = [
    ...['kubectl', ...alias.command.split(/\s+/), ...alias.options, ...alias.before].map(certain),
    ...invocation.argv.slice(1, at),
    ...invocation.argv.slice(at + 1),
    ...alias.after.map(certain),
  ];
  return { via: `kubectl ${first.text}`, words };
}

/** The items of `aliases:`, read line by line as the documentation writes them. */
function aliasesOf(text: string): readonly Alias[] {
  const aliases: Alias[] = [];
  let isInside = false;
  let list = '';
  let option = '';
  let depth: number | undefined;
  for (const line of text.split('\n')) {
    if (/^[a-z]/i.test(line)) isInside = line.startsWith('aliases:');
    if (!isInside) continue;
    const [, item = '', key, raw = ''] = /^\s*(- )?(?:(\w+):)?\s*(.*?)\s*$/.exec(line) ?? [];
    const value = raw.replace(/^(["'])(.*)\1$/, '$2');
    const indent = line.length - line.trimStart().length;
    if (item !== '') depth ??= indent;
    if (item !== '' && indent === depth) {
      aliases.push({ name: '', command: '', before: [], after: [], options: [] });
      list = '';
    }
    const alias = aliases.at(-1);
    if (!alias) continue;
    if (key === 'prependArgs' || key === 'appendArgs' || key === 'options' || key === 'flags') list = key;
    else if (list === 'options' || list === 'flags') {
      if (key === 'name') option = value;
      else if (key === 'default') alias.options.push(`--${option}=${value}`);
      else if (key === 'command') alias.command = value;
    } else if (key === 'name') alias.name = value;
    else if (key === 'command') alias.command = value;
    else if (item !== '' && value !== '') (list === 'appendArgs' ? alias.after : alias.before).push(value);
  }
  return aliases;
}
