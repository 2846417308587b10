/**
 * Query languages that are no SQL, by their own shells: Cypher, SurrealQL, HBase's and RMAN's commands → effects. Read by
 * their words outside strings and comments; decides nothing, and connects to no server.
 */

import { readInput, readPath } from '../../invocation/input.js';
import { type Invocation, isOn, valuesOf } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import { unreadable } from '../sql/scope.js';

/** How a shell gets its statements, and which of their words remove something. */
interface Shell {
  /** The subcommand that is the shell, where it has one. */
  readonly command?: string;
  /** Operands before the statement; absent where no operand is one. */
  readonly operand?: number;
  /** Words that remove something wherever they stand (`MATCH … DELETE`), or only where a statement begins. */
  readonly anywhere?: readonly string[];
  readonly first?: readonly string[];
}

const shells: Readonly<Record<string, Shell>> = {
  'cypher-shell': { operand: 0, anywhere: ['delete'], first: ['drop'] },
  surreal: { command: 'sql', first: ['delete', 'remove'] },
  hbase: {
    command: 'shell',
    first:
      'drop drop_all disable disable_all truncate truncate_preserve deleteall delete drop_namespace'.split(
        ' ',
      ),
  },
  rman: { first: ['delete', 'drop'] },
};

export const queryShells: Inspector = {
  name: 'query-shells',
  watches: Object.fromEntries(Object.keys(shells).map(tool => [tool, '*' as const])),
  resources: ['query.object', 'sql.statement'],
  inspect(invocation: Invocation, world: World): readonly Effect[] {
    const shell = shells[invocation.tool];
    const { operands } = invocation;
    if (!shell || isOn(invocation, '--help', '--version')) return [];
    if (shell.command !== undefined && operands[0]?.text !== shell.command) return [];
    return textsOf(shell, invocation, world).flatMap(text =>
      text.certain ? removals(text.text, shell) : [unreadable('statements that cannot be read')],
    );
  },
};

function textsOf(shell: Shell, invocation: Invocation, world: World): readonly Word[] {
  const { operands, directory, input } = invocation;
  const given = shell.operand === undefined ? undefined : operands[shell.operand];
  const files = valuesOf(invocation, '--file').map(file => readPath(file, directory, world).text);
  const texts = [...(given ? [given] : []), ...files];
  if (texts.length > 0) return texts;
  const read = readInput(input, directory, world);
  return read ? [read.text] : [];
}

/** One effect for each statement that removes something. */
function removals(text: string, { anywhere = [], first = [] }: Shell): readonly Effect[] {
  return statementsIn(text).flatMap(words => {
    const start = words[0] ?? '';
    const verb = first.includes(start) ? start : words.find(word => anywhere.includes(word));
    return verb === undefined
      ? []
      : [effect('delete', 'query.object', words.slice(0, 6).join(' '), { extent: 'some' })];
  });
}

/** The words of each statement in lower case, without what stands in strings, quoted names and comments. */
function statementsIn(text: string): readonly (readonly string[])[] {
  const bare = text.replace(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|--[^\n]*|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`[^`]*`/g,
    quoted => (quoted.startsWith('/') || quoted.startsWith('-') ? ' ' : ' _ '),
  );
  return bare
    .split(/[;\n](?![^(]*\))/)
    .map(statement => statement.toLowerCase().match(/[\w:.$]+/g) ?? [])
    .filter(words => words.length > 0);
}
