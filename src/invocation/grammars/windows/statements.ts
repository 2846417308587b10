/** The text of a PowerShell or cmd script → its statements and their words. Knows none of their commands. */

import type { Word } from '../../../shell/command.js';

/** A statement's words, and those of what is piped into it, the nearest last. */
export interface Statement {
  readonly words: readonly string[];
  readonly piped: readonly (readonly string[])[];
}

/** A statement's words: quotes of either kind group, a backslash is an ordinary character. */
function wordsOf(statement: string): readonly string[] {
  return [...statement.matchAll(/"([^"]*)"|'([^']*)'|[^\s"']+/g)].map(
    ([whole, double, single]) => double ?? single ?? whole,
  );
}

/** Where a statement ends: at `;`, `|`, `&`, braces and line ends, outside quotes. */
const SEPARATOR = /^[;|&{}\n]$/;

/** The statements of a script; `known` gives the text of one with its variables' values in it. */
export function statementsOf(
  text: string,
  known: (statement: string, depth: number) => string = statement => statement,
): readonly Statement[] {
  const parts = text.match(/(?:"[^"]*"|'[^']*'|\$\{\w+\}|[^;|&{}\n"'])+|[;|&{}\n]/g) ?? [];
  const found: Statement[] = [];
  let piped: (readonly string[])[] = [];
  let depth = 0;
  for (const part of parts) {
    // A block belongs to its stage: `Where-Object { … } | Remove-Item`.
    if (part === ';' || part === '&' || part === '\n') piped = [];
    depth += part === '{' ? 1 : part === '}' ? -1 : 0;
    const words = SEPARATOR.test(part) ? [] : wordsOf(known(part, depth));
    if (words.length === 0) continue;
    found.push({ words, piped });
    piped = [...piped, words];
  }
  return found;
}

/** A command as its words, code of a nested shell, or code that a server sends. */
export type Reading = readonly string[] | 'fetched';

/** What a command of bash's that only calls Windows' own would be: `Get-ChildItem data | Remove-Item`. */
export function typedStatement(
  argv: readonly Word[],
  piped: readonly { readonly words: readonly Word[] }[],
): Statement {
  const texts = (words: readonly Word[]) => words.map(word => word.text);
  return { words: texts(argv), piped: piped.map(({ words }) => texts(words)) };
}

/** `D:\work` as WSL sees it: `/mnt/d/work`. */
export function slashed(path: string): string {
  const known = path
    .replace(/^(\$env:(temp|tmp)|%(temp|tmp)%)(?=[\\/]|$)/i, '/tmp')
    .replace(/^(\$env:userprofile|\$home|~|%userprofile%|%homepath%)(?=[\\/]|$)/i, '/Users/user');
  const drive = /^([a-z]):[\\/]*(.*)$/i.exec(known);
  const rest = (drive ? drive[2]! : known).replaceAll('\\', '/');
  return drive ? `/mnt/${drive[1]!.toLowerCase()}/${rest}` : rest;
}
