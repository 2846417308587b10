/** Aliases that gh and glab keep in their configuration: what a short name stands for. May not judge. */

import { absolute } from '../../../paths.js';
import type { World } from '../../../port.js';
import { certain } from '../../../shell/command.js';
import { quote } from '../../../text.js';
import type { Unwrapped } from '../../grammar.js';
import { environmentOf, type Invocation } from '../../invocation.js';

const LIMIT = 64 * 1024;

/** Where each keeps them: gh under `aliases:` of config.yml, glab in a file of their own (cli.github.com/manual/gh_alias). */
const homes = {
  gh: { variable: 'GH_CONFIG_DIR', folder: 'gh', file: 'config.yml', section: 'aliases' },
  glab: { variable: 'GLAB_CONFIG_DIR', folder: 'glab-cli', file: 'aliases.yml', section: undefined },
} as const;

/** The command that an unknown first word stands for, where the configuration names it. */
export function storedAlias(invocation: Invocation, tool: keyof typeof homes, world: World): Unwrapped {
  const [name] = invocation.operands;
  if (invocation.subcommand.length > 0 || name === undefined || !name.certain) return { inner: [] };
  const expansion = aliasesOf(invocation, tool, world).get(name.text);
  if (expansion === undefined) return { inner: [] };
  const args = invocation.argv.slice(invocation.argv.indexOf(name) + 1);
  const via = `${tool} ${name.text}`;
  if (expansion.startsWith('!')) {
    return { inner: [{ via, script: certain(expansion.slice(1)), positional: args }] };
  }
  const rest = /\$\d/.test(expansion) ? '' : ` ${quote(args.map(word => word.text))}`;
  const text = `${tool} ${expansion}${rest}`;
  const isCertain = args.every(word => word.certain);
  return { inner: [{ via, script: { text, certain: isCertain }, positional: args }] };
}

function aliasesOf(
  invocation: Invocation,
  tool: keyof typeof homes,
  world: World,
): ReadonlyMap<string, string> {
  const { variable, folder, file, section } = homes[tool];
  const own = environmentOf(invocation, variable, world.env)?.text;
  const configured = environmentOf(invocation, 'XDG_CONFIG_HOME', world.env)?.text;
  const directory = own || absolute(folder, configured || absolute('.config', world.home));
  const read = world.readText(absolute(file, directory), LIMIT);
  return 'fault' in read ? new Map() : readEntries(read.text, section);
}

/** `name: expansion` lines, plain or quoted, of the section or of the whole file; a block scalar's text follows it. */
function readEntries(text: string, section: string | undefined): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  let inside = section === undefined;
  let open: string | undefined;
  for (const line of text.split('\n')) {
    if (section !== undefined && /^\S/.test(line)) inside = line.startsWith(`${section}:`);
    else if (inside) {
      const entry = /^(?:\s*)([\w-]+):\s*(.*)$/.exec(line);
      if (open !== undefined && (!entry || /^\s{8}/.test(line))) {
        entries.set(open, `${entries.get(open) ?? ''}${line.trim()}\n`);
      } else if (entry) {
        const value = unquoted(entry[2]!.trim());
        open = /^[|>][-+]?$/.test(value) ? entry[1]! : undefined;
        entries.set(entry[1]!, open === undefined ? value : '');
      }
    }
  }
  return entries;
}

function unquoted(value: string): string {
  const inner = /^'(.*)'$/.exec(value)?.[1];
  if (inner !== undefined) return inner.replaceAll("''", "'");
  return /^"(.*)"$/.exec(value)?.[1]?.replace(/\\(.)/g, '$1') ?? value;
}
