/** awk programs → the commands they run and the files they write: `system()`, `| "cmd"`, `> "file"`. Runs nothing. */

import { certain, type Word } from '../../shell/command.js';
import type { Deed } from './deed.js';
import { scan, type Token } from './scan.js';
import { concat, textValue, UNKNOWN, type Value } from './value.js';

/** What the program text would do. Variables have the values of `-v` and of plain assignments. */
export function awkDeeds(text: string, variables: ReadonlyMap<string, Word>): readonly Deed[] {
  const tokens = scan(text, 'awk');
  const known = new Map<string, Value>([...variables].map(([name, word]) => [name, { text: word }] as const));
  const deeds: Deed[] = [];
  tokens.forEach((token, at) => {
    const next = tokens[at + 1];
    if (token.kind === 'name' && isOperator(next, '=') && !isOperator(tokens[at + 2], '=')) {
      known.set(token.text, read(tokens, at + 2, known));
    } else if (token.kind === 'name' && token.text === 'system' && isOperator(next, '(')) {
      deeds.push(...run(read(tokens, at + 2, known)));
    } else if (isOperator(token, '|')) {
      deeds.push(...run(read(tokens, isOperator(next, '&') ? at + 2 : at + 1, known)));
    } else if (token.kind === 'name' && token.text === 'getline' && isOperator(tokens[at - 1], '|')) {
      deeds.push(...run(readBefore(tokens, at - 2, known)));
    } else if (isOperator(token, '>') && next?.kind === 'string') {
      const { text: path } = read(tokens, at + 1, known);
      if (path?.certain && prints(tokens, at)) deeds.push({ kind: 'write', path, how: 'replace' });
    }
  });
  return deeds;
}

function run({ text }: Value): readonly Deed[] {
  return text && text.text.trim() !== '' ? [{ kind: 'run', inner: { script: text } }] : [];
}

/** Values side by side are one string, up to whatever is no value. */
function read(tokens: readonly Token[], from: number, known: ReadonlyMap<string, Value>): Value {
  const parts: Value[] = [];
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at]!;
    if (token.kind === 'string')
      parts.push(concat(token.pieces.map(piece => ('text' in piece ? textValue(piece.text) : UNKNOWN))));
    else if (token.kind === 'name' && !/^(print|printf|close|getline|if|else|while|for)$/.test(token.text))
      parts.push(known.get(token.text) ?? UNKNOWN);
    else if (token.kind === 'number') parts.push(textValue(token.text));
    else if (isOperator(token, '$')) {
      parts.push(UNKNOWN);
      at += 1;
    } else break;
  }
  return parts.length === 0 ? { text: certain('') } : concat(parts);
}

/** The string that ends at a token: `"cmd" | getline`. */
function readBefore(tokens: readonly Token[], at: number, known: ReadonlyMap<string, Value>): Value {
  let from = at;
  while (from > 0 && (tokens[from - 1]?.kind === 'string' || tokens[from - 1]?.kind === 'name')) from -= 1;
  return tokens[from] ? read(tokens, from, known) : UNKNOWN;
}

/** `>` compares, unless a print stands before it in the same statement. */
function prints(tokens: readonly Token[], at: number): boolean {
  for (let back = at - 1; back >= 0; back -= 1) {
    const token = tokens[back]!;
    if (token.kind === 'line' || isOperator(token, ';') || isOperator(token, '{')) return false;
    if (token.kind === 'name' && /^printf?$/.test(token.text)) return true;
  }
  return false;
}

function isOperator(token: Token | undefined, text: string): boolean {
  return token?.kind === 'operator' && token.text === text;
}
