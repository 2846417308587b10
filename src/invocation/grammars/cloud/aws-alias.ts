/** Aliases of the AWS command line (`~/.aws/cli/alias`): a command of its own, or a line for the shell. Judges nothing. */

import type { World } from '../../../port.js';
import type { Inner } from '../../grammar.js';
import type { Invocation } from '../../invocation.js';

const FILE_LIMIT = 64 * 1024;

/** What the first operand stands for, where the user's alias file says so; built-in commands are never in the way. */
export function aliasOf(invocation: Invocation, world: World): Inner | undefined {
  const [first, ...rest] = invocation.operands;
  if (!first?.certain || invocation.subcommand.length > 0) return undefined;
  const file = world.readText(`${world.home}/.aws/cli/alias`, FILE_LIMIT);
  const value = 'text' in file ? toplevelOf(file.text).get(first.text) : undefined;
  if (value === undefined) return undefined;
  const via = `aws ${first.text}`;
  if (value.startsWith('!')) {
    const script = { text: `${value.slice(1).trim()} "$@"`, certain: true };
    return { via, script, positional: rest };
  }
  const words = ['aws', ...value.split(/\s+/)].map(text => ({ text, certain: true }));
  return words[1]?.text === first.text ? undefined : { via, words: [...words, ...rest] };
}

/** The `[toplevel]` part; a value goes on in the lines that are indented. */
function toplevelOf(text: string): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  let inside = false;
  let name: string | undefined;
  for (const line of text.split('\n')) {
    const section = /^\[(.*)\]\s*$/.exec(line)?.[1];
    const entry = /^([\w-]+)\s*=\s*(.*)$/.exec(line);
    if (section !== undefined) inside = section.trim() === 'toplevel';
    else if (inside && entry) {
      name = entry[1]!;
      aliases.set(name, entry[2]!);
    } else if (inside && name !== undefined && /^\s+\S/.test(line)) {
      aliases.set(name, `${aliases.get(name) ?? ''}\n${line.trim()}`.trim());
    }
  }
  return aliases;
}
