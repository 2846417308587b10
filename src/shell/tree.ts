/**
 * The syntax tree of scripts of nothing but simple commands: `cd x && npm test 2>&1 | tail -5`. Makes exactly the tree that the
 * parser makes of them, or nothing; a property test holds the two together. Loading the parser costs more than judging them.
 */

import type {
  AndOr,
  Command,
  DoubleQuotedPart,
  LiteralPart,
  ParsedScript,
  Pipeline,
  Redirect,
  SingleQuotedPart,
  Statement,
  Word,
} from 'unbash';
import { endOfWord, KEYWORDS } from './bare.js';

/** Longer scripts are the parser's, which is soon the faster one. */
const MAX_LENGTH = 4_096;

/** The tree, or nothing where anything in the script may be more than words, pipes, lists and plain redirections. */
export function plainTree(text: string): ParsedScript | undefined {
  return text.length > MAX_LENGTH ? undefined : new Planter(text).script();
}

/** Goes through the text once. */
class Planter {
  readonly #text: string;
  readonly #statements: Statement[] = [];
  #at = 0;
  /** What is being read: a command's words, the pipe that it stands in, and the list that this stands in. */
  #words: (Word | Redirect)[] = [];
  #stages: Command[] = [];
  #parts: (Command | Pipeline)[] = [];
  #operators: ('&&' | '||')[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  script(): ParsedScript | undefined {
    const text = this.#text;
    while (this.#at < text.length) if (!this.#token(text[this.#at]!)) return undefined;
    if (this.#words.length > 0 ? !this.#endStatement() : this.#isOpen()) return undefined;
    return { type: 'Script', pos: 0, end: text.length, shebang: undefined, commands: this.#statements };
  }

  /** False where it is none of these. */
  #token(character: string): boolean {
    switch (character) {
      case ' ':
        this.#at += 1;
        return true;
      case '\n':
        this.#at += 1;
        return this.#words.length === 0 || this.#endStatement();
      case ';':
        this.#at += 1;
        return this.#endStatement();
      case '|':
      case '&':
        return this.#operator(character);
      case '>':
        return this.#redirect(this.#at);
      default:
        return this.#word();
    }
  }

  #operator(character: string): boolean {
    const isList = this.#text[this.#at + 1] === character;
    if (!this.#endCommand() || (character === '&' && !isList)) return false;
    this.#at += isList ? 2 : 1;
    if (isList) {
      this.#endPipeline();
      this.#operators.push(character === '&' ? '&&' : '||');
    }
    // `|&` sends errors too, and `&&&` is nothing.
    const next = this.#text[this.#at];
    return next !== '&' && next !== '|';
  }

  /** Must a command follow, behind `&&`, `||` or `|`? */
  #isOpen(): boolean {
    return this.#stages.length > 0 || this.#parts.length > 0;
  }

  #endStatement(): boolean {
    if (!this.#endCommand()) return false;
    this.#endPipeline();
    const [first] = this.#parts;
    const command: AndOr | Command | Pipeline =
      this.#operators.length === 0
        ? first!
        : { type: 'AndOr', ...around(this.#parts), commands: this.#parts, operators: this.#operators };
    const { pos, end } = command;
    this.#statements.push({ type: 'Statement', pos, end, command, background: undefined });
    this.#parts = [];
    this.#operators = [];
    return true;
  }

  #endPipeline(): void {
    const stages = this.#stages;
    const [first] = stages;
    this.#parts.push(
      stages.length === 1
        ? first!
        : {
            type: 'Pipeline',
            ...around(stages),
            prefixes: [],
            commands: stages,
            operators: stages.slice(1).map(() => '|' as const),
          },
    );
    this.#stages = [];
  }

  /** False where no command that may be one has been read. */
  #endCommand(): boolean {
    const [name, ...suffix] = this.#words;
    if (name?.type !== 'Word' || name.parts !== undefined) return false;
    if (KEYWORDS.has(name.text) || name.text.includes('=')) return false;
    const redirects = suffix.filter(one => one.type === 'Redirect');
    const args = suffix.filter(one => one.type === 'Word');
    this.#stages.push({ type: 'Command', ...around(this.#words), name, prefix: [], suffix, args, redirects });
    this.#words = [];
    return true;
  }

  #word(): boolean {
    const from = this.#at;
    const word = this.#wordAt(from);
    if (word === undefined) return false;
    // `2>`: a number that touches a redirection says which file it is of.
    if (this.#text[this.#at] === '>') return /^[0-9]$/.test(word.text) && this.#redirect(from);
    this.#words.push(word);
    return true;
  }

  /** `>`, `>>` or `>&N`, and the digit before it. `from` is where it begins. */
  #redirect(from: number): boolean {
    const text = this.#text;
    const at = this.#at;
    const operator = text[at + 1] === '>' ? '>>' : text[at + 1] === '&' ? '>&' : '>';
    this.#at += operator.length;
    while (text[this.#at] === ' ') this.#at += 1;
    const target = this.#wordAt(this.#at);
    if (target === undefined || (operator === '>&' && !/^[0-9]$/.test(target.text))) return false;
    if (text[this.#at] === '>' || this.#words.length === 0) return false;
    const descriptor =
      from === at
        ? undefined
        : ({ type: 'FileDescriptor', pos: from, end: at, value: Number(text[from]) } as const);
    this.#words.push({ type: 'Redirect', pos: from, end: target.end, operator, descriptor, target });
    return true;
  }

  #wordAt(pos: number): Word | undefined {
    const end = endOfWord(this.#text, pos);
    if (end === undefined || end === pos) return undefined;
    this.#at = end;
    const text = this.#text.slice(pos, end);
    const parts = partsOf(text, pos);
    if (parts === undefined) return { type: 'Word', text, value: text, pos, end };
    return { type: 'Word', text, value: parts.map(plainValue).join(''), pos, end, parts };
  }
}

type Part = LiteralPart | SingleQuotedPart | DoubleQuotedPart;

/** The pieces of a word with quotes; nothing where there are none. */
function partsOf(text: string, offset: number): readonly Part[] | undefined {
  const parts: Part[] = [];
  let bare = 0;
  const literal = (from: number, to: number): LiteralPart => {
    const value = text.slice(from, to);
    return { type: 'Literal', pos: offset + from, end: offset + to, value, text: value };
  };
  for (let at = 0; at < text.length; at += 1) {
    const quote = text[at]!;
    if (quote !== "'" && quote !== '"') continue;
    if (at > bare) parts.push(literal(bare, at));
    const end = text.indexOf(quote, at + 1);
    const span = { pos: offset + at, end: offset + end + 1, text: text.slice(at, end + 1) };
    parts.push(
      quote === '"'
        ? { type: 'DoubleQuoted', ...span, parts: [literal(at + 1, end)] }
        : { type: 'SingleQuoted', ...span, value: text.slice(at + 1, end) },
    );
    at = end;
    bare = end + 1;
  }
  if (parts.length > 0 && bare < text.length) parts.push(literal(bare, text.length));
  return parts.length > 0 ? parts : undefined;
}

function plainValue(part: Part): string {
  return part.type === 'DoubleQuoted' ? part.text.slice(1, -1) : part.value;
}

function around(nodes: readonly { readonly pos: number; readonly end: number }[]): {
  pos: number;
  end: number;
} {
  return { pos: nodes[0]!.pos, end: nodes.at(-1)!.end };
}
