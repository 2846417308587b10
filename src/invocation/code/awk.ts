/** awk programs → the commands they run and the files they write: `system()`, `| "cmd"`, `> "file"`. Runs nothing. */

import { certain, type Input, uncertain, type Word } from '../../shell/command.js';
import type { Deed } from './deed.js';
import { scan } from './scan.js';
import type { Token } from './token.js';
import { concat, EACH, textValue, UNKNOWN, type Value } from './value.js';

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
      const command = read(tokens, isOperator(next, '&') ? at + 2 : at + 1, known);
      const from = printBefore(tokens, at);
      deeds.push(...run(command, from === undefined ? undefined : read(tokens, from + 1, known)));
    } else if (token.kind === 'name' && token.text === 'getline' && isOperator(tokens[at - 1], '|')) {
      deeds.push(...run(readBefore(tokens, at - 2, known)));
    } else if (isOperator(token, '>') && next?.kind === 'string') {
      const { text: path } = read(tokens, at + 1, known);
      if (path?.certain && printBefore(tokens, at) !== undefined)
        deeds.push({ kind: 'write', path, how: 'replace' });
    }
  });
  return deeds;
}

/** A command line, and what is printed into it. */
function run({ text }: Value, printed?: Value): readonly Deed[] {
  if (!text || text.text.trim() === '') return [];
  const isWhole = (printed?.text?.text ?? '').trim() === '';
  if (printed && isWhole && /^\s*(\/\S*\/)?(ba|da|z|k)?sh\s*$/.test(text.text))
    return [{ kind: 'unseen', why: 'the shell would run what awk reads' }];
  const input: Input | undefined = printed && { from: 'text', text: printed.text ?? uncertain() };
  return [{ kind: 'run', inner: { script: text, ...(input && { input }) } }];
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
      // A field is another with each line.
      parts.push(EACH);
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

/** Where the print of the same statement stands: `>` compares without one. */
function printBefore(tokens: readonly Token[], at: number): number | undefined {
  for (let back = at - 1; back >= 0; back -= 1) {
    const token = tokens[back]!;
    if (token.kind === 'line' || isOperator(token, ';') || isOperator(token, '{')) return undefined;
    if (token.kind === 'name' && /^printf?$/.test(token.text)) return back;
  }
  return undefined;
}

function isOperator(token: Token | undefined, text: string): boolean {
  return token?.kind === 'operator' && token.text === text;
}
